import { join } from 'node:path';
import { createSegmentHeader } from '../frame.js';
import type { QueueBounds, StoreCounters } from './admission.js';
import type { DiskSpace } from './disk-space.js';
import type { FileSystem } from './file-system.js';
import { FileSeries } from './file-series.js';
import { GROUP_BYTES } from './group.js';
import { PayloadJournal } from './payload-journal.js';
import { segmentName } from './segment-name.js';

/** What a writer is made of. */
export interface SegmentWriterParts {
  readonly wid: string;
  readonly files: FileSystem;
  readonly directory: string;
  readonly bounds: QueueBounds;
  readonly deadlineMs: number;
  readonly space: DiskSpace;
  readonly counters: StoreCounters;
  /** Told of a journal whose payloads may become files. */
  readonly onJournal: (path: string) => void;
  /** Told once, when the writer has closed its files; gives what still goes on with its payloads. */
  readonly onClosed: () => Promise<void>;
}

/** The segments of a writer, the first of which is made. */
export function startSegments(parts: SegmentWriterParts, onDoubt: (error: Error) => void): FileSeries {
  const folder = join(parts.directory, 'segments');
  const segments = new FileSeries({
    files: parts.files,
    folder,
    pathOf: (number) => join(folder, segmentName(parts.wid, number)),
    headerOf: createSegmentHeader,
    maxPlaceBytes: GROUP_BYTES,
    isThrough: true,
    onDoubt,
  });
  segments.startSync();
  return segments;
}

/** The journals of a writer, none of which is made yet. */
export function createJournal(
  parts: SegmentWriterParts,
  onDoubt: (error: Error) => void,
  isStill: () => boolean,
): PayloadJournal {
  return new PayloadJournal({
    files: parts.files,
    folder: join(parts.directory, 'payloads'),
    wid: parts.wid,
    onDoubt,
    isStill,
    onEnded: parts.onJournal,
  });
}

/**
 * Says that a writer is closed: at once, or where bytes of it are on their way when they have arrived. Who takes it for dead
 * before says of another entry that it is the last.
 */
export function runWhenIdle(segments: FileSeries, onClosed: () => Promise<void>): Promise<void> {
  if (!segments.isBusy) return onClosed();
  return segments
    .idle()
    .then(onClosed)
    .catch(() => undefined);
}
