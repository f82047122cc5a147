import fs, { rmSync } from 'node:fs';
import { join } from 'node:path';

import { expect } from 'chai';

import type { Ledger } from '#lib/audit/ledger.js';
import { openForReading, readChains } from '#lib/audit/read/read-ledger.js';
import { ProblemList } from '#lib/audit/read/verify-report.js';
import { verify } from '#lib/audit/read/verify.js';
import { PythonVerifier, askBoth, hasPython } from './both-verifiers.js';
import { LedgerBuilder, writeFiles } from './ledger-builder.js';
import { RecordedFolder, toStart } from './recorded-folder.js';

describe('a ledger that is written to', function () {
  this.timeout(30_000);
  let folder: RecordedFolder;
  let ledger: Ledger;

  beforeEach(async () => {
    folder = new RecordedFolder();
    ledger = await folder.open();
  });
  afterEach(async () => {
    await ledger.close();
    folder.remove();
  });

  it('is intact at every moment', async () => {
    let isWriting = true;
    const write = async (id: number): Promise<void> => {
      for (let count = 0; isWriting; count++) {
        const call = await ledger.begin(toStart(`${id}-${count}`, { level: 'metadata' }));
        await call.end({ status: 'ok' });
      }
    };
    const writers = Array.from({ length: 64 }, (_, id) => write(id));
    for (let round = 0; round < 20; round++) {
      const { exitCode, problems } = await verify(folder.directory);
      expect({ exitCode, problems }).deep.equal({ exitCode: 0, problems: [] });
    }
    isWriting = false;
    await Promise.all(writers);
    const { entries, calls, inFlight } = await verify(folder.directory);
    expect(entries).equal(2 + calls * 2);
    expect(calls).greaterThan(64);
    expect(inFlight).equal(0);
  });

  it('has calls in flight while its writer lives, and dangling ones when it is gone', async function () {
    if (!hasPython()) this.skip();
    const python = new PythonVerifier();
    const call = await ledger.begin(toStart('one'));
    expect(await askBoth(python, folder.directory)).include({ exitCode: 0 });
    expect(await verify(folder.directory)).include({ status: 'intact', calls: 1, inFlight: 1, dangling: 0 });
    rmSync(join(folder.directory, 'live'), { recursive: true });
    expect((await askBoth(python, folder.directory)).problems.map((problem) => problem.split(' ')[2])).deep.equal([
      'dangling',
      'open',
    ]);
    expect(await verify(folder.directory)).include({ status: 'incomplete', inFlight: 0, dangling: 1 });
    await call.end({ status: 'ok' });
    await python.stop();
  });

  it('is read while journals of payloads become files', async () => {
    const call = await ledger.begin(toStart('one', { level: 'request', request: { value: 'asked' } }));
    await call.end({ status: 'ok' });
    await ledger.close();
    const payloads = join(folder.directory, 'payloads');
    for (const shard of fs.readdirSync(payloads)) rmSync(join(payloads, shard), { recursive: true });
    const journal = join(payloads, '01HZZZZZZZZZZZZZZZZZZZZZZZ-000000.journal');
    fs.writeFileSync(journal, '');
    const { openSync } = fs;
    fs.openSync = (path, ...rest) => {
      if (path === journal) rmSync(journal);
      return openSync(path, ...rest);
    };
    try {
      const { exitCode, problems } = await verify(folder.directory, { payloads: true });
      expect({ exitCode, codes: problems.map(({ code }) => code) }).deep.equal({
        exitCode: 2,
        codes: ['payload_missing'],
      });
    } finally {
      fs.openSync = openSync;
    }
    expect(fs.existsSync(journal)).equal(false);
  });

  it('says that an anchor is missing, unless worse was found', async () => {
    await ledger.close();
    const anchor = join(folder.root, 'anchor');
    expect(await verify(folder.directory, { anchor })).include({ exitCode: 4, status: 'anchor_missing' });
    expect(await verify(folder.directory, { anchor: folder.directory })).include({ exitCode: 0 });
    rmSync(join(folder.directory, 'ledger.json'));
    expect(await verify(folder.directory, { anchor })).include({ exitCode: 3, status: 'unreadable', entries: 0 });
  });

  it('is intact where a writer began a segment while it was read', async () => {
    const built = new LedgerBuilder();
    const first = built.writer();
    first.note(1);
    first.nextSegment();
    first.note(2);
    built.writer([first.head]).close();
    const { directory } = folder;
    rmSync(directory, { recursive: true });
    writeFiles(directory, built.files());
    const now = await openForReading(directory);
    const segments = new Map([...now.segments].map(([wid, files]) => [wid, files.slice(0, 1)]));
    const problems = new ProblemList();
    await readChains({ ...now, segments, alive: new Set([first.wid]) }, problems);
    expect([...problems.tampered]).deep.equal([]);
  });
});
