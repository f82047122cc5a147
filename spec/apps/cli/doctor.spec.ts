import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import type { Finding } from '#lib/apps/cli/doctor/finding.js';
import { judgeFileSystem } from '#lib/apps/cli/doctor/disk.js';
import { checkClock, checkNode } from '#lib/apps/cli/doctor/runtime.js';
import { judgeSyncs } from '#lib/apps/cli/doctor/sync-test.js';

import { spanwright } from './spanwright.js';

describe('spanwright audit doctor', function doctor() {
  this.timeout(60_000);
  let around: string;
  let directory: string;
  let keys: string;

  beforeEach(() => {
    around = realpathSync(mkdtempSync(join(tmpdir(), 'doctor-spec-')));
    directory = join(around, 'ledger');
    keys = `${directory}.keys`;
    for (const folder of [directory, join(directory, 'segments'), keys]) mkdirSync(folder, { mode: 0o700 });
    writeFileSync(join(directory, 'ledger.json'), '{"createdAt":"2026-11-01T00:00:00.000Z"}', { mode: 0o600 });
    writeFileSync(join(keys, 'ledger.key'), 'key', { mode: 0o600 });
  });

  afterEach(() => {
    rmSync(around, { recursive: true, force: true });
  });

  function examine(...flags: string[]): { code: number | null; findings: Finding[] } {
    const { code, out } = spanwright('audit', 'doctor', directory, '--json', ...flags);
    return { code, ...(JSON.parse(out) as { findings: Finding[] }) };
  }

  /** What is not well and is no matter of the machine. */
  function bad(findings: readonly Finding[]): string[] {
    const own = findings.filter(({ check }) => !['file system', 'space', 'sync'].includes(check));
    return own.filter(({ state }) => state !== 'ok').map(({ state, check, says }) => `${state} ${check}: ${says}`);
  }

  it('finds nothing wrong with a private folder on a disk', () => {
    const { findings } = examine();
    expect(bad(findings)).deep.equal([]);
    const checks = new Set(findings.map(({ check }) => check));
    expect([...checks]).include.members([
      'folder',
      'parent',
      'contents',
      'file system',
      'space',
      'node',
      'clock',
      'keys',
      'key',
      'writers',
      'index',
      'sync',
    ]);
  });

  it('leaves nothing behind', () => {
    examine();
    expect(readdirSync(around).sort()).deep.equal(['ledger', 'ledger.keys']);
    expect(readdirSync(directory).sort()).deep.equal(['ledger.json', 'segments']);
  });

  it('looks at a folder that is not there yet, and does not make it', () => {
    rmSync(directory, { recursive: true });
    rmSync(keys, { recursive: true });
    const { findings } = examine();
    expect(bad(findings)).deep.equal([`warn folder: ${directory} is not there`, `warn keys: ${keys} is not there`]);
    expect(existsSync(directory)).equal(false);
  });

  it('prints a line for each check and what to do below it', () => {
    chmodSync(directory, 0o755);
    const { code, out } = spanwright('audit', 'doctor', directory);
    expect(out).match(/^fail {2}folder {7}.*\/ledger has mode 0755\n {19}→ chmod 700 .*\/ledger\nok {4}parent/m);
    expect(out).match(/\n\d+ ok, \d+ to look at, \d+ wrong\n$/);
    expect(code).equal(3);
  });

  const faults: Record<string, [spoil: () => void, finding: RegExp]> = {
    'rights of others on a segment': [
      () => writeFileSync(join(directory, 'segments', 'x.seg'), '', { mode: 0o644 }),
      /^fail contents: segments\/x\.seg can be read by others$/,
    ],
    'a link inside': [
      () => symlinkSync('/etc', join(directory, 'payloads')),
      /^fail contents: payloads is a symbolic link$/,
    ],
    'a link in the place of the folder': [
      () => {
        const real = join(around, 'real');
        mkdirSync(real, { mode: 0o700 });
        rmSync(directory, { recursive: true });
        rmSync(keys, { recursive: true });
        symlinkSync(real, directory);
      },
      /^fail folder: .* is a symbolic link$/,
    ],
    'a file in the place of the folder': [
      () => {
        rmSync(directory, { recursive: true });
        writeFileSync(directory, '');
      },
      /^fail folder: .* is no folder$/,
    ],
    'a parent that others can write to': [() => chmodSync(around, 0o777), /^warn parent: .* has mode 0777: others/],
    'keys that others can read': [
      () => chmodSync(join(keys, 'ledger.key'), 0o640),
      /^fail key files: ledger\.key can be read/,
    ],
    'a key without its ledger': [
      () => rmSync(join(directory, 'ledger.json')),
      /^fail ledger: its key is there and the ledger is not$/,
    ],
    'a new ledger without its key': [() => rmSync(join(keys, 'ledger.key')), /^warn key: .* is not there$/],
    'a ledger without its key': [
      () => {
        rmSync(join(keys, 'ledger.key'));
        writeFileSync(join(directory, 'segments', '01ARZ3NDEKTSV4RRFFQ69G5FAV-000000.seg'), '', { mode: 0o600 });
      },
      /^fail key: .* is not there$/,
    ],
    'a writer that is gone': [
      () => writeFileSync(join(directory, 'segments', '01ARZ3NDEKTSV4RRFFQ69G5FAV-000000.seg'), '', { mode: 0o600 }),
      /^warn writers: 1 in all, 0 alive, 1 gone without closing$/,
    ],
    'an old key': [
      () => utimesSync(join(keys, 'ledger.key'), 1_600_000_000, 1_600_000_000),
      /^warn key: made [\d,]+ days ago$/,
    ],
    'a ledger of the future': [
      () => writeFileSync(join(directory, 'ledger.json'), '{"createdAt":"2999-01-01T00:00:00.000Z"}'),
      /^warn clock: .* is before the ledger was made$/,
    ],
    'what it cannot read': [
      () => writeFileSync(join(directory, 'ledger.json'), 'no JSON'),
      /^fail clock: Unexpected token/,
    ],
  };
  for (const [what, [spoil, finding]] of Object.entries(faults)) {
    it(`finds ${what}`, () => {
      spoil();
      const { code, findings } = examine();
      expect(
        bad(findings).filter((line) => finding.test(line)),
        bad(findings).join('\n'),
      ).length(1);
      expect(code).equal(findings.some(({ state }) => state === 'fail') ? 3 : 0);
      for (const { state, fix } of findings) expect(fix === undefined).equal(state === 'ok');
    });
  }

  it('finds keys inside of the ledger, however the path is written', () => {
    symlinkSync(directory, join(around, 'way'));
    const { code, findings } = examine('--keys', join(around, 'way', 'keys'));
    expect(bad(findings)).deep.equal([`fail keys: ${join(around, 'way', 'keys')} is inside of the ledger`]);
    expect(code).equal(3);
  });

  it('knows file systems that keep no promise', () => {
    const states = [0xef53, 0x1234, 0x794c7630, 0x01021994, 0x6969, 0x65735546].map((type) => judgeFileSystem(type));
    expect(states.map(({ state }) => state)).deep.equal(['ok', 'ok', 'warn', 'fail', 'fail', 'fail']);
  });

  it('doubts syncs that no disk makes so fast, and those that take long', () => {
    expect(judgeSyncs(3, [0.004, 0.005, 4]).state).equal('warn');
    expect(judgeSyncs(3, [0.2, 0.3, 40]).state).equal('ok');
    expect(judgeSyncs(3, [60, 80, 90]).state).equal('warn');
  });

  it('refuses a Node that is too old', () => {
    expect(['18.20.0', '20.18.3', '20.19.0', '22.0.0'].map((version) => checkNode(version).state)).deep.equal([
      'fail',
      'fail',
      'ok',
      'ok',
    ]);
  });

  it('doubts a clock before its own time', () => {
    expect(checkClock({ directory, keys }, 0).state).equal('warn');
  });
});
