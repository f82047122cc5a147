import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { sha256, toWid } from './built-identity.js';
import { PythonVerifier, askBoth, hasPython } from './both-verifiers.js';
import { toJournal } from './journal-bytes.js';
import { LedgerBuilder, writeFiles } from './ledger-builder.js';

const NOTHING = { wseq: -1, hash: '0'.repeat(64) };

describe('verify, of several chains', function () {
  this.timeout(30_000);
  let directory: string;
  let ledger: LedgerBuilder;
  let python: PythonVerifier;

  before(function () {
    if (!hasPython()) this.skip();
    python = new PythonVerifier();
  });
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'spanwright-chains-'));
    ledger = new LedgerBuilder();
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));
  after(() => python?.stop());

  /** Exit code, then writer, number and code of each problem. */
  async function check(options = {}): Promise<(string | number)[]> {
    writeFiles(directory, ledger.files());
    const { exitCode, problems } = await askBoth(python, directory, options);
    return [exitCode, ...problems.map((problem) => problem.split(' ').slice(0, 3).join(' ').slice(25))];
  }

  it('holds that a head is an entry of its chain', async () => {
    const first = ledger.writer();
    first.close();
    ledger.writer([first.head]).close();
    expect(await check()).deep.equal([0]);
  });

  it('names the entry of which another chain says another hash', async () => {
    const first = ledger.writer();
    const head = { ...first.head, hash: sha256('x') };
    first.close();
    ledger.writer([head]).close();
    expect(await check()).deep.equal([1, '0 1 other']);
  });

  it('names the first entry that is not there though another chain names a later one', async () => {
    const first = ledger.writer();
    first.close();
    ledger.writer([{ ...first.head, wseq: 7 }]).close();
    expect(await check()).deep.equal([1, '0 3 missing']);
  });

  it('names a chain that is not there', async () => {
    ledger.writer([{ wid: toWid(5), wseq: 0, hash: sha256('x') }]).close();
    expect(await check()).deep.equal([1, '5 0 missing']);
  });

  it('takes a head of a writer that wrote nothing', async () => {
    ledger.writer([{ wid: toWid(5), ...NOTHING }]).close();
    expect(await check()).deep.equal([0]);
  });

  it('takes a writer as gone that another one recovered', async () => {
    const first = ledger.writer();
    first.note();
    const second = ledger.writer();
    second.recovered(first.head);
    second.close();
    expect(await check()).deep.equal([0]);
  });

  it('takes a recovered writer without entries as gone', async () => {
    const first = ledger.writer();
    first.segments[0]?.splice(0);
    const second = ledger.writer();
    second.recovered({ wid: first.wid, ...NOTHING });
    second.close();
    expect(await check()).deep.equal([0]);
  });

  it('takes the torn end of a recovered writer as told, and says it of another', async () => {
    const first = ledger.writer();
    first.tail = Buffer.from([0xf5, 0x4c]);
    const second = ledger.writer();
    second.recovered(first.head);
    second.tail = Buffer.from([0xf5, 0x4c]);
    expect(await check()).deep.equal([2, '1 3 torn']);
  });

  it('holds that a writer that was recovered wrote nothing more', async () => {
    const first = ledger.writer();
    const { head } = first;
    first.note();
    const second = ledger.writer();
    second.recovered(head);
    second.close();
    expect(await check()).deep.equal([1, '0 2 after']);
  });

  it('takes an outcome that names its own writer', async () => {
    const writer = ledger.writer();
    const { wid, wseq, hash } = writer.intent('c');
    writer.add({ kind: 'outcome', call: { id: 'c', attempt: 1 }, intent: { wid, wseq, hash }, status: 'ok' });
    writer.close();
    expect(await check()).deep.equal([0]);
  });

  it('counts no entry behind an outcome without an intent', async () => {
    const writer = ledger.writer();
    writer.outcome({ ...writer.note(), call: { id: 'c', attempt: 1 } });
    writer.close();
    expect(await check()).deep.equal([1, '0 3 pairing']);
    expect((await askBoth(python, directory)).entries).equal(4);
  });

  it('names a ledger.json that is another', async () => {
    ledger.writer().close();
    writeFiles(directory, ledger.files());
    const text = ledger.identity.toString();
    writeFileSync(join(directory, 'ledger.json'), text.replace('2026', '2025'));
    expect((await askBoth(python, directory)).problems.map((one) => one.split(' ')[2])).deep.equal(['ledger']);
    writeFileSync(join(directory, 'ledger.json'), text.replace('ledger/1', 'ledger/2'));
    expect((await askBoth(python, directory)).exitCode).equal(1);
  });

  it('takes one outcome from another writer, that nobody knows', async () => {
    const first = ledger.writer();
    const intent = first.intent('c');
    const second = ledger.writer();
    second.recovered(first.head, 1);
    second.outcome(intent, 'unknown');
    second.close();
    expect(await check()).deep.equal([2, '1 3 unknown']);
    second.segments[0]?.pop();
    expect(await check()).deep.equal([2, '1 3 unknown', '1 4 open']);
  });

  it('holds that another writer knows no other end', async () => {
    const intent = ledger.writer().intent('c');
    ledger.writer().outcome(intent, 'ok');
    expect(await check()).deep.equal([1, '0 2 dangling', '0 3 open', '1 2 pairing']);
  });

  it('takes a denial from another writer', async () => {
    const first = ledger.writer();
    const intent = first.intent('c');
    const second = ledger.writer();
    second.recovered(first.head);
    second.denied(intent);
    second.close();
    expect(await check()).deep.equal([0]);
  });

  it('holds that of an intent one writer tells the end', async () => {
    const first = ledger.writer();
    const intent = first.intent('c');
    for (const writer of [ledger.writer(), ledger.writer()]) {
      writer.recovered(first.head, 1);
      writer.outcome(intent, 'unknown');
      writer.close();
    }
    expect(await check()).deep.equal([1, '1 3 unknown', '2 3 pairing', '2 3 unknown']);
  });

  it('holds that an intent with an outcome gets none from another writer', async () => {
    const first = ledger.writer();
    const intent = first.intent('c');
    first.outcome(intent);
    first.close();
    const second = ledger.writer();
    second.outcome(intent, 'unknown');
    second.close();
    expect(await check()).deep.equal([1, '1 2 pairing', '1 2 unknown']);
  });

  it('names the intent whose hash another writer tells otherwise', async () => {
    const first = ledger.writer();
    const intent = first.intent('c');
    const second = ledger.writer();
    second.recovered(first.head, 1);
    second.outcome({ ...intent, hash: sha256('x') }, 'unknown');
    second.close();
    expect(await check()).deep.equal([1, '0 2 dangling', '0 2 other', '1 3 unknown']);
  });

  it('names entries behind a broken one no more than once', async () => {
    const first = ledger.writer();
    first.add({ kind: 'note' });
    first.note();
    ledger.writer([first.head]).close();
    expect(await check()).deep.equal([1, '0 2 entry']);
  });

  it('reads on where one chain cannot be read', async () => {
    ledger.writer().close();
    ledger.writer().note();
    ledger.writer([{ wid: toWid(0), wseq: 2, hash: sha256('x') }]).close();
    writeFiles(directory, ledger.files());
    const [segment, elsewhere] = [toWid(1), 'x'].map((name) => join(directory, 'segments', `${name}-000000.seg`));
    renameSync(segment ?? '', elsewhere ?? '');
    for (const put of [mkdirSync, (path: string) => symlinkSync(elsewhere ?? '', path)]) {
      put(segment ?? '');
      const { exitCode, problems } = await askBoth(python, directory);
      expect(exitCode).equal(1);
      expect(problems.map((problem) => problem.split(' ').slice(1, 3).join(' '))).deep.equal(['2 other', '0 file']);
      rmSync(segment ?? '', { recursive: true });
    }
    ledger.writers.pop();
    rmSync(join(directory, 'segments', `${toWid(2)}-000000.seg`));
    mkdirSync(segment ?? '');
    expect((await askBoth(python, directory)).exitCode).equal(3);
  });

  it('is not held by a pipe', async function () {
    ledger.writer().close();
    writeFiles(directory, ledger.files());
    const made = spawnSync('mkfifo', [join(directory, 'segments', `${toWid(1)}-000000.seg`)]);
    if (made.status !== 0) this.skip();
    const { exitCode, problems } = await askBoth(python, directory);
    expect(exitCode).equal(2);
    expect(problems).deep.equal([`${toWid(1)} 0 open segments/${toWid(1)}-000000.seg@0`]);
  });

  it('finds payloads that wait in a journal, before it calls them missing or changed', async () => {
    const writer = ledger.writer();
    const bytes = Buffer.from('payload');
    const ref = ledger.payload(bytes);
    writer.outcome(writer.intent('c', { req: { ref } }));
    writer.close();
    expect(await check({ payloads: true })).deep.equal([0]);
    const path = join(directory, 'payloads', ref.slice(0, 2), ref);
    writeFileSync(path, 'half');
    expect((await askBoth(python, directory, { payloads: true })).exitCode).equal(1);
    writeFileSync(join(directory, 'payloads', `${toWid(0)}-000000.journal`), toJournal(bytes));
    expect((await askBoth(python, directory, { payloads: true })).exitCode).equal(0);
    rmSync(path);
    expect((await askBoth(python, directory, { payloads: true })).exitCode).equal(0);
  });
});
