import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** What a program printed, and how it ended. */
export interface Ended {
  readonly status: number | null;
  readonly output: string;
  readonly errors: string;
}

/** How to run a program. */
export interface RunOptions {
  /** The Node binary; this process's by default. */
  readonly node?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const LIMIT_MS = 60_000;

/** Runs a Node program in a folder to its end, with this process still answering; one that does not end is killed. */
export async function runProgram(cwd: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const {
    NODE_OPTIONS: _options,
    NODE_V8_COVERAGE: _coverage,
    CI: _ci,
    GITHUB_ACTIONS: _actions,
    ...rest
  } = process.env;
  const env = { ...rest, ...options.env };
  const child = spawn(options.node ?? process.execPath, args, {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LIMIT_MS,
  });
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { status: child.exitCode, output, errors };
}

/** The JSON that a program printed as its last line, and what it wrote to standard error. Throws when it failed. */
export async function runForJson<T>(
  cwd: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<T & { readonly errors: string }> {
  const { status, output, errors } = await runProgram(cwd, args, options);
  const last = output.trimEnd().split('\n').at(-1) ?? '';
  if (status !== 0 || !last.startsWith('{')) throw new Error(`it ended with ${status}:\n${output}\n${errors}`);
  return { ...(JSON.parse(last) as T), errors };
}
