import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Entry } from 'spanwright/audit';
import { readFrame, SEGMENT_HEADER_BYTES } from '#lib/audit/frame.js';

/** The entries of the segments of a ledger, one writer after the other. */
export function readEntries(directory: string): Entry[] {
  const segments = join(directory, 'segments');
  return readdirSync(segments)
    .sort()
    .flatMap((name) => {
      const bytes = readFileSync(join(segments, name));
      const entries: Entry[] = [];
      let frame = readFrame(bytes, SEGMENT_HEADER_BYTES);
      while (frame !== undefined) {
        entries.push(JSON.parse(frame.entry.toString()) as Entry);
        frame = readFrame(bytes, frame.end);
      }
      return entries;
    });
}

/** Folders for ledgers, on the disk of the repository: a temporary one may be memory. `remove` takes them away. */
export class LedgerFolders {
  readonly #made: string[] = [];

  /** A path inside of a new folder; nothing is there yet. */
  next(): string {
    mkdirSync('.test-out/ledgers', { recursive: true });
    const folder = mkdtempSync(resolve('.test-out/ledgers/ledger-'));
    this.#made.push(folder);
    return join(folder, 'audit');
  }

  remove(): void {
    for (const folder of this.#made.splice(0)) rmSync(folder, { recursive: true, force: true });
  }
}
