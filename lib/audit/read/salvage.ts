import { join } from 'node:path';
import { FRAME_MAGIC, readFrame } from '../frame.js';
import { nodeFileSystem, readWhole } from '../stores/file-system.js';
import type { StoredEntry } from '../stores/store.js';
import type { ChainFiles } from './read-chains.js';
import type { VerifyPlace } from './verify-report.js';

const MAGIC = Buffer.alloc(4);
MAGIC.writeUInt32LE(FRAME_MAGIC);

/**
 * Whole frames from a place on, wherever they stand: what is left of a chain behind the entry at which it breaks. They prove
 * nothing.
 */
export function* salvageEntries({ directory, segments }: ChainFiles, from: VerifyPlace): Generator<StoredEntry> {
  for (const { file } of segments) {
    if (file < from.file) continue;
    const bytes = tryRead(join(directory, file));
    let at = bytes.indexOf(MAGIC, file === from.file ? from.offset : 0);
    while (at !== -1) {
      const frame = readFrame(bytes, at);
      if (frame !== undefined) yield { bytes: frame.entry, file, offset: at, synced: frame.synced };
      at = bytes.indexOf(MAGIC, frame?.end ?? at + 1);
    }
  }
}

function tryRead(path: string): Buffer {
  try {
    return readWhole(nodeFileSystem, path);
  } catch {
    return Buffer.alloc(0);
  }
}
