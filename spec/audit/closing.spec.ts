import { setTimeout as wait } from 'node:timers/promises';

import { expect } from 'chai';

import type { Ledger } from '#lib/audit/ledger.js';
import { createMemorySecrets } from '#lib/audit/ledger-secrets.js';
import type { Slots } from '#lib/audit/payload-slots.js';
import type { FaultStore } from './fault-store.js';
import { countOpenTimers } from './open-timers.js';
import { codeOf, kindsOf, RecordedLedger, START } from './recorded-ledger.js';

// Both ways to close do the same.
const WAYS: Readonly<Record<string, (ledger: Ledger) => Promise<void> | void>> = {
  close: (ledger) => ledger.close(20),
  closeSync: (ledger) => ledger.closeSync(),
};

for (const [name, close] of Object.entries(WAYS)) {
  describe(`${name} of a ledger`, () => {
    let store: FaultStore;
    let ledger: Ledger;

    beforeEach(async () => {
      ({ store, ledger } = await RecordedLedger.open());
    });
    afterEach(() => ledger.closeSync());

    it('writes what was refused before its last entry', async () => {
      store.refuses = (as) => (as === 'intent' ? 'AUDIT_QUEUE_FULL' : undefined);
      expect(await codeOf(ledger.begin(START))).equal('AUDIT_QUEUE_FULL');
      await close(ledger);
      expect(kindsOf(store.entries()).slice(2)).deep.equal(['denied', 'close']);
      expect(store.entries().at(-1)).include({ dangling: 0 });
    });

    it('says of late intents that are durable by then that their calls were not made', async () => {
      store.fateOf = ({ kind }) => (kind === 'intent' ? 'late' : 'kept');
      expect(await codeOf(ledger.begin(START))).equal('AUDIT_INTENT_NOT_DURABLE');
      await ledger.append({ kind: 'note', data: 0 });
      store.release();
      await close(ledger);
      expect(kindsOf(store.entries()).slice(2)).deep.equal(['intent', 'note', 'denied', 'close']);
      expect(store.entries().at(-1)).include({ dangling: 0 });
    });

    it('remembers where its chain ends, for the next start', async () => {
      const [wid = ''] = store.writers();
      await close(ledger);
      const last = store.entries().at(-1);
      expect(store.settled().get(wid)).include({ wseq: last?.wseq });
      expect(await store.liveness(wid)).equal('dead');
    });

    it('remembers nothing where calls are left, which the next start has to find', async () => {
      await ledger.begin(START);
      await close(ledger);
      expect(store.entries().at(-1)).include({ kind: 'close', dangling: 1 });
      expect(store.settled().size).equal(0);
    });

    it('ends what it looked for meanwhile', async () => {
      const timers = await countOpenTimers(async () => {
        store.fateOf = ({ kind }) => (kind === 'intent' ? 'late' : 'kept');
        expect(await codeOf(ledger.begin(START))).equal('AUDIT_INTENT_NOT_DURABLE');
        store.refuses = () => 'AUDIT_QUEUE_FULL';
        expect(await codeOf(ledger.begin(START))).equal('AUDIT_QUEUE_FULL');
        await close(ledger);
        await close(ledger);
      });
      expect(timers).equal(0);
    });

    for (const way of ['end', 'endSync'] as const) {
      it(`takes no outcome by ${way} after its last entry`, async () => {
        const call = await ledger.begin(START);
        await close(ledger);
        const ended = async (): Promise<void> => call[way]({ status: 'ok' });
        expect(await codeOf(ended())).equal('AUDIT_OUTCOME_LOST');
        expect(store.entries().at(-1)).include({ kind: 'close', dangling: 1 });
        expect(ledger.health().state).equal('closed');
      });
    }

    it('after a fault writes nothing more', async () => {
      store.fateOf = () => 'lost';
      await codeOf(ledger.append({ kind: 'note', data: 1 }));
      const entries = store.entries().length;
      store.fateOf = () => 'kept';
      await close(ledger);
      expect(store.entries()).length(entries);
      expect(store.settled().size).equal(0);
      expect(ledger.health().lastError).matches(/EIO/);
    });
  });
}

