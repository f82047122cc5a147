import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect } from 'chai';

import { explain } from '#lib/audit/read/explain.js';
import { LedgerBuilder, writeFiles } from './ledger-builder.js';
import { RecordedFolder, toStart } from './recorded-folder.js';

const CALLER = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
const OWN = `00-${'a'.repeat(32)}-${'c'.repeat(16)}-01`;

describe('explain', () => {
  let folder: RecordedFolder;

  beforeEach(() => {
    folder = new RecordedFolder();
  });
  afterEach(() => folder.remove());

  /** A call with an answer, of which the payloads are kept. */
  async function record(level: 'metadata' | 'requestResponse' = 'requestResponse'): Promise<void> {
    const ledger = await folder.open();
    const start = toStart('one', { level, run: 'r', row: '7', traceparent: CALLER, actor: { type: 'user', id: 'u' } });
    const call = await ledger.begin(start);
    await call.end({
      status: 'ok',
      model: 'gpt-4.1-2025',
      usage: { in: 3, out: 5, cost: 0.5 },
      traceparent: OWN,
      response: { value: { answer: 'yes' } },
    });
    await ledger.close();
  }

  it('tells a call from its prompt to its answer', async () => {
    await record();
    const { attempts, children, ...call } = await explain(folder.directory, 'one');
    expect(call).deep.equal({ callId: 'one', run: 'r', row: '7' });
    expect(children).deep.equal([]);
    expect(attempts).lengthOf(1);
    const [attempt] = attempts;
    expect(attempt).deep.include({
      attempt: 1,
      state: 'ok',
      op: { class: 'Synthesizer', method: 'complete' },
      usage: { in: 3, out: 5, cost: 0.5 },
      traceId: 'a'.repeat(32),
      spanId: 'c'.repeat(16),
      parentSpanId: 'b'.repeat(16),
      isVerified: true,
    });
    expect(attempt?.ext).include({ system: 'llm', provider: 'openai', model: 'gpt-4.1-2025' });
    expect(attempt?.actor).include({ type: 'user' });
    expect(attempt?.durUs).a('number');
    expect(attempt?.end?.wseq).greaterThan(attempt?.intent?.wseq ?? Infinity);
    expect(attempt?.request).include({ state: 'AVAILABLE', text: '{"prompt":"prompt of one"}' });
    expect(attempt?.response).include({ state: 'AVAILABLE', text: '{"answer":"yes"}' });
  });

  it('knows no call that is not there', async () => {
    await record();
    expect(await explain(folder.directory, 'two')).deep.equal({ callId: 'two', attempts: [], children: [] });
  });

  it('tells attempts in their order, and calls below', async () => {
    const ledger = await folder.open();
    const first = await ledger.begin(toStart('one'));
    await first.end({ status: 'error', error: { type: 'TypeError' } });
    const second = await ledger.begin(toStart('one', { attempt: 2 }));
    for (const seq of [2, 1]) {
      const below = await ledger.begin(toStart(`below-${seq}`, { parent: { id: 'one', seq }, system: 'http' }));
      await below.end({ status: 'ok' });
    }
    await second.end({ status: 'ok' });
    await ledger.close();
    const told = await explain(folder.directory, 'one');
    expect(told.attempts.map(({ attempt, state, err }) => [attempt, state, err?.type])).deep.equal([
      [1, 'error', 'TypeError'],
      [2, 'ok', undefined],
    ]);
    expect(told.children.map(({ callId, seqInParent, system }) => [callId, seqInParent, system])).deep.equal([
      ['below-1', 1, 'http'],
      ['below-2', 2, 'http'],
    ]);
    expect(await explain(folder.directory, 'below-1')).include({ parent: 'one', seqInParent: 1 });
  });

  it('tells a call in flight from one that is dangling', async () => {
    const ledger = await folder.open();
    const call = await ledger.begin(toStart('one'));
    expect((await explain(folder.directory, 'one')).attempts[0]?.state).equal('in_flight');
    rmSync(join(folder.directory, 'live'), { recursive: true });
    expect((await explain(folder.directory, 'one')).attempts[0]?.state).equal('dangling');
    await call.end({ status: 'ok' });
    await ledger.close();
  });

  describe('of a payload', () => {
    const stateOf = async (): Promise<string | undefined> =>
      (await explain(folder.directory, 'one')).attempts[0]?.request?.state;
    const payloadFiles = (): string[] =>
      readdirSync(join(folder.directory, 'payloads'), { recursive: true, encoding: 'utf8' })
        .filter((name) => /[0-9a-f]{64}$/.test(name))
        .map((name) => join(folder.directory, 'payloads', name));

    it('says that its digest alone was kept', async () => {
      await record('metadata');
      expect(await stateOf()).equal('NEVER_STORED');
    });

    it('says that its file is gone', async () => {
      await record();
      expect(payloadFiles()).lengthOf(2);
      for (const file of payloadFiles()) rmSync(file);
      expect(await stateOf()).equal('MISSING');
    });

    it('says that its file is another', async () => {
      await record();
      for (const file of payloadFiles()) {
        const bytes = readFileSync(file);
        bytes[bytes.length - 20] = (bytes.at(-20) ?? 0) ^ 1;
        writeFileSync(file, bytes);
      }
      expect(await stateOf()).equal('CORRUPT');
    });

    it('says that the keys are not where they were looked for', async () => {
      await record();
      renameSync(folder.keys, `${folder.keys}.away`);
      expect(await stateOf()).equal('KEY_MISSING');
      const told = await explain(folder.directory, 'one', { keys: `${folder.keys}.away` });
      expect(told.attempts[0]?.request?.state).equal('AVAILABLE');
    });

    it('says that its secrets were erased', async () => {
      await record();
      for (const name of readdirSync(folder.keys).filter((file) => file.endsWith('.slots'))) {
        const bytes = readFileSync(join(folder.keys, name));
        writeFileSync(join(folder.keys, name), bytes.fill(0, 16));
      }
      expect(await stateOf()).equal('ERASED');
    });

    it('says that it is not what the entry commits to', async () => {
      await record();
      for (const name of readdirSync(folder.keys).filter((file) => file.endsWith('.slots'))) {
        const bytes = readFileSync(join(folder.keys, name));
        // The secret of the commitment of the first slot, not its data key.
        bytes[16 + 40] = (bytes[16 + 40] ?? 0) ^ 1;
        writeFileSync(join(folder.keys, name), bytes);
      }
      expect(await stateOf()).equal('CORRUPT');
    });
  });

  it('says that nothing is proved where the chain is broken, and tells what is left', async () => {
    await record();
    const [segment] = readdirSync(join(folder.directory, 'segments'));
    const path = join(folder.directory, 'segments', segment ?? '');
    const bytes = readFileSync(path);
    bytes[60] = (bytes[60] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    const [attempt] = (await explain(folder.directory, 'one')).attempts;
    expect(attempt).include({ state: 'ok', isVerified: false });
    expect(attempt?.request?.state).equal('AVAILABLE');
  });

  it('rejects where there is no ledger', async () => {
    const error: unknown = await explain(join(folder.root, 'none'), 'one').catch((reason: unknown) => reason);
    expect(error).include({ code: 'AUDIT_LEDGER_UNREADABLE' });
  });

  it('tells of a call that was refused without an intent', async () => {
    const ledger = new LedgerBuilder();
    const writer = ledger.writer();
    const call = { id: 'refused', attempt: 1 };
    writer.add({ kind: 'denied', code: 'AUDIT_QUEUE_FULL', call, op: { method: 'm' } });
    writeFiles(folder.directory, ledger.files());
    const { attempts } = await explain(folder.directory, 'refused');
    expect(attempts).length(1);
    expect(attempts[0]).deep.include({ state: 'denied', code: 'AUDIT_QUEUE_FULL', op: { method: 'm' } });
    expect(attempts[0]).not.have.property('intent');
  });

  it('says of a payload that hashes to its name, and is none, that it is corrupt', async () => {
    const ledger = new LedgerBuilder();
    const writer = ledger.writer();
    const ref = ledger.payload(Buffer.from('{"not":"encrypted"}'));
    writer.outcome(writer.intent('odd', { req: { alg: 'hmac-sha256', ref } }));
    writeFiles(folder.directory, ledger.files());
    const { attempts } = await explain(folder.directory, 'odd');
    expect(attempts[0]?.request).include({ state: 'CORRUPT' });
  });
});
