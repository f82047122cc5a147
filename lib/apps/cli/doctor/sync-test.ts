import { closeSync, constants, fdatasyncSync, fstatSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

import { broken, doubtful, fine, type Finding } from './finding.js';

const BLOCK_BYTES = 4_096;
const ROUNDS = 64;
const BUDGET_MS = 3_000;
/** No disk answers within that; a cache does. */
const INSTANT_MS = 0.03;
const SLOW_MS = 50;
const CLOCK_SKEW_MS = 2_000;

/** Latencies of syncs, and how far the clock of the file system is from ours. */
interface Measured {
  readonly writes: number;
  readonly latenciesMs: readonly number[];
  readonly skewMs: number;
}

/** Writes over blocks that were allocated ahead and syncs each, as the ledger does. */
function measure(folder: string): Measured {
  const fd = openSync(join(folder, 'sync-test'), constants.O_CREAT | constants.O_EXCL | constants.O_RDWR, 0o600);
  try {
    const block = Buffer.alloc(BLOCK_BYTES);
    for (let index = 0; index < ROUNDS; index++) writeSync(fd, block, 0, BLOCK_BYTES, index * BLOCK_BYTES);
    fsyncSync(fd);
    const latenciesMs: number[] = [];
    const startedMs = performance.now();
    block.fill(0x5a);
    while (latenciesMs.length < ROUNDS && performance.now() - startedMs < BUDGET_MS) {
      if (writeSync(fd, block, 0, BLOCK_BYTES, latenciesMs.length * BLOCK_BYTES) !== BLOCK_BYTES)
        throw new Error('a write was cut short');
      const beganMs = performance.now();
      fdatasyncSync(fd);
      latenciesMs.push(performance.now() - beganMs);
    }
    return { writes: latenciesMs.length, latenciesMs, skewMs: fstatSync(fd).mtimeMs - Date.now() };
  } finally {
    closeSync(fd);
  }
}

/** What the latencies of syncs say of a disk. */
export function judgeSyncs(writes: number, latenciesMs: readonly number[]): Finding {
  const sorted = [...latenciesMs].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const longest = sorted.at(-1) ?? 0;
  const says = `${writes} writes, ${sorted.length} syncs, median ${median.toFixed(2)} ms, longest ${longest.toFixed(2)} ms`;
  if (median < INSTANT_MS) {
    return doubtful(
      'sync',
      `${says}: too fast for a disk`,
      'make sure that the disk, its controller or the host of this machine does not answer out of a cache that loses power',
    );
  }
  if (median > SLOW_MS) return doubtful('sync', `${says}: each call waits for two of them`, 'use a faster disk');
  return fine('sync', says);
}

/** Whether syncs work, how long they take, and whether the disk's clock is ours. */
export function checkSync(folder: string): Finding[] {
  let measured: Measured;
  try {
    measured = measure(folder);
  } catch (error) {
    return [
      broken('sync', error instanceof Error ? error.message : String(error), 'find out why the disk takes no writes'),
    ];
  }
  const { writes, latenciesMs, skewMs } = measured;
  const isSkewed = Math.abs(skewMs) > CLOCK_SKEW_MS;
  return [
    judgeSyncs(writes, latenciesMs),
    ...(isSkewed
      ? [
          doubtful(
            'clock',
            `times of files are ${Math.round(skewMs / 1_000)} s off this machine's`,
            'set the clocks, of the file server as well',
          ),
        ]
      : []),
  ];
}
