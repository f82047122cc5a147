import { readFileSync } from 'node:fs';

import { expect } from 'chai';

import { RecordedLedger, START } from './recorded-ledger.js';

describe('facts of recorded calls', () => {
  let recorded: RecordedLedger;

  beforeEach(async () => {
    recorded = await RecordedLedger.open();
  });
  afterEach(async () => {
    await recorded.ledger.close(10);
  });

  it('say where they were made', () => {
    const [genesis] = recorded.store.entries();
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(genesis?.kind === 'genesis' && genesis.host).include({
      pid: process.pid,
      node: process.version,
      lib: version,
    });
  });

  it('says of an error its type and code alone', async () => {
    const call = await recorded.ledger.begin(START);
    const error = { type: 'TypeError', code: 'E1', message: 'of 4111 1111 1111 1111', retryable: false };
    await call.end({ status: 'error', error, usage: { in: 3, out: Number.NaN, cost: 0.5 } });
    expect(recorded.outcomeOf(call).err).deep.equal({ type: 'TypeError', code: 'E1', retryable: false });
    expect(recorded.outcomeOf(call).usage).deep.equal({ in: 3, cost: 0.5 });
  });

  it('says what was called again only where the end knows more of it', async () => {
    const [plain, known] = [await recorded.ledger.begin(START), await recorded.ledger.begin(START)];
    await plain.end({ status: 'ok' });
    await known.end({ status: 'ok', model: 'gpt-4o-2024-08-06' });
    expect(recorded.outcomeOf(plain)).not.have.property('ext');
    expect(recorded.outcomeOf(known).ext).deep.equal({ model: 'gpt-4o-2024-08-06' });
  });

  it('numbers the calls below a call', async () => {
    const call = await recorded.ledger.begin(START);
    const below = await Promise.all(
      [1, 2, 3].map(async () => recorded.ledger.begin({ ...START, parent: { id: call.id, seq: call.nextChild() } })),
    );
    expect(below.map((child) => recorded.intentOf(child).call)).deep.equal(
      below.map(({ id }, index) => ({ id, attempt: 1, parent: call.id, seqInParent: index + 1 })),
    );
  });

  it('gives attempts of one call the same id', async () => {
    const calls = [1, 2].map(async (attempt) => recorded.ledger.begin({ ...START, id: 'call-1', attempt }));
    for (const call of await Promise.all(calls)) expect(recorded.intentOf(call).call.id).equal('call-1');
    const attempts = recorded.store.entries().map((entry) => (entry.kind === 'intent' ? entry.call.attempt : 0));
    expect(attempts.filter(Boolean)).deep.equal([1, 2]);
  });

  it('are numbers, or are not said', async () => {
    for (const attempt of [Number.NaN, -1, 1.5, Infinity, '2' as never, undefined as never]) {
      const call = await recorded.ledger.begin({ ...START, attempt, parent: { id: 'p', seq: attempt } });
      expect(recorded.intentOf(call).call).include({ attempt: 1, seqInParent: 1 });
      await call.end({ status: 'ok', usage: { in: attempt, out: attempt, cost: -1 } });
      expect(recorded.outcomeOf(call)).not.have.property('usage');
    }
    const call = await recorded.ledger.begin({ ...START, attempt: 0 });
    await call.end({ status: 'ok', usage: { in: 0, out: 2 ** 60, cost: Infinity } });
    expect(recorded.outcomeOf(call)).deep.include({ usage: { in: 0 }, status: 'ok' });
  });

  it('name an actor by a fingerprint, where there is an id', async () => {
    const [known, other, nobody] = [
      await recorded.ledger.begin({ ...START, actor: { type: 'user', id: 'u-1' } }),
      await recorded.ledger.begin({ ...START, actor: { type: 'user', id: 'u-2' } }),
      await recorded.ledger.begin({ ...START, actor: { type: 'job' } }),
    ];
    expect(recorded.intentOf(known).actor?.idFp).matches(/^[0-9a-f]{32}$/);
    expect(recorded.intentOf(other).actor?.idFp).not.equal(recorded.intentOf(known).actor?.idFp);
    expect(recorded.intentOf(nobody).actor).deep.equal({ type: 'job' });
  });
});