describe('a ledger whose last entry fails', () => {
  it('says so, in the call by its health', async () => {
    const { store, ledger } = await RecordedLedger.open();
    store.fateOf = ({ kind }) => (kind === 'close' ? 'lost' : 'kept');
    ledger.closeSync();
    expect(ledger.health()).include({ state: 'closed' });
    expect(ledger.health().lastError).matches(/EIO/);
    expect(store.settled().size).equal(0);
  });

  it('says so by the promise', async () => {
    const { store, ledger } = await RecordedLedger.open();
    store.fateOf = ({ kind }) => (kind === 'close' ? 'lost' : 'kept');
    const error: unknown = await ledger.close().catch((caught: unknown) => caught);
    expect(error).instanceOf(Error);
    expect(ledger.health()).include({ state: 'closed' });
    expect(store.settled().size).equal(0);
  });
});

describe('a ledger that is poisoned', () => {
  it('looks no more for intents that were late', async () => {
    const { store, ledger } = await RecordedLedger.open();
    const timers = await countOpenTimers(async () => {
      store.fateOf = ({ kind }) => (kind === 'intent' ? 'late' : 'lost');
      expect(await codeOf(ledger.begin(START))).equal('AUDIT_INTENT_NOT_DURABLE');
      expect(await codeOf(ledger.append({ kind: 'note', data: 0 }))).equal('AUDIT_POISONED');
      await wait(120);
    });
    expect(timers).equal(0);
    ledger.closeSync();
  });

  it('has no calls in flight whose outcomes are lost', async () => {
    const { store, ledger } = await RecordedLedger.open();
    const calls = [await ledger.begin(START), await ledger.begin(START), await ledger.begin(START)] as const;
    expect(ledger.health().inFlight).equal(3);
    store.fateOf = () => 'lost';
    // One that fails, and two that are refused for it.
    expect(await codeOf(calls[0].end({ status: 'ok' }))).equal('AUDIT_OUTCOME_LOST');
    expect(ledger.health().inFlight).equal(2);
    expect(await codeOf(calls[1].end({ status: 'ok' }))).equal('AUDIT_OUTCOME_LOST');
    expect(() => calls[2].endSync({ status: 'ok' })).throw();
    expect(ledger.health().inFlight).equal(0);
    await ledger.close(60_000);
  });

  it('closes the secrets of its chain when it goes on in another', async () => {
    const secrets = createMemorySecrets();
    const closed: string[] = [];
    const openSlots = (wid: string): Slots => {
      const slots = secrets.openSlots(wid);
      return { take: () => slots.take(), close: () => void closed.push(wid) };
    };
    const { store, ledger } = await RecordedLedger.open({}, undefined, { ...secrets, openSlots });
    store.fateOf = () => 'lost';
    await codeOf(ledger.append({ kind: 'note', data: 1 }));
    // One that does not begin is closed as well; the one before it stays, as it is asked for what it holds.
    expect(await codeOf(ledger.recover())).equal('AUDIT_POISONED');
    expect(closed).deep.equal(store.writers().slice(1));
    store.fateOf = () => 'kept';
    await ledger.recover();
    const [first = '', second = '', third = ''] = store.writers();
    expect(closed).deep.equal([second, first]);
    await ledger.close();
    expect(closed).deep.equal([second, first, third]);
  });

  it('counts once what was refused, however often it is recovered', async () => {
    const { store, ledger } = await RecordedLedger.open();
    store.fateOf = () => 'lost';
    expect(await codeOf(ledger.begin(START))).equal('AUDIT_INTENT_NOT_DURABLE');
    store.fateOf = () => 'kept';
    for (let time = 0; time < 3; time++) await ledger.recover();
    await ledger.close();
    expect(kindsOf(store.entries()).filter((kind) => kind === 'denied')).length(1);
  });
});
