import { setTimeout as wait } from 'node:timers/promises';

import { expect } from 'chai';

import type { DeniedEntry } from '#lib/audit/entry.js';
import type { Ledger } from '#lib/audit/ledger.js';
import { createMemorySecrets } from '#lib/audit/ledger-secrets.js';
import { openOnStoreSync } from '#lib/audit/open-on-store.js';
import { AuditOutcomeLostError } from '#lib/audit/outcome-lost-error.js';
import type { Slots } from '#lib/audit/payload-slots.js';
import { SpanwrightError } from '#lib/core/errors.js';
import { FaultStore } from './fault-store.js';
import { countOpenTimers } from './open-timers.js';
import { codeOf, kindsOf, RecordedLedger, START } from './recorded-ledger.js';

describe('a call that is refused', () => {
  let store: FaultStore;
  let ledger: Ledger;

  beforeEach(async () => {
    ({ store, ledger } = await RecordedLedger.open());
  });
  afterEach(async () => {
    await ledger.close(10);
  });

  it('looks for late intents as long as there are any', async () => {
    store.fateOf = ({ kind }) => (kind === 'intent' ? 'late' : 'kept');
    const timers = await countOpenTimers(async () => {
      expect(await codeOf(ledger.begin(START))).equal('AUDIT_INTENT_NOT_DURABLE');
      await ledger.append({ kind: 'note', data: 0 });
      store.release();
      while (!kindsOf(store.entries()).includes('denied')) await wait(5);
      await wait(60);
    });
    expect(timers).equal(0);
    expect(kindsOf(store.entries()).filter((kind) => kind === 'denied')).length(1);
  });

  it('says what it refused half a second later, and again when that was refused too', async () => {
    let refusing = 3;
    store.refuses = () => (refusing-- > 0 ? 'AUDIT_QUEUE_FULL' : undefined);
    expect(await codeOf(ledger.begin(START))).equal('AUDIT_QUEUE_FULL');
    expect(await codeOf(ledger.begin(START))).equal('AUDIT_QUEUE_FULL');
    while (!kindsOf(store.entries()).includes('denied')) await wait(20);
    expect(refusing).below(0);
    const { op, ...denied } = store.entries().at(-1) as DeniedEntry;
    expect([denied.code, denied.count, op]).deep.equal(['AUDIT_QUEUE_FULL', 2, undefined]);
  });

  it('makes no call whose outcome would be lost for sure, and counts it', async () => {
    const lost = ledger.beginSync(START);
    store.fateOf = ({ kind }) => (kind === 'outcome' ? 'lost' : 'kept');
    // Its intent is durable when the outcome of another call is lost.
    const late = ledger.begin(START);
    expect(() => lost.endSync({ status: 'ok' })).throw(AuditOutcomeLostError);
    expect(await codeOf(late)).equal('AUDIT_POISONED');
    expect(ledger.health()).deep.include({ refused: { AUDIT_POISONED: 1 }, inFlight: 0 });
    // Nothing is waited for.
    const start = performance.now();
    await ledger.close(60_000);
    expect(performance.now() - start).below(15_000);
  });

  it('and whose intent is durable all the same is told from calls that may have been made', async () => {
    const lost = ledger.beginSync(START);
    store.fateOf = ({ kind }) => (kind === 'outcome' ? 'lost' : 'kept');
    const late = ledger.begin(START);
    expect(() => lost.endSync({ status: 'ok' })).throw(AuditOutcomeLostError);
    expect(await codeOf(late)).equal('AUDIT_POISONED');
    store.fateOf = () => 'kept';
    expect(await ledger.recover()).include({ unknown: 1 });
    const denied = store.entries().find(({ kind }) => kind === 'denied');
    expect(denied).deep.include({ code: 'AUDIT_INTENT_NOT_DURABLE' });
  });

  it('makes no call without secrets for its payload, and says why', async () => {
    const secrets = createMemorySecrets();
    const cause = new Error('EIO: i/o error, write');
    const openSlots = (): Slots => ({
      take: () => {
        throw cause;
      },
      close: () => undefined,
    });
    const failing = await RecordedLedger.open({}, undefined, { ...secrets, openSlots });
    const error: unknown = await failing.ledger
      .begin({ ...START, request: { value: 1 } })
      .catch((caught: unknown) => caught);
    expect(error).include({ code: 'AUDIT_INTENT_NOT_DURABLE', cause });
    expect(error)
      .property('message')
      .matches(/the folder of keys fails/);
    await failing.ledger.close();
  });

  it('while the ledger is poisoned is told when it goes on', async () => {
    store.fateOf = () => 'lost';
    await codeOf(ledger.append({ kind: 'note', data: 1 }));
    for (let time = 0; time < 2; time++) expect(await codeOf(ledger.begin(START))).equal('AUDIT_POISONED');
    // Longer than it waits before it writes.
    await wait(600);
    store.fateOf = () => 'kept';
    await ledger.recover();
    await ledger.close();
    const denied = store.entries().filter(({ kind }) => kind === 'denied') as DeniedEntry[];
    expect(denied.map(({ code, count }) => [code, count])).deep.equal([['AUDIT_POISONED', 2]]);
  });

  it('is what health tells last', async () => {
    expect(ledger.health()).not.have.property('lastError');
    store.refuses = (as) => (as === 'intent' ? 'AUDIT_QUEUE_FULL' : 'AUDIT_DISK_LOW');
    await codeOf(ledger.begin(START));
    expect(ledger.health().lastError).matches(/AUDIT_QUEUE_FULL/);
    await codeOf(ledger.append({ kind: 'note', data: 1 }));
    expect(ledger.health().lastError).matches(/AUDIT_DISK_LOW/);
    expect(() => ledger.beginSync(START)).throw();
    expect(ledger.health().lastError).matches(/AUDIT_QUEUE_FULL/);
    store.refuses = () => undefined;
    store.fateOf = ({ kind }) => (kind === 'intent' ? 'late' : 'kept');
    await codeOf(ledger.begin(START));
    expect(ledger.health())
      .property('lastError')
      .matches(/too late/);
    expect(ledger.health().refused).deep.equal({ AUDIT_QUEUE_FULL: 2, AUDIT_INTENT_NOT_DURABLE: 1 });
    store.fateOf = () => 'lost';
    ledger.closeSync();
    await wait(1);
    expect(ledger.health()).include({ state: 'closed' });
    expect(ledger.health().lastError).matches(/EIO/);
  });
});

