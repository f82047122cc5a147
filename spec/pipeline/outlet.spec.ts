import { createPrivacy } from '#lib/privacy/privacy.js';
import { expect } from 'chai';
import type { FinishedSpan } from 'spanwright/testing';
import type { Destination } from '#lib/pipeline/destinations/destination.js';
import { Outlet } from '#lib/pipeline/outlet.js';
import { CollectedWarnings } from '../collected-warnings.js';
import { eventually, expectBalanced } from './accounts.js';
import { madeSpan } from './made-spans.js';

type Accepted = Parameters<Outlet['accept']>[0];

/** Fails, waits or takes spans as told: faults that no real backend shows on demand. */
class ScriptedDestination implements Destination {
  readonly isImmediate: boolean;
  readonly batches: number[] = [];
  failure: unknown = undefined;
  #gate: Promise<void> | undefined;
  #open: (() => void) | undefined;

  constructor(isImmediate = false) {
    this.isImmediate = isImmediate;
  }

  hold(): void {
    this.#gate = new Promise((resolve) => {
      this.#open = resolve;
    });
  }

  release(): void {
    this.#open?.();
    this.#gate = undefined;
  }

  export(spans: readonly FinishedSpan[]): Promise<void> | void {
    this.batches.push(spans.length);
    if (!this.isImmediate) return this.#deliver();
    if (this.failure !== undefined) throw this.failure as Error;
  }

  async #deliver(): Promise<void> {
    await this.#gate;
    if (this.failure !== undefined) throw this.failure as Error;
  }
}

