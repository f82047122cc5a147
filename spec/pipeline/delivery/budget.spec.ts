import { expect } from 'chai';
import type { Outlet, OutletParts } from '#lib/pipeline/outlet.js';
import { CollectedWarnings } from '../../collected-warnings.js';
import { eventually, expectBalanced } from '../accounts.js';
import type { DeliveryShape } from '../made-outlet.js';
import { delivery, giveMany, madeOutlet, outletParts, ScriptedDestination } from '../made-outlet.js';
import { captured } from './made-captured.js';
import { within } from './http-outlet.js';

const TEXT = 'x'.repeat(4096);
// No smaller than any of them.
const SPAN_BYTES = captured(10_000, 4102).bytes;

describe('the bytes of all destinations together', () => {
  let parts: OutletParts;
  let outlets: Outlet[];
  let destinations: ScriptedDestination[];
  let warnings: CollectedWarnings;

  function create(count: number, spans: number, shape: DeliveryShape = {}): void {
    parts = outletParts(SPAN_BYTES * spans);
    destinations = Array.from({ length: count }, () => new ScriptedDestination());
    outlets = destinations.map((one, index) => {
      one.answer = () => ({ kind: 'retry', reason: 'down', afterMs: 60_000 });
      return madeOutlet(
        one,
        { name: `number ${index}`, delivery: delivery({ breaker: { failures: 1 }, ...shape }) },
        parts,
      );
    });
  }

  const outlet = (index: number): Outlet => outlets[index] ?? expect.fail('no such outlet');
  const heldBy = (index: number): number => outlet(index).health().queuedBytes;

  beforeEach(() => {
    warnings = new CollectedWarnings();
  });
  afterEach(async () => {
    for (const one of destinations) one.release();
    for (const one of outlets) await one.close();
    await eventually(() => parts.budget.used === 0, 'everything is let go of');
    warnings.stop();
  });

  it('count a span once, however many wait for it', () => {
    create(3, 100);
    giveMany(90, outlets, TEXT);
    for (const one of outlets) expect(one.health()).to.deep.include({ queued: 90, dropped: {} });
    expect(parts.budget.used).to.equal(heldBy(0));
    expect(heldBy(1)).to.equal(heldBy(0));
  });

  it('are never exceeded, whatever is dropped for that, and by whom', () => {
    create(3, 100);
    for (let round = 0; round < 50; round++) {
      giveMany(7, outlets, TEXT);
      giveMany(3, [outlet(round % 3)], TEXT);
      expect(parts.budget.used).to.be.at.most(parts.budget.maxBytes);
      for (const one of outlets) expectBalanced(one.health());
    }
    expect(parts.budget.used).to.be.above(parts.budget.maxBytes * 0.9);
  });

  it('are all for one as long as nobody else needs them', () => {
    create(2, 100);
    giveMany(100, [outlet(0)], TEXT);
    expect(outlet(0).health()).to.deep.include({ queued: 100, dropped: {} });
  });

  it('are given up beyond half by who holds most, when somebody else needs them', () => {
    create(2, 100);
    giveMany(100, [outlet(0)], TEXT);
    giveMany(30, [outlet(1)], TEXT);
    expect(outlet(1).health()).to.deep.include({ queued: 30, dropped: {} });
    expect(outlet(0).health().queued).to.be.within(69, 70);
    giveMany(70, [outlet(1)], TEXT);
    expect(Math.abs(heldBy(0) - heldBy(1)), 'then both have half').to.be.at.most(SPAN_BYTES * 2);
    expect(outlet(0).health().queued).to.be.within(49, 51);
  });

  it('leave room for a destination that delivers, although others keep all that they can', async () => {
    create(3, 100);
    const healthy = outlet(2);
    (destinations[2] as ScriptedDestination).answer = () => ({ kind: 'delivered' });
    for (let round = 0; round < 20; round++) {
      giveMany(40, outlets, TEXT);
      await healthy.flush(within(2000), false);
    }
    expect(healthy.health()).to.deep.include({ delivered: 800, queued: 0, dropped: {} });
    for (const index of [0, 1]) expectBalanced(outlet(index).health());
  });

  it('leave room although the destination that holds most has all of it on its way', async () => {
    create(2, 100, { batch: { maxSpans: 1000, maxBytes: 1e9 } });
    const [hanging, waiting] = [outlet(0), outlet(1)];
    (destinations[0] as ScriptedDestination).hold();
    giveMany(20, [hanging], TEXT);
    void hanging.flush(within(5000), false);
    await eventually(() => destinations[0]?.batches.length === 1, 'a batch on its way');
    giveMany(110, [waiting], TEXT);
    expect(waiting.health().queued, 'what is on its way is not taken back, its body included').to.be.within(67, 71);
    giveMany(20, [waiting], TEXT);
    expect(waiting.health().queued, 'the latest are in place of the oldest').to.be.within(67, 71);
  });

  it('are not all on their way at once: a batch holds at most its part of a quarter of them', async () => {
    create(1, 100, { batch: { maxSpans: 1000, maxBytes: 1e9 } });
    const [destination] = destinations as [ScriptedDestination];
    destination.hold();
    giveMany(100, outlets, TEXT);
    void outlet(0).flush(within(5000), false);
    await eventually(() => destination.batches.length === 1, 'a batch on its way');
    expect(destination.batches[0]).to.be.within(25, 26);
  });

  it('count the bodies of requests on their way as well', async () => {
    create(1, 100);
    const [one] = destinations;
    one?.hold();
    giveMany(10, outlets, TEXT);
    void outlet(0).flush(within(5000), false);
    await eventually(() => one?.batches.length === 1, 'a batch on its way');
    const body = parts.budget.used - heldBy(0);
    expect(body).to.be.within(10 * 4096, 10 * 5000);
    giveMany(200, outlets, TEXT);
    expect(parts.budget.used).to.be.at.most(parts.budget.maxBytes);
    one?.release();
    await eventually(() => parts.budget.used === heldBy(0), 'the body is gone');
  });

  it('refuse a span that is larger than all of them, and nothing else for it', () => {
    create(2, 10);
    giveMany(5, outlets, TEXT);
    giveMany(1, outlets, 'x'.repeat(SPAN_BYTES * 12));
    for (const one of outlets) expect(one.health()).to.deep.include({ queued: 5, dropped: { queue_full: 1 } });
  });

  it('are given up from the end with drop_newest', () => {
    create(2, 100, { onFull: 'drop_newest' });
    giveMany(100, [outlet(0)], TEXT);
    giveMany(20, [outlet(1)], TEXT);
    expect(outlet(1).health()).to.deep.include({ queued: 20, dropped: {} });
    giveMany(200, [outlet(1)], TEXT);
    expect(outlet(1).health().queued, 'it pushes nothing of its own out').to.be.within(49, 51);
    for (const one of outlets) expectBalanced(one.health());
  });
});
