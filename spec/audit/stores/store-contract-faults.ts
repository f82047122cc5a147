import { setImmediate as nextTurn } from 'node:timers/promises';

import { expect } from 'chai';

import type { LedgerStore, LedgerWriter } from '#lib/audit/stores/store.js';

import {
  appendMany,
  codeOf,
  entryOf,
  numbersOf,
  rejectionOf,
  type StoreFaults,
  type StoreSetup,
  upTo,
} from './store-contract.js';

/** What every store holds to that has something below it which fails. */
export function describeStoreFaults(create: () => StoreSetup): void {
  let setup: StoreSetup;
  let faults: StoreFaults;
  let store: LedgerStore;
  let writer: LedgerWriter;

  beforeEach(async () => {
    setup = create();
    if (setup.faults === undefined) throw new Error('this store has no faults');
    faults = setup.faults;
    store = setup.open();
    writer = store.openWriter();
    await Promise.all(appendMany(writer, 0, 5));
  });
  afterEach(() => setup.dispose());

  const poisons: Record<string, () => void> = {
    'a sync that fails': () => faults.failSync(false),
    'a sync that fails and was done': () => faults.failSync(true),
    'a write that fails': () => faults.failWrite(),
  };
  for (const [name, force] of Object.entries(poisons)) {
    it(`is poisoned by ${name}, whoever waits is told, and no sync is tried again`, async () => {
      force();
      const first = appendMany(writer, 5, 3);
      const syncsBefore = faults.syncs();
      expect(await Promise.all(first.map(rejectionOf))).deep.equal(first.map(() => 'AUDIT_POISONED'));
      expect(writer.poison).property('code', 'AUDIT_POISONED');
      expect(codeOf(() => writer.admit('outcome', 10))).equal('AUDIT_POISONED');
      expect(await rejectionOf(writer.append({ entry: entryOf(9), as: 'outcome' }))).equal('AUDIT_POISONED');
      expect(codeOf(() => writer.appendSync({ entry: entryOf(9), as: 'plain' }))).equal('AUDIT_POISONED');
      await writer.close();
      expect(faults.syncs() - syncsBefore).most(1);
      expect(writer.durable).equal(5);
      expect(numbersOf(store, writer.wid).slice(0, 5)).deep.equal(upTo(5));
      expect(store.gauges()).deep.include({ queued: 0, queuedBytes: 0 });
    });

    it(`is poisoned by ${name} in the call`, async () => {
      force();
      expect(codeOf(() => writer.appendSync({ entry: entryOf(5), as: 'plain' }))).equal('AUDIT_POISONED');
      expect(await rejectionOf(writer.append({ entry: entryOf(6), as: 'plain' }))).equal('AUDIT_POISONED');
      expect(writer.durable).equal(5);
    });
  }

  it('takes a new writer after a fault', async () => {
    faults.failSync(false);
    expect(await rejectionOf(writer.append({ entry: entryOf(5), as: 'plain' }))).equal('AUDIT_POISONED');
    const next = store.openWriter();
    await Promise.all(appendMany(next, 0, 5));
    expect(numbersOf(store, next.wid)).deep.equal(upTo(5));
  });

  it('goes on after writes that took a part', async () => {
    faults.shortenWrites(100);
    await Promise.all(appendMany(writer, 5, 30));
    writer.appendSync({ entry: entryOf(35), as: 'plain' });
    expect(numbersOf(store, writer.wid)).deep.equal(upTo(36));
  });

  it('acknowledges nothing before the sync returned', async () => {
    faults.hangSyncs();
    let isAcknowledged = false;
    const promise = writer.append({ entry: entryOf(5), as: 'plain' }).then(() => {
      isAcknowledged = true;
    });
    while (faults.syncs() === 0) await nextTurn();
    expect(numbersOf(store, writer.wid)).deep.equal(upTo(6));
    expect({ isAcknowledged, durable: writer.durable }).deep.equal({ isAcknowledged: false, durable: 5 });
    faults.release();
    await promise;
    expect({ isAcknowledged, durable: writer.durable }).deep.equal({ isAcknowledged: true, durable: 6 });
  });

  it('tells who waits too long, and goes on when the sync returns', async () => {
    const slow = setup.open({ deadlineMs: 50 }).openWriter();
    faults.hangSyncs();
    const late = appendMany(slow, 0, 2);
    while (faults.syncs() === 0) await nextTurn();
    late.push(...appendMany(slow, 2, 2));
    expect(await Promise.all(late.map(rejectionOf))).deep.equal(late.map(() => 'AUDIT_INTENT_NOT_DURABLE'));
    expect({ poison: slow.poison, durable: slow.durable }).deep.equal({ poison: undefined, durable: 0 });
    faults.release();
    while (slow.durable < 4) await nextTurn();
    expect(numbersOf(store, slow.wid)).deep.equal(upTo(4));
  });

  it('does not wait for ever to close', async () => {
    const slow = setup.open({ deadlineMs: 50 }).openWriter();
    faults.hangSyncs();
    void appendMany(slow, 0, 2);
    expect(await rejectionOf(slow.close())).equal('AUDIT_INTENT_NOT_DURABLE');
    faults.release();
  });

  it('writes in the call while a group is on its way, and takes what comes of that for done', async () => {
    faults.hangSyncs();
    const order: number[] = [];
    const note = (promise: Promise<void>, number: number): Promise<number> => promise.then(() => order.push(number));
    const flying = appendMany(writer, 5, 3).map(note);
    while (faults.syncs() === 0) await nextTurn();
    const waiting = appendMany(writer, 8, 600).map((promise, index) => note(promise, index + 3));
    writer.appendSync({ entry: entryOf(608), as: 'plain' });
    expect(writer.durable).equal(609);
    await Promise.all([...flying, ...waiting]);
    expect(order).deep.equal(upTo(603));
    faults.release();
    await Promise.all(appendMany(writer, 609, 5));
    expect(numbersOf(store, writer.wid)).deep.equal(upTo(614));
    expect(writer.durable).equal(614);
    expect(store.gauges()).deep.include({ queued: 0, queuedBytes: 0, entries: 614 });
    await writer.close();
  });
}
