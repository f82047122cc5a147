import { expect } from 'chai';

import type { CallStart, Ledger, LedgerOptions } from '#lib/audit/ledger.js';
import { AuditOutcomeLostError } from '#lib/audit/outcome-lost-error.js';
import type { FaultStore } from './fault-store.js';
import { countOpenTimers } from './open-timers.js';
import { codeOf, kindsOf, RecordedLedger, START } from './recorded-ledger.js';

describe('recorder', () => {
  let recorded: RecordedLedger;
  let store: FaultStore;
  let ledger: Ledger;

  async function open(options: Partial<LedgerOptions> = {}): Promise<void> {
    recorded = await RecordedLedger.open(options);
    ({ store, ledger } = recorded);
  }

  beforeEach(async () => {
    await open();
  });
  afterEach(async () => {
    await ledger.close(10);
  });

  it('writes genesis, policy, intent, outcome and close in one chain', async () => {
    const call = await ledger.begin({ ...START, request: { value: { a: 1 } } });
    await call.end({ status: 'ok' });
    await ledger.close();
    expect(kindsOf(store.entries())).deep.equal(['genesis', 'policy', 'intent', 'outcome', 'close']);
    expect(recorded.outcomeOf(call).intent).deep.equal({
      wseq: 2,
      hash: store.entries()[3]?.prev,
    });
  });

  it('makes no call whose intent is refused or fails', async () => {
    for (const fate of ['lost', 'kept and failed', 'late'] as const) {
      await open();
      store.fateOf = ({ kind }) => (kind === 'intent' ? fate : 'kept');
      expect(await codeOf(ledger.begin(START)), fate).equal('AUDIT_INTENT_NOT_DURABLE');
    }
  });

  it('never throws in the call', async () => {
    store.refuses = () => 'AUDIT_QUEUE_FULL';
    const refused = ledger.begin(START);
    expect(await codeOf(refused)).equal('AUDIT_QUEUE_FULL');
    const hostile = {
      get op(): never {
        throw new Error('boom');
      },
    } as unknown as CallStart;
    expect(await codeOf(ledger.begin(hostile))).equal('AUDIT_ENTRY_INVALID');
    expect(await codeOf(ledger.append(undefined as never))).equal('AUDIT_ENTRY_INVALID');
  });

  it('withholds a result whose outcome fails, and takes no more calls', async () => {
    const told: Error[] = [];
    for (const fate of ['lost', 'kept and failed', 'late'] as const) {
      await open({ onOutcomeLost: (error) => told.push(error) });
      const call = await ledger.begin(START);
      store.fateOf = ({ kind }) => (kind === 'outcome' ? fate : 'kept');
      const thrown = new Error('of the method');
      const failure: unknown = await call.end({ status: 'error' }, { thrown }).catch((error: unknown) => error);
      expect(failure, fate).instanceOf(AuditOutcomeLostError);
      expect(failure).include({ code: 'AUDIT_OUTCOME_LOST', callId: call.id, mayHaveHappened: true, cause: thrown });
      expect(told.at(-1)).equal(failure);
      expect(await codeOf(ledger.begin(START))).equal('AUDIT_POISONED');
      expect(await codeOf(ledger.append({ kind: 'note', data: 1 }))).equal('AUDIT_POISONED');
      expect(ledger.health()).include({ state: 'poisoned', inFlight: 0 });
    }
  });

  it('keeps `undefined` that a method threw apart from a method that threw nothing', async () => {
    for (const cause of [undefined, { thrown: undefined }]) {
      await open();
      const call = await ledger.begin(START);
      store.fateOf = () => 'lost';
      const failure: unknown = await call.end({ status: 'error' }, cause).catch((error: unknown) => error);
      expect(Object.hasOwn(failure as object, 'cause')).equal(cause !== undefined);
    }
  });

  it('goes on when `onOutcomeLost` throws', async () => {
    await open({
      onOutcomeLost: () => {
        throw new Error('of the application');
      },
    });
    const call = await ledger.begin(START);
    store.fateOf = () => 'lost';
    expect(await codeOf(call.end({ status: 'ok' }))).equal('AUDIT_OUTCOME_LOST');
  });

  it('loses the outcomes of every call in flight when one is lost', async () => {
    const [first, second] = [await ledger.begin(START), await ledger.begin(START)];
    store.fateOf = () => 'lost';
    expect(await codeOf(first.end({ status: 'ok' }))).equal('AUDIT_OUTCOME_LOST');
    store.fateOf = () => 'kept';
    expect(await codeOf(second.end({ status: 'ok' }))).equal('AUDIT_OUTCOME_LOST');
  });

  it('ends a call once', async () => {
    const call = await ledger.begin(START);
    await Promise.all([call.end({ status: 'ok' }), call.end({ status: 'error' })]);
    call.endSync({ status: 'error' });
    expect(store.entries().filter(({ kind }) => kind === 'outcome')).length(1);
    expect(recorded.outcomeOf(call).status).equal('ok');
  });

  it('takes nothing of a call that is over', async () => {
    const call = await ledger.begin({ ...START, level: 'requestResponse' });
    call.chunk({ value: 1 });
    const ended = call.end({ status: 'ok' });
    call.chunk({ value: 2 });
    await ended;
    call.endSync({ status: 'error' });
    expect(recorded.outcomeOf(call)).include({ status: 'ok' });
    expect(recorded.plainOf(recorded.outcomeOf(call).res?.ref)).equal('1\n');
    const inCall = ledger.beginSync(START);
    inCall.endSync({ status: 'ok' });
    inCall.endSync({ status: 'error' });
    await inCall.end({ status: 'error' });
    expect(kindsOf(store.entries()).slice(2)).deep.equal(['intent', 'outcome', 'intent', 'outcome']);
    expect(store.entries().at(-1)).include({ status: 'ok' });
  });

  it('shows the request as it was before the call changed it', async () => {
    const request = { items: [1] };
    const pending = ledger.begin({ ...START, request: { value: request } });
    request.items.push(2);
    expect(recorded.plainOf(recorded.intentOf(await pending).req?.ref)).equal('{"items":[1]}');
  });

  it('keeps as much as the level says', async () => {
    const kept: Record<string, string> = {};
    for (const level of ['metadata', 'request', 'requestResponse'] as const) {
      const call = await ledger.begin({ ...START, level, request: { value: 'q' } });
      await call.end({ status: 'ok', response: { value: 'a' } });
      const [{ req }, { res }] = [recorded.intentOf(call), recorded.outcomeOf(call)];
      expect([req?.eq, res?.eq].every((eq) => eq?.length === 64)).equal(true);
      kept[level] = [req?.ref, res?.ref].map((ref) => (ref === undefined ? '-' : recorded.plainOf(ref))).join(' ');
    }
    expect(kept).deep.equal({ metadata: '- -', request: '"q" -', requestResponse: '"q" "a"' });
  });

  it('says of an intent that came too late that its call was not made', async () => {
    store.fateOf = ({ kind }) => (kind === 'intent' ? 'late' : 'kept');
    expect(await codeOf(ledger.begin(START))).equal('AUDIT_INTENT_NOT_DURABLE');
    await ledger.append({ kind: 'note', data: 0 });
    store.release();
    await ledger.close();
    const denied = store.entries().find((entry) => entry.kind === 'denied');
    expect(denied).deep.include({ code: 'AUDIT_INTENT_NOT_DURABLE' });
    expect(denied?.kind === 'denied' && denied.intent?.wseq).equal(2);
    expect(store.entries().at(-1)).include({ kind: 'close', dangling: 0 });
  });

  it('says nothing of an intent that may still come or not', async () => {
    store.fateOf = ({ kind }) => (kind === 'intent' ? 'late' : 'kept');
    expect(await codeOf(ledger.begin(START))).equal('AUDIT_INTENT_NOT_DURABLE');
    await ledger.close();
    expect(kindsOf(store.entries())).deep.equal(['genesis', 'policy', 'intent', 'close']);
    expect(store.entries().at(-1)).include({ dangling: 1 });
  });

  it('sums refusals into one entry and counts them', async () => {
    store.refuses = () => 'AUDIT_QUEUE_FULL';
    await Promise.all([1, 2, 3].map(async () => codeOf(ledger.begin(START))));
    store.refuses = () => undefined;
    expect(ledger.health().refused).deep.equal({ AUDIT_QUEUE_FULL: 3 });
    await ledger.close();
    const denied = store.entries().filter((entry) => entry.kind === 'denied');
    expect(denied).length(1);
    expect(denied[0]).include({ code: 'AUDIT_QUEUE_FULL', count: 3 });
  });

  it('records an outcome without its payload where the disk has no room for it', async () => {
    const call = await ledger.begin({ ...START, level: 'requestResponse' });
    store.hasRoom = false;
    await call.end({ status: 'ok', response: { value: 'a' } });
    expect(recorded.outcomeOf(call).res).have.all.keys('eq', 'alg', 'bytes', 'media', 'hk');
    expect(store.payloads.size).equal(0);
  });

  it('waits for calls in flight when it closes, and says how many were left', async () => {
    const call = await ledger.begin(START);
    const left = await ledger.begin(START);
    const closing = ledger.close(30);
    expect(await codeOf(ledger.begin(START))).equal('AUDIT_CLOSED');
    await call.end({ status: 'ok' });
    await closing;
    expect(store.entries().at(-1)).include({ kind: 'close', dangling: 1 });
    expect(await codeOf(left.end({ status: 'ok' }))).equal('AUDIT_OUTCOME_LOST');
    expect(ledger.health().state).equal('closed');
    await ledger.close();
  });

  it('closes at once when the last call in flight ends, and leaves no timer', async () => {
    const call = await ledger.begin(START);
    const timers = await countOpenTimers(async () => {
      const closing = ledger.close(60_000);
      await call.end({ status: 'ok' });
      await closing;
      // Of a ledger that is closed there are no more entries to plan.
      expect(await codeOf(ledger.begin(START))).equal('AUDIT_CLOSED');
    });
    expect(timers).equal(0);
    expect(store.entries().at(-1)).include({ kind: 'close', dangling: 0 });
  });

  it('writes one last entry when it is closed in the call meanwhile', async () => {
    store.fateOf = ({ kind }) => {
      if (kind === 'close') queueMicrotask(() => ledger.closeSync());
      return 'kept';
    };
    await ledger.close();
    expect(kindsOf(store.entries())).deep.equal(['genesis', 'policy', 'close']);
  });

  it('works in the call', async () => {
    const call = ledger.beginSync({ ...START, request: { value: 1 } });
    call.endSync({ status: 'ok', response: { value: 2 } });
    expect(kindsOf(store.entries()).slice(2)).deep.equal(['intent', 'outcome']);
    const lost = ledger.beginSync(START);
    store.fateOf = () => 'lost';
    expect(() => lost.endSync({ status: 'ok' })).throw(AuditOutcomeLostError);
    expect(() => ledger.beginSync(START))
      .throw()
      .include({ code: 'AUDIT_POISONED' });
    ledger.closeSync();
    expect(() => ledger.beginSync(START))
      .throw()
      .include({ code: 'AUDIT_CLOSED' });
  });

  it('leaves its writer when it is closed in the call', async () => {
    const [wid = ''] = store.writers();
    expect(await store.liveness(wid)).equal('alive');
    ledger.closeSync();
    expect(await store.liveness(wid)).equal('dead');
    // And once: whoever opened it meanwhile goes on.
    const entries = store.entries().length;
    ledger.closeSync();
    expect(store.entries()).length(entries);
  });
});
