import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

/** The built program. */
export const PROGRAM = resolve('dist/bundle/spanwright.js');

/** What a run of the program left behind. */
export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function environment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _options, ...rest } = process.env;
  return rest;
}

function run(program: string, words: readonly string[]): Run {
  const { status, stdout, stderr } = spawnSync(program, words, {
    env: environment(),
    encoding: 'utf8',
    timeout: 60_000,
    maxBuffer: 1 << 28,
  });
  return { code: status, out: stdout, err: stderr };
}

/** Runs the built program as a process of its own. */
export function spanwright(...words: readonly string[]): Run {
  return run(process.execPath, [PROGRAM, ...words]);
}

/** The same after a file of CommonJS. */
export function spanwrightAfter(file: string, ...words: readonly string[]): Run {
  return run(process.execPath, ['--require', file, PROGRAM, ...words]);
}

/** The same with a line of a shell, in which `spanwright` is the program. */
export function inShell(line: string): Run {
  const script = `set -o pipefail; spanwright() { "${process.execPath}" "${PROGRAM}" "$@"; }; ${line}`;
  return run('bash', ['-c', script]);
}

/** Starts it and leaves it running. */
export function startSpanwright(...words: readonly string[]): ChildProcess {
  return spawn(process.execPath, [PROGRAM, ...words], { env: environment(), stdio: ['ignore', 'pipe', 'inherit'] });
}
