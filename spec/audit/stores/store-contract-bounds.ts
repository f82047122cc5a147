import { expect } from 'chai';

import type { LedgerWriter } from '#lib/audit/stores/store.js';

import { appendMany, codeOf, entryOf, type StoreSetup } from './store-contract.js';

/** Admits and appends intents until one is refused; gives how many were taken. */
function fill(writer: LedgerWriter, bytes: number): number {
  for (let count = 0; ; count++) {
    if (codeOf(() => writer.admit('intent', bytes)) !== undefined) return count;
    void writer.append({ entry: entryOf(count, bytes), as: 'intent' });
  }
}

/** Bounds, rights and hints that every store holds to. */
export function describeStoreBounds(create: () => StoreSetup): void {
  let setup: StoreSetup;
  beforeEach(() => {
    setup = create();
  });
  afterEach(() => setup.dispose());

  it('refuses entries beyond the queue at once, counts them, and takes every outcome', async () => {
    const store = setup.open({ maxQueue: 10 });
    const writer = store.openWriter();
    expect(fill(writer, 10)).equal(10);
    expect(codeOf(() => writer.admit('plain', 10))).equal('AUDIT_QUEUE_FULL');
    expect(store.gauges()).deep.include({ queued: 10, refused: { AUDIT_QUEUE_FULL: 2 } });
    const outcomes = Array.from({ length: 10 }, (_, index) => {
      writer.admit('outcome', 10);
      return writer.append({ entry: entryOf(index), as: 'outcome' });
    });
    await Promise.all(outcomes);
    expect(writer.durable).equal(20);
    expect(store.gauges()).deep.include({ queued: 0, queuedBytes: 0 });
    expect(fill(writer, 10)).equal(10);
  });

  it('refuses bytes beyond the queue', async () => {
    const store = setup.open({ maxQueueBytes: 1_048_576 });
    const writer = store.openWriter();
    const count = fill(writer, 10_000);
    expect(count).within(100, 104);
    expect(store.gauges().queuedBytes).within(1_000_000, 1_048_576);
    await writer.close();
    expect(writer.durable).equal(count);
  });

  it('counts a payload as bytes that wait', () => {
    const store = setup.open();
    const bytes = Buffer.alloc(5000);
    void store.openWriter().append({ entry: entryOf(0), as: 'plain', payload: { ref: 'f'.repeat(64), bytes } });
    expect(store.gauges().queuedBytes).within(5200, 5300);
  });

  it('admits as many calls at a time as the queue holds, until an outcome or a release gives room back', async () => {
    const writer = setup.open({ maxQueue: 10 }).openWriter();
    for (let call = 0; call < 10; call++) {
      writer.admit('intent', 10);
      await writer.append({ entry: entryOf(call), as: 'intent' });
    }
    expect(codeOf(() => writer.admit('intent', 10))).equal('AUDIT_QUEUE_FULL');
    expect(codeOf(() => writer.admit('plain', 10))).equal(undefined);
    await writer.append({ entry: entryOf(10), as: 'outcome' });
    writer.admit('intent', 10);
    expect(codeOf(() => writer.admit('intent', 10))).equal('AUDIT_QUEUE_FULL');
    writer.release();
    writer.admit('intent', 10);
  });

  it('knows its own writers, and those that are gone', async () => {
    const store = setup.open();
    const writer = store.openWriter();
    expect(await store.liveness(writer.wid)).equal('self');
    await writer.close();
    expect(await store.liveness(writer.wid)).equal('dead');
    expect(await store.liveness('01HZZZZZZZZZZZZZZZZZZZZZZZ')).equal('dead');
  });

  it('grants a claim to one who lives, and to the next when that one is gone', async () => {
    const store = setup.open();
    const [gone, first, second, third] = [store, store, store, store].map((each) => each.openWriter());
    if (gone === undefined || first === undefined || second === undefined || third === undefined) throw new Error();
    await gone.close();
    expect(await store.claim(gone.wid, first.wid)).deep.equal({ granted: true, former: [] });
    expect(await store.claim(gone.wid, second.wid)).deep.equal({ granted: false, former: [] });
    expect(await store.claim(gone.wid, first.wid)).deep.equal({ granted: true, former: [] });
    await first.close();
    expect(await store.claim(gone.wid, second.wid)).deep.equal({ granted: true, former: [first.wid] });
    await second.close();
    expect(await store.claim(gone.wid, third.wid)).deep.equal({ granted: true, former: [first.wid, second.wid] });
  });

  it('grants a claim to one of many who ask at once', async () => {
    const store = setup.open();
    const gone = store.openWriter();
    await gone.close();
    const others = Array.from({ length: 8 }, () => store.openWriter());
    const claims = await Promise.all(others.map((other) => store.claim(gone.wid, other.wid)));
    expect(claims.filter(({ granted }) => granted)).length(1);
  });

  it('keeps hints about writers that are done', () => {
    const store = setup.open();
    const { wid } = store.openWriter();
    expect(store.settled().size).equal(0);
    store.settle(wid, { wseq: 3, hash: 'a'.repeat(64), isNamed: false });
    store.settle(wid, { wseq: 3, hash: 'a'.repeat(64), isNamed: true });
    expect([...store.settled()]).deep.equal([[wid, { wseq: 3, hash: 'a'.repeat(64), isNamed: true }]]);
  });

  it('counts entries and syncs', async () => {
    const store = setup.open();
    const writer = store.openWriter();
    await Promise.all(appendMany(writer, 0, 100));
    await Promise.all(appendMany(writer, 100, 100));
    const { entries, syncs, lastSyncMs } = store.gauges();
    expect(entries).equal(200);
    expect(syncs).within(1, 4);
    expect(lastSyncMs).least(0);
  });
}
