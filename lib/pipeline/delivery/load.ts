import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { soon } from '../../core/clock.js';
import { countGuarded, guarded } from '../../core/guard.js';
import type { Batch } from '../destinations/destination.js';
import type { FinishedSpan } from '../finished-span.js';
import { isResourcePending, waitForResources } from '../host-resource.js';
import type { Captured } from './captured.js';
import type { Group, Line } from './line.js';

// Our work between two turns of the loop, in milliseconds: a server's answers must not wait for its telemetry.
const SLICE_MS = 2;

/** How a batch is filled. */
export interface LoadRules {
  readonly maxSpans: number;
  readonly maxBytes: number;
  /** Waits for what a host's detectors still look for. */
  readonly waitsForResources: boolean;
  /** What the destination sees of a span; undefined when that cannot be made. */
  readonly project: (span: ReadableSpan) => FinishedSpan | undefined;
  /** Told of a span that cannot be sent at all. */
  readonly onUnreadable: (captured: Captured) => void;
  /** Bytes of memory that one batch may hold: what is on its way cannot give way to others. */
  readonly maxHeldBytes: number;
  /** Told how many spans left the line, or went back to it where that is negative. */
  readonly onTaken: (count: number) => void;
}

const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    soon(resolve);
  });

// A detector that fails leaves the others' attributes as they are.
async function settled(span: ReadableSpan): Promise<void> {
  try {
    await waitForResources([span]);
  } catch (error) {
    countGuarded('PIPELINE', error);
  }
}

function addTo(batch: Batch, captured: Captured, { project }: LoadRules): boolean {
  const isAdded = guarded('PIPELINE', () => {
    const seen = project(captured.span);
    if (seen === undefined) return false;
    batch.add(seen);
    return true;
  });
  return isAdded === true;
}

/**
 * Fills a batch out of the line, a slice of a few milliseconds at a time: with a group that came back, which is never
 * mixed with others, or with what waits longest.
 */
export async function load(batch: Batch, line: Line, rules: LoadRules): Promise<Group> {
  const returned = line.shiftGroup();
  const entries: Captured[] = [];
  const place = returned?.place ?? line.firstPlace;
  let heldBytes = 0;
  let sliceEnd = performance.now() + SLICE_MS;
  // All of them are on their way while they are looked through: nobody else counts them.
  rules.onTaken(returned?.entries.length ?? 0);
  while (batch.count < rules.maxSpans && batch.bytes < rules.maxBytes && heldBytes < rules.maxHeldBytes) {
    const captured = returned === undefined ? line.shift() : returned.entries.shift();
    if (captured === undefined) break;
    if (returned === undefined) rules.onTaken(1);
    heldBytes += captured.bytes;
    // Hardly ever: a promise a span would cost as much as to write it.
    if (rules.waitsForResources && isResourcePending(captured.span)) await settled(captured.span);
    if (addTo(batch, captured, rules)) entries.push(captured);
    else rules.onUnreadable(captured);
    if (performance.now() < sliceEnd) continue;
    await nextTurn();
    sliceEnd = performance.now() + SLICE_MS;
  }
  if (returned !== undefined && returned.entries.length > 0) {
    rules.onTaken(-returned.entries.length);
    line.putBack([returned]);
  }
  return { entries, place, split: returned?.split, doubt: returned?.doubt };
}
