import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import type { ImmediateDestination } from '#lib/pipeline/destinations/destination.js';
import type { Outlet } from '#lib/pipeline/outlet.js';
import { CollectedWarnings } from '../collected-warnings.js';
import { eventually, expectBalanced } from './accounts.js';
import type { DeliveryShape } from './made-outlet.js';
import { delivery, give, giveMany, madeOutlet, ScriptedDestination } from './made-outlet.js';
import { madeSpan } from './made-spans.js';

const soon = (): number => performance.now() + 1000;

describe('the queue in front of a destination', () => {
  let destination: ScriptedDestination;
  let outlet: Outlet;
  let warnings: CollectedWarnings;

  function create(shape: DeliveryShape = {}, concurrency = 1): void {
    destination = new ScriptedDestination(concurrency);
    outlet = madeOutlet(destination, { delivery: delivery(shape) });
  }

  function send(count: number): void {
    for (let time = 0; time < count; time++) {
      giveMany(1, [outlet]);
      expectBalanced(outlet.health());
    }
  }

  beforeEach(() => {
    warnings = new CollectedWarnings();
    create();
  });
  afterEach(async () => {
    destination.release();
    await outlet.close();
    warnings.stop();
  });

  it('delivers by itself, in batches of at most 512', async () => {
    send(1100);
    expect(outlet.health()).to.include({ accepted: 1100, delivered: 0, queued: 1100 });
    await eventually(() => outlet.delivered === 1100, 'everything delivered');
    expectBalanced(outlet.health());
    expect(destination.batches).to.deep.equal([512, 512, 76]);
    expect(outlet.health().queuedBytes).to.equal(0);
  });

  it('closes a batch by its bytes', async () => {
    create({ batch: { maxBytes: 20_000 } });
    giveMany(100, [outlet], 'x'.repeat(1000));
    await outlet.flush(soon(), false);
    expect(Math.max(...destination.batches)).to.be.within(15, 20);
    expect(outlet.delivered).to.equal(100);
  });

  it('counts a batch on its way as queued', async () => {
    destination.hold();
    send(600);
    const flushed = outlet.flush(soon(), false);
    await eventually(() => destination.batches.length === 1, 'a batch in flight');
    send(1);
    expect(outlet.health()).to.include({ accepted: 601, delivered: 0, queued: 601 });
    destination.release();
    await flushed;
    expect(outlet.health().delivered).to.be.within(600, 601);
    await eventually(() => outlet.delivered === 601, 'the last one delivered');
    expect(outlet.health().latencyMs).to.be.above(0);
  });

  it('sends several batches at a time, as many as the destination takes', async () => {
    create({}, 3);
    destination.hold();
    send(5 * 512);
    await eventually(() => destination.batches.length === 3, 'three batches in flight');
    expect(outlet.health()).to.include({ queued: 5 * 512 });
    await delay(50);
    expect(destination.batches).to.have.lengthOf(3);
    destination.release();
    await outlet.flush(soon(), false);
    expect(destination.batches).to.deep.equal([512, 512, 512, 512, 512]);
  });

  it('drops the oldest of what does not fit, counts it and says so once', async () => {
    create({ maxQueue: 100 });
    destination.hold();
    for (let id = 1; id <= 250; id++) give(madeSpan({ id }), outlet);
    expect(outlet.health()).to.deep.include({ accepted: 250, queued: 100, dropped: { queue_full: 150 } });
    expect(outlet.health()).to.deep.include({ healthy: false, reasons: ['drops'] });
    destination.release();
    await outlet.flush(soon(), false);
    expect(destination.taken[0]).to.equal('span 151');
    expect(warnings.codes()).to.deep.equal(['EXPORT_QUEUE_FULL']);
    expect(warnings.seen[0]?.message).to.contain('"spec"').and.contain('100');
  });

  it('keeps what it has with drop_newest', async () => {
    create({ maxQueue: 100, onFull: 'drop_newest' });
    for (let id = 1; id <= 250; id++) give(madeSpan({ id }), outlet);
    expect(outlet.health()).to.deep.include({ queued: 100, dropped: { queue_full: 150 } });
    await outlet.flush(soon(), false);
    expect(destination.taken).to.have.lengthOf(100).and.include('span 1').and.not.include('span 101');
  });

  it('says the first failure and the recovery, each once, and keeps the spans meanwhile', async () => {
    create({ breaker: { failures: 1000 } });
    for (let outage = 1; outage <= 2; outage++) {
      destination.answer = () => ({ kind: 'retry', reason: 'connection refused' });
      const tried = destination.batches.length;
      send(10);
      void outlet.flush(performance.now() + 5000, false);
      await eventually(() => destination.batches.length >= tried + 2, 'two attempts');
      expectBalanced(outlet.health());
      expect(outlet.health()).to.deep.include({ lastError: 'connection refused', dropped: {}, queued: 10 });
      expect(outlet.health().healthy, 'while it fails').to.equal(false);
      destination.answer = () => ({ kind: 'delivered' });
      await eventually(() => outlet.delivered === outage * 10, 'what was kept is delivered');
      expect(outlet.health()).to.not.have.property('lastError');
    }
    const round = ['EXPORT_FAILED', 'EXPORT_RECOVERED'];
    expect(warnings.codes()).to.deep.equal([...round, ...round]);
    expect(warnings.seen[0]?.message).to.contain('10 spans: connection refused').and.contain('stay queued');
    expect(warnings.seen[1]?.message).to.contain('0 were dropped');
  });

  it('loses a span that cannot be read, counts it, and no other of its batch', async () => {
    give({ ...madeSpan({ id: 7 }), links: [{}] } as never, outlet);
    send(5);
    await outlet.flush(soon(), false);
    expect(destination.batches).to.deep.equal([5]);
    expect(outlet.health()).to.deep.include({ accepted: 6, delivered: 5, dropped: { projection_failed: 1 } });
  });

  it('keeps the text of an error short', async () => {
    for (const reason of ['x'.repeat(2000), '']) {
      destination.answer = () => ({ kind: 'retry', reason });
      send(1);
      await outlet.flush(performance.now() + 20, false);
      expect(outlet.health().lastError?.length).to.be.below(501);
      expectBalanced(outlet.health());
    }
  });

  it('drops what waits when it is closed, and counts what comes later', async () => {
    destination.hold();
    send(600);
    void outlet.flush(soon(), false);
    await eventually(() => destination.batches.length === 1, 'a batch in flight');
    await outlet.close();
    expect(outlet.health()).to.deep.include({ queued: 512, dropped: { shutdown: 88 } });
    send(3);
    expect(outlet.health()).to.deep.include({ accepted: 603, dropped: { shutdown: 88, closed: 3 } });
    destination.release();
    await eventually(() => outlet.delivered === 512, 'the batch in flight delivered');
    expectBalanced(outlet.health());
  });

  it('is unhealthy above one lost span in a hundred within a minute', async () => {
    send(990);
    await outlet.flush(soon(), false);
    destination.answer = (names) => ({ kind: 'delivered', rejected: names.length, reason: 'no' });
    send(9);
    await outlet.flush(soon(), false);
    expect(outlet.health()).to.deep.include({ dropped: { rejected: 9 }, reasons: [], healthy: false, lastError: 'no' });
    send(10);
    await outlet.flush(soon(), false);
    destination.answer = () => ({ kind: 'delivered' });
    send(1);
    await outlet.flush(soon(), false);
    expect(outlet.health()).to.deep.include({ reasons: ['drops'], healthy: false });
  });
});

