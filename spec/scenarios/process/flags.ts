import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

/** Flags under which a program must record as without them, each with what Node then refuses. */
export const FLAGS: ReadonlyArray<[flags: readonly string[], refused: string]> = [
  [['--disallow-code-generation-from-strings'], "new Function('return 1')"],
  [['--frozen-intrinsics'], "require('reflect-metadata')"],
  [['--disable-proto=throw'], '({}).__proto__'],
  [['--disable-proto=delete'], '({}).__proto__.constructor'],
  [['--throw-deprecation', '--pending-deprecation'], "process.emitWarning('old', 'DeprecationWarning')"],
  [
    ['--disable-proto=delete', '--disallow-code-generation-from-strings', '--frozen-intrinsics', '--throw-deprecation'],
    "new Function('return 1')",
  ],
];

const RECORDED = {
  answer: 'open,a!,b!,rest',
  failure: 'RangeError: failed 2',
  spans: ['Office.fail', 'Office.open', 'Office.rest', 'stream', 'task handle', 'task handle', 'workflow work'],
  complete: true,
  destinations: { memory: { delivered: 0, undelivered: 0 }, file: { delivered: 0, undelivered: 0 } },
  guarded: {},
  lines: 7,
};

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program with flags; `{file}` in one stands for the file that it writes. */
export function runFlagged(flags: readonly string[], node = process.execPath): Run {
  const folder = mkdtempSync(join(tmpdir(), 'flagged-'));
  const file = join(folder, 'spans.jsonl');
  const program = fileURLToPath(new URL('flagged.js', import.meta.url));
  const given = flags.map((flag) => flag.replace('{file}', file).replace('{folder}', folder));
  try {
    const { PATH = '' } = process.env;
    const { status, stdout, stderr } = spawnSync(node, [...given, program, file], { encoding: 'utf8', env: { PATH } });
    return { status, stdout, stderr };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Holds a run against what the program records without any flag. */
export function expectRecorded({ status, stdout, stderr }: Run): void {
  expect(status, stderr).equal(0);
  expect(
    stderr.replaceAll(/^\(node:\d+\) (?:ExperimentalWarning|SecurityWarning): .*\n|^\(Use `node .*\n/gm, ''),
  ).equal('');
  expect(JSON.parse(stdout)).deep.equal(RECORDED);
}

/** Tells whether Node refuses a program, and so whether the flags are in force. */
export function isRefused(flags: readonly string[], code: string, node = process.execPath): boolean {
  const { PATH = '' } = process.env;
  return spawnSync(node, [...flags, '--eval', code], { env: { PATH } }).status !== 0;
}

/** What the program prints, whatever it could write. */
export function printedBy({ status, stdout, stderr }: Run): typeof RECORDED {
  expect(status, stderr).equal(0);
  return JSON.parse(stdout) as typeof RECORDED;
}
