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

/** Runs the built program as a process of its own. */
export function spanwright(...words: readonly string[]): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...words], {
    env: environment(),
    encoding: 'utf8',
    timeout: 60_000,
    maxBuffer: 1 << 28,
  });
  return { code: status, out: stdout, err: stderr };
}

/** The same with a line of a shell, in which `spanwright` is the program. */
export function inShell(line: string): Run {
  const script = `set -o pipefail; spanwright() { "${process.execPath}" "${PROGRAM}" "$@"; }; ${line}`;
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script], {
    env: environment(),
    encoding: 'utf8',
    timeout: 60_000,
    maxBuffer: 1 << 28,
  });
  return { code: status, out: stdout, err: stderr };
}

/** Starts it and leaves it running. */
export function startSpanwright(...words: readonly string[]): ChildProcess {
  return spawn(process.execPath, [PROGRAM, ...words], { env: environment(), stdio: ['ignore', 'pipe', 'inherit'] });
}
