import { setTimeout as wait } from 'node:timers/promises';
import { join } from 'node:path';
import type { Entry } from '../entry.js';
import { SEGMENT_HEADER_BYTES } from '../frame.js';
import { leafHash } from '../leaf.js';
import { FrameFile } from '../stores/frame-file.js';
import { tryEntry } from './check-entry.js';
import { openKnownLedger } from './read-ledger.js';
import { listSegments } from './segment-files.js';
import type { VerifyPlace } from './verify-report.js';

/** Time between two looks at a ledger that is followed. */
const POLL_MS = 250;

/** Options of `tail`. */
export interface TailOptions {
  /** Goes on when the last entry was given, until `signal` or the end of the loop. Default false. */
  readonly follow?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** An entry and where it stands. */
export interface TailEntry extends VerifyPlace {
  readonly entry: Entry;
  /** Leaf hash, hexadecimal. */
  readonly hash: string;
}

/**
 * Gives the entries of a ledger, by writer (oldest first) and number, and with `follow` those that come. Checks no chain: that is
 * for `verify`. Throws `AUDIT_LEDGER_UNREADABLE` where there is none.
 */
export async function* tail(directory: string, options: TailOptions = {}): AsyncGenerator<TailEntry, void, undefined> {
  await openKnownLedger(directory);
  const read = new Map<string, number>();
  const isOver = (): boolean => options.signal?.aborted === true;
  while (!isOver()) {
    for (const found of readOn(directory, read)) {
      yield found;
      if (isOver()) return;
    }
    if (options.follow !== true) return;
    // Aborting ends the wait, and is no fault.
    await wait(POLL_MS, undefined, options.signal && { signal: options.signal }).catch(() => undefined);
  }
}

/** What stands behind the offsets where reading ended before; moves them. */
function* readOn(directory: string, read: Map<string, number>): Generator<TailEntry> {
  for (const [wid, segments] of listSegments(directory)) {
    for (const { file, number } of segments) {
      using segment = new FrameFile(join(directory, file));
      if (segment.number() !== number) break;
      for (const { entry: bytes, offset, end } of segment.framesFrom(read.get(file) ?? SEGMENT_HEADER_BYTES)) {
        read.set(file, end);
        const entry = tryEntry(bytes);
        if (entry !== undefined) yield { entry, wid, wseq: entry.wseq, file, offset, hash: leafHash(bytes) };
      }
    }
  }
}
