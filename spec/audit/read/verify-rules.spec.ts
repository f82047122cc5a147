import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { PythonVerifier, type Verdict, askBoth, hasPython } from './both-verifiers.js';
import { NO_HASH } from '#lib/audit/entry.js';
import { INCARNATION, LEDGER_ID, sha256, toWid } from './built-identity.js';
import { LedgerBuilder, writeFiles } from './ledger-builder.js';
import type { WriterBuilder } from './writer-builder.js';

type Build = (writer: WriterBuilder, ledger: LedgerBuilder) => void;

const HASH = sha256('another');
const CALL = { id: 'c', attempt: 1 };

/** What both verifiers say of a chain after its first two entries: exit code, then number and code of each problem. */
const RULES: Readonly<Record<string, readonly [Build, number, ...string[]]>> = {
  'a chain that is closed is intact': [(writer) => writer.close(), 0],
  'a chain that is not closed is incomplete': [(writer) => writer.note(), 2, '3 open'],
  'kinds of later versions are kept': [(writer) => void (writer.add({ kind: 'gap' }), writer.close()), 0],
  'fields of later versions are kept': [
    (writer) => void (writer.add({ kind: 'note', data: 1, more: 2 }), writer.close()),
    0,
  ],
  'nothing stands after the end': [(writer) => void (writer.close(), writer.note()), 1, '3 after'],
  'no bytes stand after the end': [
    (writer) => {
      writer.close();
      writer.tail = Buffer.concat([Buffer.alloc(4096), Buffer.from([1])]);
    },
    1,
    '3 frame',
  ],
  'nothing torn stands after the end': [
    (writer) => {
      writer.close();
      writer.tail = Buffer.from([0xf5, 0x4c]);
    },
    1,
    '3 after',
  ],
  'zeros may stand after the end': [
    (writer) => {
      writer.close();
      writer.tail = Buffer.alloc(4096);
    },
    0,
  ],
  'a genesis is the first': [
    (writer) => writer.add({ kind: 'genesis', ledger: HASH, heads: [], host: {} }),
    1,
    '2 entry',
  ],
  'an entry is an object': [(writer) => writer.addBytes(Buffer.from('[]')), 1, '2 entry'],
  'an entry is JSON': [(writer) => writer.addBytes(Buffer.from('{"a":}')), 1, '2 entry'],
  'an entry is UTF-8': [(writer) => writer.addBytes(Buffer.from([0x22, 0xff, 0x22])), 1, '2 entry'],
  'an entry holds no NaN': [(writer) => writer.addBytes(Buffer.from('{"a":NaN}')), 1, '2 entry'],
  'the version is known': [(writer) => writer.add({ kind: 'note', data: 1, v: 'al/2' }), 1, '2 entry'],
  'the ledger is this one': [(writer) => writer.add({ kind: 'note', data: 1, lid: toWid(9) }), 1, '2 chain'],
  'the incarnation is this one': [(writer) => writer.add({ kind: 'note', data: 1, inc: toWid(9) }), 1, '2 chain'],
  'the writer is that of the file': [(writer) => writer.add({ kind: 'note', data: 1, wid: toWid(9) }), 1, '2 chain'],
  'numbers have no gaps': [(writer) => writer.add({ kind: 'note', data: 1, wseq: 3 }), 1, '2 chain'],
  'numbers are numbers': [(writer) => writer.add({ kind: 'note', data: 1, wseq: '2' }), 1, '2 chain'],
  'numbers may be written otherwise': [
    (writer) => {
      const intent = writer.intent('c');
      const { lid, inc, wid } = { lid: LEDGER_ID, inc: INCARNATION, wid: writer.wid };
      const call = '"call":{"attempt":1e0,"id":"c"}';
      const base = `"v":"al/1","lid":"${lid}","inc":"${inc}","wid":"${wid}","wseq":3.0,"prev":"${intent.hash}","t":"","mono":"1"`;
      const end = `"kind":"outcome","status":"ok","intent":{"wseq":20e-1,"hash":"${intent.hash}"}`;
      writer.addBytes(Buffer.from(`{${base},${call},${end}}`));
      writer.close();
    },
    0,
  ],
  'numbers are not true': [
    (writer) => void (writer.segments[0]?.pop(), writer.add({ kind: 'note', data: 1, wseq: true })),
    1,
    '1 chain',
  ],
  'an entry follows from the one before': [(writer) => writer.add({ kind: 'note', data: 1, prev: HASH }), 1, '2 chain'],
  'a time is text': [(writer) => writer.add({ kind: 'note', data: 1, t: 1 }), 1, '2 entry'],
  'a monotonic time is digits': [(writer) => writer.add({ kind: 'note', data: 1, mono: '1.5' }), 1, '2 entry'],
  'a monotonic time is text': [(writer) => writer.add({ kind: 'note', data: 1, mono: 1 }), 1, '2 entry'],
  'a kind is text': [(writer) => writer.add({ kind: true }), 1, '2 entry'],
  'a kind is a word': [(writer) => writer.add({ kind: 'A b' }), 1, '2 entry'],
  'a policy has a hash': [(writer) => writer.add({ kind: 'policy', hash: 'x', data: {} }), 1, '2 entry'],
  'a policy has data': [(writer) => writer.add({ kind: 'policy', hash: HASH }), 1, '2 entry'],
  'a note has data': [(writer) => writer.add({ kind: 'note' }), 1, '2 entry'],
  'a run has a name': [(writer) => writer.add({ kind: 'run', run: 1 }), 1, '2 entry'],
  'a close counts': [(writer) => writer.add({ kind: 'close', dangling: -1 }), 1, '2 entry'],
  'an intent has a call': [(writer) => writer.intent('', {}), 1, '2 entry'],
  'attempts count from 1': [(writer) => writer.intent('c', {}, { attempt: 0 }), 1, '2 entry'],
  'an intent has a method': [(writer) => writer.intent('c', { op: {} }), 1, '2 entry'],
  'an intent has a system': [(writer) => writer.intent('c', { ext: {} }), 1, '2 entry'],
  'an intent has a policy': [
    (writer) => writer.intent('c', { pol: { level: 'l', ruleId: 'r', hash: 1 } }),
    1,
    '2 entry',
  ],
  'a policy of an intent has a level': [
    (writer) => writer.intent('c', { pol: { ruleId: 'r', hash: HASH } }),
    1,
    '2 entry',
  ],
  'a policy of an intent has a rule': [
    (writer) => writer.intent('c', { pol: { level: 'l', hash: HASH } }),
    1,
    '2 entry',
  ],
  'a request is an object': [(writer) => writer.intent('c', { req: 1 }), 1, '2 entry'],
  'a payload is named by a hash': [(writer) => writer.intent('c', { req: { ref: '../x' } }), 1, '2 entry'],
  'an intent without an outcome dangles': [(writer) => void (writer.intent('c'), writer.close(1)), 2, '2 dangling'],
  'an outcome that nobody knows is told': [
    (writer) => void (writer.outcome(writer.intent('c'), 'unknown'), writer.close()),
    2,
    '3 unknown',
  ],
  'a status is known': [(writer) => writer.outcome(writer.intent('c'), 'fine'), 1, '3 entry'],
  'a response is an object': [(writer) => writer.outcome(writer.intent('c'), 'ok', { res: [] }), 1, '3 entry'],
  'an outcome has a call': [(writer) => writer.outcome(writer.intent('c'), 'ok', { call: null }), 1, '3 entry'],
  'an outcome names its intent': [
    (writer) => writer.add({ kind: 'outcome', call: CALL, status: 'ok', intent: { wseq: 1 } }),
    1,
    '2 entry',
  ],
  'an outcome names an intent that is one': [
    (writer) => writer.outcome({ ...writer.note(), call: CALL }),
    1,
    '3 pairing',
  ],
  'an outcome names an intent by its hash': [
    (writer) => writer.outcome({ ...writer.intent('c'), hash: HASH }),
    1,
    '3 pairing',
  ],
  'an outcome names an intent of its call': [
    (writer) => writer.outcome({ ...writer.intent('c'), call: { ...CALL, id: 'd' } }),
    1,
    '3 pairing',
  ],
  'an outcome names an intent of its attempt': [
    (writer) => writer.outcome({ ...writer.intent('c'), call: { ...CALL, attempt: 2 } }),
    1,
    '3 pairing',
  ],
  'an outcome comes after its intent': [
    (writer) => writer.outcome({ wid: writer.wid, wseq: 7, hash: HASH, call: CALL }),
    1,
    '2 pairing',
  ],
  'an intent has one outcome': [
    (writer) => {
      const intent = writer.intent('c');
      writer.outcome(intent);
      writer.outcome(intent);
    },
    1,
    '4 pairing',
  ],
  'a denial ends an intent': [(writer) => void (writer.denied(writer.intent('c')), writer.close()), 0],
  'a denial ends it once': [
    (writer) => {
      const intent = writer.intent('c');
      writer.denied(intent);
      writer.denied(intent);
    },
    1,
    '4 pairing',
  ],
  'a denial needs no intent': [
    (writer) => void (writer.add({ kind: 'denied', code: 'A', count: 2 }), writer.close()),
    0,
  ],
  'a denial has a code': [(writer) => writer.add({ kind: 'denied' }), 1, '2 entry'],
  'a denial counts': [(writer) => writer.add({ kind: 'denied', code: 'A', count: 'x' }), 1, '2 entry'],
  'a denial of an intent has its call': [
    (writer) => writer.denied(writer.intent('c'), { call: undefined }),
    1,
    '3 entry',
  ],
  'a recovered writer has a head': [
    (writer) => writer.add({ kind: 'recovered', of: {}, droppedBytes: 0, dangling: 0 }),
    1,
    '2 entry',
  ],
  'a recovery counts bytes': [
    (writer) => writer.add({ kind: 'recovered', of: { wid: toWid(9), wseq: -1, hash: NO_HASH }, dangling: 0 }),
    1,
    '2 entry',
  ],
  'a recovery counts calls': [
    (writer) => writer.add({ kind: 'recovered', of: { wid: toWid(9), wseq: -1, hash: NO_HASH }, droppedBytes: 0 }),
    1,
    '2 entry',
  ],
  'a head before the first entry has no hash': [
    (writer) => writer.recovered({ wid: toWid(9), wseq: -1, hash: HASH }),
    1,
    '2 entry',
  ],
  'a writer is not recovered by itself': [(writer) => writer.recovered(writer.head), 1, '2 entry'],
  'a segment goes on with the next entry': [
    (writer) => {
      writer.note();
      writer.nextSegment();
      writer.close();
    },
    0,
  ],
};

describe('verify', function () {
  this.timeout(30_000);
  let directory: string;
  let python: PythonVerifier;

  before(function () {
    if (!hasPython()) this.skip();
    python = new PythonVerifier();
  });
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'spanwright-rules-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));
  after(() => python?.stop());

  for (const [rule, [build, exitCode, ...problems]] of Object.entries(RULES)) {
    it(`holds that ${rule}`, async () => {
      const ledger = new LedgerBuilder();
      build(ledger.writer(), ledger);
      writeFiles(directory, ledger.files());
      const verdict: Verdict = await askBoth(python, directory);
      expect(verdict.problems.map((problem) => problem.split(' ').slice(1, 3).join(' '))).deep.equal(problems);
      expect(verdict.exitCode).equal(exitCode);
      expect(verdict.firstBroken).equal(exitCode === 1 ? verdict.problems[0] : undefined);
    });
  }
});
