import { expect } from 'chai';

import type { Entry, OutcomeEntry } from '#lib/audit/entry.js';
import { leafHash } from '#lib/audit/leaf.js';
import { createMemorySecrets } from '#lib/audit/ledger-secrets.js';
import type { Fate } from './fault-store.js';
import { FaultStore } from './fault-store.js';
import { codeOf, kindsOf, RecordedLedger, START } from './recorded-ledger.js';

const unknownOf = (entries: readonly Entry[]): OutcomeEntry[] =>
  entries.filter((entry) => entry.kind === 'outcome').filter(({ status }) => status === 'unknown');

describe('recovery', () => {
  let store: FaultStore;
  const secrets = createMemorySecrets();
  const opened: RecordedLedger[] = [];

  async function open(): Promise<RecordedLedger> {
    const recorded = await RecordedLedger.open({}, store, secrets);
    opened.push(recorded);
    return recorded;
  }

  /** A process with calls in flight that is gone then; gives its writer. */
  async function die(calls: number): Promise<string> {
    const before = new Set(store.writers());
    const { ledger } = await open();
    for (let index = 0; index < calls; index++) {
      // oxlint-disable-next-line no-await-in-loop
      await ledger.begin({ ...START, id: `of-${index}` });
    }
    const wid = store.writers().find((other) => !before.has(other)) ?? '';
    store.kill(wid);
    return wid;
  }

  beforeEach(() => {
    store = new FaultStore();
  });
  afterEach(async () => {
    for (const { ledger } of opened.splice(0)) ledger.closeSync();
    await Promise.resolve();
  });

  it('goes on where the queue has less room than calls were in flight', async () => {
    await die(8);
    let taken = 0;
    store.refuses = () => {
      if (taken === 3) return 'AUDIT_QUEUE_FULL';
      if (taken++ === 0) queueMicrotask(() => (taken = 0));
      return undefined;
    };
    const { ledger } = await open();
    expect(ledger.health().lastError).equal(undefined);
    expect(unknownOf(store.entries())).length(8);
    store.refuses = () => undefined;
  });

  it('gives each call of a process that is gone one outcome', async () => {
    const gone = await die(3);
    store.droppedBytes.set(gone, 17);
    const { ledger } = await open();
    await ledger.close();
    const own = store.writers().find((wid) => wid !== gone);
    expect(kindsOf(store.entriesOf(own ?? ''))).deep.equal([
      'genesis',
      'policy',
      'recovered',
      'outcome',
      'outcome',
      'outcome',
      'close',
    ]);
    const intents = store.entriesOf(gone).filter(({ kind }) => kind === 'intent');
    expect(unknownOf(store.entries()).map(({ intent }) => intent)).deep.equal(
      intents.map(({ wseq }) => ({
        wid: gone,
        wseq,
        hash: leafHash(store.chains.get(gone)?.[wseq]?.bytes ?? Buffer.of()),
      })),
    );
    const recovered = store.entries().find((entry) => entry.kind === 'recovered');
    expect(recovered).deep.include({ droppedBytes: 17, dangling: 3 });
    expect(recovered?.kind === 'recovered' && recovered.of).deep.equal({
      wid: gone,
      wseq: 4,
      hash: leafHash(store.chains.get(gone)?.[4]?.bytes ?? Buffer.of()),
    });
  });

  it('leaves a process alone that is alive, and one that closed', async () => {
    const alive = await open();
    const call = await alive.ledger.begin(START);
    const closed = await open();
    await closed.ledger.close();
    const { ledger } = await open();
    expect(await ledger.recover()).deep.equal({ writers: 0, unknown: 0, droppedBytes: 0 });
    expect(kindsOf(store.entries())).not.include('recovered');
    await call.end({ status: 'ok' });
  });

  it('names the last entry of a writer that closed in one genesis', async () => {
    const first = await open();
    await first.ledger.close();
    const [wid] = store.writers();
    const next = [await open(), await open()];
    const heads = store.entries().flatMap((entry) => (entry.kind === 'genesis' ? entry.heads : []));
    expect(heads.filter((head) => head.wid === wid)).length(1);
    expect(next).length(2);
  });

  it('looks at a writer whose hint was lost, and writes nothing of it', async () => {
    const { ledger } = await open();
    const settle = store.settle.bind(store);
    store.settle = () => undefined;
    await ledger.close();
    store.settle = settle;
    await open();
    expect(kindsOf(store.entries())).not.include('recovered');
    expect(store.settled().size).equal(1);
  });

  it('recovers calls that were in flight when their ledger closed', async () => {
    const { ledger } = await open();
    await ledger.begin(START);
    await ledger.close(1);
    await open();
    expect(unknownOf(store.entries())).length(1);
  });

  it('gives one outcome each when eight processes start at once', async () => {
    const gone = [await die(5), await die(5)];
    const openers = await Promise.all(Array.from({ length: 8 }, open));
    for (const { ledger } of openers) expect(ledger.health()).not.have.property('lastError');
    const unknown = unknownOf(store.entries()).map(({ intent }) => `${intent.wid} ${intent.wseq}`);
    expect(unknown).length(10);
    expect(new Set(unknown).size).equal(10);
    for (const wid of gone) {
      const named = store.entries().filter((entry) => entry.kind === 'recovered' && entry.of.wid === wid);
      expect(named).length(1);
    }
  });

  it('writes what is missing when whoever recovered is gone half way, wherever that was', async () => {
    for (let last = 0; last <= 4; last++) {
      store = new FaultStore();
      const gone = await die(3);
      let written = 0;
      const fateOf = (entry: Entry): Fate => {
        const isRecovery = entry.kind === 'recovered' || (entry.kind === 'outcome' && entry.status === 'unknown');
        return isRecovery && written++ >= last ? 'lost' : 'kept';
      };
      store.fateOf = fateOf;
      expect(await codeOf(open()), `${last}`).equal(last > 3 ? undefined : 'AUDIT_POISONED');
      store.fateOf = () => 'kept';
      store.kill(...store.writers());
      await open();
      const unknown = unknownOf(store.entries()).map(({ intent }) => `${intent.wid} ${intent.wseq}`);
      expect(unknown.toSorted(), `${last}`).deep.equal([2, 3, 4].map((wseq) => `${gone} ${wseq}`));
      const named = store.entries().filter((entry) => entry.kind === 'recovered' && entry.of.wid === gone);
      expect(named, `${last}`).length(1);
    }
  });

  it('goes on where the queue was too full for it, and writes nothing twice', async () => {
    const gone = await die(3);
    let admitted = 0;
    store.refuses = () => (admitted++ < 4 ? undefined : 'AUDIT_QUEUE_FULL');
    const { ledger } = await open();
    expect(ledger.health().lastError).include('AUDIT_QUEUE_FULL');
    store.refuses = () => undefined;
    await ledger.recover();
    const unknown = unknownOf(store.entries()).map(({ intent }) => intent.wseq);
    expect(unknown).deep.equal([2, 3, 4]);
    const named = store.entries().filter((entry) => entry.kind === 'recovered' && entry.of.wid === gone);
    expect(named).length(1);
  });

  it('opens although a writer that is gone cannot be read', async () => {
    const gone = await die(1);
    store.chains.get(gone)?.push({ bytes: Buffer.from('no JSON') });
    const { ledger } = await open();
    expect(ledger.health()).include({ state: 'open' });
    expect(ledger.health().lastError).include('AUDIT_LEDGER_UNREADABLE').and.not.include('no JSON');
    store.chains.get(gone)?.pop();
    expect(unknownOf(store.entries())).deep.equal([]);
  });

  it('recovers a writer whose clock was ahead', async () => {
    const gone = await die(1);
    const { openWriter } = store;
    store.openWriter = openWriter.bind(store, '00000000000000000000000001');
    await open();
    expect(unknownOf(store.entries()).map(({ intent }) => intent.wid)).deep.equal([gone]);
    expect(store.writers()[0]).equal('00000000000000000000000001');
  });

  it('goes on after a fault in a chain of its own', async () => {
    const { ledger } = await open();
    const inFlight = await ledger.begin(START);
    const lost = await ledger.begin(START);
    store.fateOf = ({ kind }) => (kind === 'outcome' ? 'lost' : 'kept');
    expect(await codeOf(lost.end({ status: 'ok' }))).equal('AUDIT_OUTCOME_LOST');
    expect(await codeOf(ledger.begin(START))).equal('AUDIT_POISONED');
    store.fateOf = () => 'kept';
    expect(await ledger.recover()).deep.equal({ writers: 1, unknown: 2, droppedBytes: 0 });
    expect(ledger.health().state).equal('open');
    const call = await ledger.begin(START);
    await call.end({ status: 'ok' });
    expect(await codeOf(inFlight.end({ status: 'ok' }))).equal('AUDIT_OUTCOME_LOST');
    expect(ledger.health().state).equal('open');
    await ledger.close();
    expect(unknownOf(store.entries())).length(2);
    expect(store.entries().filter(({ kind }) => kind === 'denied')).length(1);
  });

  it('tells the intents that were refused, and are there, from calls that may have been made', async () => {
    const { ledger } = await open();
    store.fateOf = ({ kind }) => (kind === 'intent' ? 'kept and failed' : 'kept');
    expect(await codeOf(ledger.begin(START))).equal('AUDIT_INTENT_NOT_DURABLE');
    store.fateOf = () => 'kept';
    expect(await ledger.recover()).include({ writers: 1, unknown: 0 });
    const denied = store.entries().filter((entry) => entry.kind === 'denied');
    expect(denied).length(1);
    expect(denied[0]).deep.include({ code: 'AUDIT_INTENT_NOT_DURABLE' });
  });

  it('sums the intents that were refused and are not there', async () => {
    const { ledger } = await open();
    store.fateOf = () => 'lost';
    expect(await codeOf(ledger.begin(START))).equal('AUDIT_INTENT_NOT_DURABLE');
    store.fateOf = () => 'kept';
    await ledger.recover();
    const denied = store.entries().filter((entry) => entry.kind === 'denied');
    expect(denied.map(({ code }) => code)).deep.equal(['AUDIT_INTENT_NOT_DURABLE']);
  });

  it('stays poisoned while another chain cannot be started', async () => {
    const { ledger } = await open();
    store.fateOf = () => 'lost';
    await codeOf(ledger.append({ kind: 'note', data: 1 }));
    expect(await codeOf(ledger.recover())).equal('AUDIT_POISONED');
    expect(ledger.health().state).equal('poisoned');
    store.fateOf = () => 'kept';
    await ledger.recover();
    await ledger.append({ kind: 'note', data: 1 });
    expect(await codeOf(ledger.close())).equal(undefined);
    expect(await codeOf(ledger.recover())).equal('AUDIT_CLOSED');
  });
});
