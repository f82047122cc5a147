import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect } from 'chai';

import { type ExportManifest, exportLedger } from '#lib/audit/read/export-ledger.js';
import { tail } from '#lib/audit/read/tail.js';
import { LedgerBuilder, writeFiles } from './ledger-builder.js';
import { RecordedFolder, toStart } from './recorded-folder.js';
import { toHeader } from './writer-builder.js';

interface Line {
  readonly hash?: string;
  readonly entry?: { readonly kind: string };
  readonly payload?: Readonly<Record<string, unknown>>;
  readonly manifest?: ExportManifest;
}

async function exported(directory: string, payloads = false): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const line of exportLedger(directory, { format: 'jsonl', payloads })) {
    expect(line).not.match(/[\r\n]/);
    lines.push(JSON.parse(line) as Line);
  }
  return lines;
}

describe('tail', () => {
  let folder: RecordedFolder;

  beforeEach(() => {
    folder = new RecordedFolder();
  });
  afterEach(() => folder.remove());

  it('gives every entry with its place and ends', async () => {
    const ledger = await folder.open();
    const receipt = await ledger.append({ kind: 'note', data: 'n' });
    await ledger.close();
    const kinds: string[] = [];
    for await (const { entry, wid, wseq, hash } of tail(folder.directory)) {
      kinds.push(entry.kind);
      if (entry.kind === 'note') expect({ wid, wseq, hash }).deep.equal(receipt);
    }
    expect(kinds).deep.equal(['genesis', 'policy', 'note', 'close']);
  });

  it('leaves no file open', async () => {
    for (let time = 0; time < 3; time++) await (await folder.open()).close();
    const open = (): number => readdirSync('/proc/self/fd').length;
    const before = open();
    let count = 0;
    for await (const { wseq } of tail(folder.directory)) count += wseq;
    expect(count).above(0);
    expect(open()).equal(before);
  });

  it('gives no more when it is told to end', async () => {
    await (await folder.open()).close();
    const stop = new AbortController();
    const kinds: string[] = [];
    for await (const { entry } of tail(folder.directory, { signal: stop.signal })) {
      kinds.push(entry.kind);
      stop.abort();
    }
    expect(kinds).deep.equal(['genesis']);
    for await (const { entry } of tail(folder.directory, { follow: true, signal: stop.signal })) kinds.push(entry.kind);
    expect(kinds).length(1);
  });

  it('reads no ledger of a format that is not known', async () => {
    const ledger = new LedgerBuilder();
    ledger.writer();
    const files = ledger.files();
    files.set('ledger.json', Buffer.from('{"format":"another/9"}'));
    writeFiles(folder.directory, files);
    const next: unknown = await tail(folder.directory)
      .next()
      .catch((error: unknown) => error);
    expect(next).property('code', 'AUDIT_LEDGER_UNREADABLE');
  });

  it('ends a chain where a segment is another than its name says', async () => {
    const ledger = new LedgerBuilder();
    const writer = ledger.writer();
    writer.nextSegment();
    writer.note(1);
    writer.nextSegment();
    writer.note(2);
    const files = ledger.files();
    const second = `segments/${writer.wid}-000001.seg`;
    files.set(second, Buffer.concat([toHeader(7), (files.get(second) ?? Buffer.alloc(0)).subarray(16)]));
    writeFiles(folder.directory, files);
    const kinds: string[] = [];
    for await (const { entry } of tail(folder.directory)) kinds.push(entry.kind);
    expect(kinds).deep.equal(['genesis', 'policy']);
  });

  it('goes on with what comes, of new writers as well, until it is told to end', async () => {
    const first = await folder.open();
    await first.append({ kind: 'note', data: 1 });
    const stop = new AbortController();
    const notes: unknown[] = [];
    let second = first;
    for await (const { entry } of tail(folder.directory, { follow: true, signal: stop.signal })) {
      if (entry.kind !== 'note') continue;
      notes.push(entry.data);
      if (entry.data === 1) await first.append({ kind: 'note', data: 2 });
      if (entry.data === 2) {
        second = await folder.open();
        await second.append({ kind: 'note', data: 3 });
      }
      if (entry.data === 3) stop.abort();
    }
    expect(notes).deep.equal([1, 2, 3]);
    await first.close();
    await second.close();
  });
});

describe('exportLedger', () => {
  let folder: RecordedFolder;

  beforeEach(async () => {
    folder = new RecordedFolder();
    const ledger = await folder.open();
    const call = await ledger.begin(toStart('one'));
    await call.end({ status: 'ok' });
    await ledger.close();
  });
  afterEach(() => folder.remove());

  it('gives entries as they are stored, and a manifest at last', async () => {
    const lines: string[] = [];
    for await (const line of exportLedger(folder.directory, { format: 'jsonl' })) lines.push(line);
    const { manifest } = JSON.parse(lines.pop() ?? '') as Line;
    for (const line of lines) {
      const { hash } = JSON.parse(line) as Line;
      const text = line.slice(line.indexOf('"entry":') + 8, -1);
      expect(createHash('sha256').update(`\0${text}`).digest('hex')).equal(hash);
    }
    expect(lines).lengthOf(5);
    expect(manifest).include({ exitCode: 0, status: 'intact', writers: 1, entries: 5, calls: 1 });
    expect(manifest?.heads).lengthOf(1);
    expect(manifest?.heads[0]).include({ wseq: 4, hash: (JSON.parse(lines[4] ?? '') as Line).hash });
  });

  it('gives payloads where they are asked for', async () => {
    expect((await exported(folder.directory)).filter(({ payload }) => payload)).deep.equal([]);
    const payloads = (await exported(folder.directory, true)).flatMap(({ payload }) => payload ?? []);
    expect(payloads).lengthOf(1);
    expect(payloads[0]).include({ state: 'AVAILABLE', text: '{"prompt":"prompt of one"}' });
  });

  it('ends where a chain breaks, and says so', async () => {
    const [segment] = readdirSync(join(folder.directory, 'segments'));
    const path = join(folder.directory, 'segments', segment ?? '');
    const bytes = readFileSync(path);
    const at = bytes.indexOf('"kind":"outcome"');
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    const lines = await exported(folder.directory);
    expect(lines.flatMap(({ entry }) => entry?.kind ?? [])).deep.equal(['genesis', 'policy', 'intent']);
    expect(lines.at(-1)?.manifest).include({ exitCode: 1, status: 'tampered', entries: 3 });
    expect(lines.at(-1)?.manifest?.firstBroken).include({ wseq: 3 });
  });
});
