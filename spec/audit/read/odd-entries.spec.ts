import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { explain } from '#lib/audit/read/explain.js';
import { tail } from '#lib/audit/read/tail.js';
import { verify } from '#lib/audit/read/verify.js';
import { INCARNATION, LEDGER_ID, canonical } from './built-identity.js';
import { PythonVerifier, askBoth, hasPython } from './both-verifiers.js';
import { LedgerBuilder, writeFiles } from './ledger-builder.js';
import type { WriterBuilder } from './writer-builder.js';

describe('a frame that holds no entry', function () {
  this.timeout(30_000);
  let directory: string;
  let ledger: LedgerBuilder;
  let writer: WriterBuilder;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'spanwright-odd-'));
    ledger = new LedgerBuilder();
    writer = ledger.writer();
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  /** An entry that follows, but for the fields given; those that are undefined are left out. */
  function toBytes(fields: Readonly<Record<string, unknown>>): Buffer {
    const { wid, wseq, hash } = writer.head;
    const base = { v: 'al/1', lid: LEDGER_ID, inc: INCARNATION, wid, wseq: wseq + 1, prev: hash, t: '', mono: '1' };
    return Buffer.from(canonical({ ...base, kind: 'note', data: 'x', ...fields }));
  }

  it('is named where it is no UTF-8, or null', async function () {
    if (!hasPython()) this.skip();
    const python = new PythonVerifier();
    const valid = toBytes({});
    const broken = Buffer.from(valid);
    broken[broken.indexOf('"x"') + 1] = 0xff;
    for (const [bytes, code] of [
      [valid, 'open'],
      [broken, 'entry'],
      [Buffer.from('null'), 'entry'],
    ] as const) {
      const changed = new LedgerBuilder();
      changed.writer().addBytes(bytes);
      writeFiles(directory, changed.files());
      const { problems } = await askBoth(python, directory);
      expect(problems.map((problem) => problem.split(' ')[2])).deep.equal([code]);
    }
    await python.stop();
  });

  it('is passed over by who looks for calls, and by who follows', async () => {
    const intent = writer.intent('c');
    const { call } = intent;
    const odd = [{ v: 'al/2' }, { v: undefined }, { wseq: -1 }, { wseq: 'x' }, { wseq: undefined }, { intent: 1 }];
    for (const fields of odd) writer.addBytes(toBytes({ kind: 'outcome', call, intent, status: 'error', ...fields }));
    for (const text of ['[]', 'null', '{"a":', '"text"']) writer.addBytes(Buffer.from(text));
    writer.outcome(intent);
    writeFiles(directory, ledger.files());
    expect((await verify(directory)).firstBroken).include({ wseq: 3, code: 'entry' });
    const { attempts } = await explain(directory, 'c');
    expect(attempts.map(({ state, isVerified }) => [state, isVerified])).deep.equal([['ok', false]]);
    const kinds: string[] = [];
    for await (const { entry } of tail(directory)) kinds.push(entry.kind);
    expect(kinds).deep.equal(['genesis', 'policy', 'intent', 'outcome']);
  });

  it('has nothing told twice that stands before it, in segments before as well', async () => {
    writer.outcome(writer.intent('before'));
    writer.nextSegment();
    writer.outcome(writer.intent('beside'));
    writer.addBytes(Buffer.from('[]'));
    writer.outcome(writer.intent('behind'));
    writer.nextSegment();
    writer.outcome(writer.intent('after'));
    writeFiles(directory, ledger.files());
    for (const id of ['before', 'beside', 'behind', 'after']) {
      const { attempts } = await explain(directory, id);
      expect(
        attempts.map(({ state }) => state),
        id,
      ).deep.equal(['ok']);
    }
  });
});