describe('a destination without a queue', () => {
  let warnings: CollectedWarnings;

  beforeEach(() => {
    warnings = new CollectedWarnings();
  });
  afterEach(() => warnings.stop());

  it('counts what it throws, whatever that is, and says failure and recovery once', () => {
    let failure: unknown = new Error('disk full');
    const destination: ImmediateDestination = {
      isImmediate: true,
      take() {
        if (failure !== undefined) throw failure as Error;
      },
    };
    const outlet = madeOutlet(destination);
    giveMany(2, [outlet]);
    expect(outlet.health()).to.deep.include({ delivered: 0, dropped: { export_failed: 2 }, lastError: 'disk full' });
    failure = undefined;
    giveMany(2, [outlet]);
    expect(outlet.health()).to.deep.include({ delivered: 2, dropped: { export_failed: 2 } });
    expect(outlet.health()).to.not.have.property('lastError');
    expect(warnings.codes()).to.deep.equal(['EXPORT_FAILED', 'EXPORT_RECOVERED']);
    for (const thrown of ['x'.repeat(2000), null, { toString: 5 }, Symbol('s'), new Error('')]) {
      failure = thrown;
      giveMany(1, [outlet]);
      expect(outlet.health().lastError?.length).to.be.below(501);
      expectBalanced(outlet.health());
    }
  });
});
