import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Ended } from './child.js';
import { Child } from './child.js';

const CALLS =
  'openat write pwrite64 writev pwritev fsync fdatasync mkdir mkdirat close ftruncate fallocate unlink unlinkat link linkat rename renameat renameat2'.replaceAll(
    ' ',
    ',',
  );
// One thread of the pool, so that the calls of a run have one order.
const ENV = { UV_THREADPOOL_SIZE: '1' };

/** Whether the machine has strace, and lets it work. */
export function hasStrace(): boolean {
  return spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;
}

/** One call to the system that a fault can be put into. */
export interface FaultPoint {
  readonly syscall: string;
  /** Which of these calls of a thread, from 1. */
  readonly when: number;
}

/** What a run without a fault does on the files of a ledger. */
export interface Baseline {
  /** From the folder that the ledger stands in. */
  readonly paths: readonly string[];
  readonly points: readonly FaultPoint[];
}

/** Runs the script of twenty calls under strace. */
export async function runScript(home: string, args: readonly string[]): Promise<{ child: Child; ended: Ended }> {
  const under = ['strace', '-f', '-qq', ...args];
  const child = new Child('script-program.js', { directory: join(home, 'ledger') }, join(home, 'log'), {
    under,
    env: ENV,
  });
  return { child, ended: await child.end() };
}

async function traceOnce(home: string): Promise<string[]> {
  const trace = join(home, 'trace');
  const { ended } = await runScript(home, ['-y', '-s', '4096', '-o', trace, '-e', `trace=${CALLS}`]);
  if (ended.code !== 0) throw new Error(`the script failed without a fault: ${ended.errors}`);
  return readFileSync(trace, 'utf8').split('\n');
}

/** Tells the files of the script's ledger and every call on them, by a run without a fault. */
export async function traceBaseline(home: string): Promise<Baseline> {
  const paths = new Set<string>();
  const counts = new Map<string, number>();
  for (const line of await traceOnce(home)) {
    const [, thread, syscall = ''] = /^(\d+)\s+(\w+)\(/.exec(line) ?? [];
    const found = [...line.matchAll(/[<"](\/[^">]*)[">]/g)].map(([, path = '']) => path);
    const own = found.filter((path) => path.startsWith(join(home, 'ledger')));
    if (thread === undefined || own.length === 0) continue;
    for (const path of own) paths.add(relative(home, path.replace(/ \(deleted\)$/, '')));
    const key = `${thread} ${syscall}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const most = new Map<string, number>();
  for (const [key, count] of counts) {
    const [, syscall = ''] = key.split(' ');
    most.set(syscall, Math.max(count, most.get(syscall) ?? 0));
  }
  const points = [...most].flatMap(([syscall, count]) =>
    Array.from({ length: count }, (_, index) => ({ syscall, when: index + 1 })),
  );
  return { paths: [...paths].sort(), points };
}

/** The arguments of strace that put a fault into one call on the files of a ledger. */
export function injecting(home: string, { paths }: Baseline, point: FaultPoint, fault: string): string[] {
  const { syscall, when } = point;
  const only = paths.flatMap((path) => ['-P', join(home, path)]);
  return ['-o', '/dev/null', ...only, '-e', `trace=${syscall}`, '-e', `inject=${syscall}:${fault}:when=${when}`];
}