describe('the queue in front of a destination', () => {
  let destination: ScriptedDestination;
  let outlet: Outlet;
  let warnings: CollectedWarnings;
  let next = 0;

  function create(options: { isImmediate?: boolean; maxQueue?: number } = {}): void {
    const { isImmediate = false, maxQueue = 10_000 } = options;
    destination = new ScriptedDestination(isImmediate);
    outlet = new Outlet(
      {
        name: 'spec',
        content: 'none',
        granularity: 'full',
        vocabulary: 'gen-ai',
        maxQueue,
        resource: undefined,
        hidden: new Set(),
        maxContentChars: undefined,
        privacy: createPrivacy(),
      },
      destination,
    );
  }

  function send(count: number): void {
    for (let time = 0; time < count; time++) {
      outlet.accept(madeSpan({ id: ++next }) as unknown as Accepted);
      expectBalanced(outlet.health());
    }
  }

  beforeEach(() => {
    warnings = new CollectedWarnings();
    create();
  });
  afterEach(async () => {
    destination.failure = undefined;
    destination.release();
    await outlet.close();
    warnings.stop();
  });

  it('delivers by itself, in batches of at most 512', async () => {
    send(1100);
    expect(outlet.health()).to.include({ accepted: 1100, delivered: 0, queued: 1100 });
    await eventually(() => outlet.delivered === 1100, 'everything delivered');
    expectBalanced(outlet.health());
    expect(destination.batches.reduce((sum, size) => sum + size, 0)).to.equal(1100);
    expect(Math.max(...destination.batches)).to.equal(512);
  });

  it('counts a batch in flight as queued', async () => {
    destination.hold();
    send(600);
    const flushed = outlet.flush();
    await eventually(() => destination.batches.length === 1, 'a batch in flight');
    send(1);
    expect(outlet.health()).to.include({ accepted: 601, delivered: 0, queued: 601 });
    destination.release();
    await flushed;
    expect(outlet.health()).to.include({ accepted: 601, delivered: 601, queued: 0 });
    expect(outlet.health().latencyMs).to.be.above(0);
  });

  it('sends one batch at a time, whoever flushes', async () => {
    destination.hold();
    send(1024);
    const flushes = [outlet.flush(), outlet.flush(), outlet.flush()];
    await new Promise(setImmediate);
    expect(destination.batches).to.deep.equal([512]);
    destination.release();
    await Promise.all(flushes);
    expect(destination.batches).to.deep.equal([512, 512]);
  });

  it('drops what does not fit, counts it and says so once', async () => {
    create({ maxQueue: 100 });
    send(250);
    expect(outlet.health()).to.deep.include({
      accepted: 250,
      queued: 100,
      dropped: { queue_full: 150 },
      healthy: false,
    });
    await outlet.flush();
    send(150);
    expect(outlet.health()).to.deep.include({ delivered: 100, queued: 100, dropped: { queue_full: 200 } });
    expect(warnings.codes()).to.deep.equal(['EXPORT_QUEUE_FULL']);
    expect(warnings.seen[0]?.message).to.contain('"spec"').and.contain('100');
  });

  it('says the first failure and the recovery, each once, and counts what was lost between', async () => {
    for (let outage = 1; outage <= 2; outage++) {
      destination.failure = new Error('connection refused');
      for (let batch = 0; batch < 3; batch++) {
        send(10);
        await outlet.flush();
        expectBalanced(outlet.health());
      }
      expect(outlet.health()).to.deep.include({
        lastError: 'connection refused',
        dropped: { export_failed: outage * 30 },
      });
      destination.failure = undefined;
      for (let batch = 0; batch < 2; batch++) {
        send(10);
        await outlet.flush();
      }
      expect(outlet.health()).to.not.have.property('lastError');
      expect(outlet.health().delivered).to.equal(outage * 20);
    }
    const round = ['EXPORT_FAILED', 'EXPORT_RECOVERED'];
    expect(warnings.codes()).to.deep.equal([...round, ...round]);
    expect(warnings.seen[0]?.message).to.contain('10 spans: connection refused');
    expect(warnings.seen[1]?.message).to.contain('30 were dropped');
  });

  it('loses a span that cannot be read, counts it, and no other of its batch', async () => {
    const broken = { ...madeSpan({ id: 7 }), links: [{}] };
    outlet.accept(broken as unknown as Accepted);
    send(5);
    await outlet.flush();
    expect(destination.batches).to.deep.equal([5]);
    expect(outlet.health()).to.deep.include({ accepted: 6, delivered: 5, dropped: { projection_failed: 1 } });
  });

  it('says the same of a destination that takes spans at once', () => {
    create({ isImmediate: true });
    destination.failure = 'disk full';
    send(2);
    expect(outlet.health()).to.deep.include({ delivered: 0, dropped: { export_failed: 2 }, lastError: 'disk full' });
    destination.failure = undefined;
    send(2);
    expect(outlet.health()).to.deep.include({ delivered: 2, dropped: { export_failed: 2 } });
    expect(outlet.health()).to.not.have.property('lastError');
    expect(warnings.codes()).to.deep.equal(['EXPORT_FAILED', 'EXPORT_RECOVERED']);
  });

  it('takes whatever a destination throws, and keeps the text short', async () => {
    for (const failure of ['x'.repeat(2000), null, { toString: 5 }, Symbol('s'), new Error('')]) {
      destination.failure = failure;
      send(1);
      await outlet.flush();
      expect(outlet.health().lastError?.length).to.be.below(501);
      expectBalanced(outlet.health());
    }
  });

  it('drops what waits when it is closed, and counts what comes later', async () => {
    destination.hold();
    send(600);
    void outlet.flush();
    await new Promise(setImmediate);
    await outlet.close();
    expect(outlet.health()).to.deep.include({ queued: 512, dropped: { shutdown: 88 } });
    send(3);
    expect(outlet.health()).to.deep.include({ accepted: 603, dropped: { shutdown: 88, closed: 3 } });
    destination.release();
    await eventually(() => outlet.delivered === 512, 'the batch in flight delivered');
    expectBalanced(outlet.health());
  });

  it('is unhealthy above one lost span in a hundred', async () => {
    send(990);
    await outlet.flush();
    destination.failure = new Error('no');
    send(10);
    await outlet.flush();
    expect(outlet.health().healthy, 'while it fails').to.equal(false);
    destination.failure = undefined;
    send(1);
    await outlet.flush();
    expect(outlet.health().healthy).to.equal(true);
    destination.failure = new Error('no');
    send(1);
    await outlet.flush();
    destination.failure = undefined;
    send(1);
    await outlet.flush();
    expect(outlet.health().healthy).to.equal(false);
  });
});