describe("an entry of one's own", () => {
  it('is a note or a run, and nothing else', async () => {
    const { store, ledger } = await RecordedLedger.open();
    for (const entry of [{ kind: 'outcome', data: 1 }, { kind: 'run' }, { kind: 'run', run: 7 }, { data: 1 }, {}]) {
      expect(await codeOf(ledger.append(entry as never)), JSON.stringify(entry)).equal('AUDIT_ENTRY_INVALID');
    }
    await ledger.append({ kind: 'run', run: 'r' });
    expect(kindsOf(store.entries())).deep.equal(['genesis', 'policy', 'run']);
    await ledger.close();
  });
});

describe('a ledger whose writer does not close well', () => {
  async function poisoned(closing: () => Promise<void>): Promise<Ledger> {
    const store = new FaultStore();
    const openWriter = store.openWriter.bind(store);
    // The first one alone.
    store.openWriter = () => Object.assign(openWriter(), store.writers().length === 1 && { close: closing });
    const { ledger } = await RecordedLedger.open({}, store);
    store.fateOf = () => 'lost';
    await codeOf(ledger.append({ kind: 'note', data: 1 }));
    store.fateOf = () => 'kept';
    return ledger;
  }

  it('goes on in another chain, since what is there can be read', async () => {
    const ledger = await poisoned(() => Promise.reject(new Error('EIO: i/o error, close')));
    expect(await codeOf(ledger.recover())).equal(undefined);
    expect(ledger.health().state).equal('open');
    await ledger.close();
  });

  it('waits where bytes are still on their way', async () => {
    let isLate = true;
    const late = new SpanwrightError('AUDIT_INTENT_NOT_DURABLE', 'a sync takes too long');
    const ledger = await poisoned(() => (isLate ? Promise.reject(late) : Promise.resolve()));
    expect(await codeOf(ledger.recover())).equal('AUDIT_POISONED');
    expect(ledger.health().state).equal('poisoned');
    isLate = false;
    expect(await codeOf(ledger.recover())).equal(undefined);
    await ledger.close();
  });
});

describe('a ledger', () => {
  it('is closed at the end of its block', async () => {
    const { store, ledger } = await RecordedLedger.open();
    await ledger[Symbol.asyncDispose]();
    expect(kindsOf(store.entries()).at(-1)).equal('close');
    expect(ledger.health().state).equal('closed');
  });

  it('leaves no writer behind where its first entries fail', async () => {
    const store = new FaultStore();
    store.fateOf = () => 'lost';
    const failed: unknown = await RecordedLedger.open({}, store).catch((error: unknown) => error);
    expect(failed).instanceOf(Error);
    expect(() => openOnStoreSync(store, createMemorySecrets(), {})).throw();
    expect(store.writers()).length(2);
    for (const wid of store.writers()) expect(await store.liveness(wid)).equal('dead');
  });

  it('leaves no writer behind where it does not open, or does not go on', async () => {
    const store = new FaultStore();
    const secrets = createMemorySecrets();
    const openSlots = (): Slots => {
      throw new Error('EACCES: permission denied, open');
    };
    const failed: unknown = await RecordedLedger.open({}, store, { ...secrets, openSlots }).catch(
      (error: unknown) => error,
    );
    expect(failed).instanceOf(Error);
    for (const wid of store.writers()) expect(await store.liveness(wid)).equal('dead');
    const { ledger } = await RecordedLedger.open({}, store, secrets);
    store.fateOf = () => 'lost';
    await codeOf(ledger.append({ kind: 'note', data: 1 }));
    expect(await codeOf(ledger.recover())).equal('AUDIT_POISONED');
    for (const wid of store.writers()) expect(await store.liveness(wid)).equal('dead');
    ledger.closeSync();
  });
});
