import { join } from 'node:path';
import { nodeFileSystem, readWhole, systemCode } from '../stores/file-system.js';
import { type JournalPlace, payloadPath, payloadRef, scanJournal } from '../stores/payload-source.js';
import { readNames } from './segment-files.js';

/** The bytes of a payload, or why there are none. */
export type PayloadBytes =
  | { readonly state: 'available'; readonly bytes: Buffer }
  | { readonly state: 'corrupt' | 'missing' };

/** Finds payloads whose bytes are what their name says: in their files, else in the journals where they wait. */
export class PayloadFiles {
  readonly #folder: string;
  /** Reference → where in which journal; read when a file is not there. */
  #waiting: Map<string, { readonly path: string; readonly start: number; readonly end: number }> | undefined;

  constructor(directory: string) {
    this.#folder = join(directory, 'payloads');
  }

  /** Reads a payload by the SHA-256 of its bytes, hexadecimal. */
  read(ref: string): PayloadBytes {
    let isThere = false;
    // A file that a crash left half written has its bytes in a journal; of those some become files meanwhile.
    for (const place of ['file', 'journal', 'file'] as const) {
      const bytes = place === 'file' ? this.#inFile(ref) : this.#inJournal(ref);
      if (bytes !== undefined && payloadRef(bytes) === ref) return { state: 'available', bytes };
      isThere ||= bytes !== undefined;
    }
    return { state: isThere ? 'corrupt' : 'missing' };
  }

  #inFile(ref: string): Buffer | undefined {
    return tryRead(payloadPath(this.#folder, ref));
  }

  #inJournal(ref: string): Buffer | undefined {
    this.#waiting ??= this.#readJournals();
    const place = this.#waiting.get(ref);
    return place === undefined ? undefined : tryRead(place.path)?.subarray(place.start, place.end);
  }

  #readJournals(): Map<string, { path: string; start: number; end: number }> {
    const found = new Map<string, { path: string; start: number; end: number }>();
    for (const name of readNames(this.#folder)) {
      if (!name.endsWith('.journal')) continue;
      const path = join(this.#folder, name);
      for (const { ref, offset, length } of scanIfThere(path)) {
        found.set(ref, { path, start: offset, end: offset + length });
      }
    }
    return found;
  }
}

/** Nothing of a journal that was removed since it was listed: its payloads are files. */
function scanIfThere(path: string): JournalPlace[] {
  try {
    return scanJournal(nodeFileSystem, path).places;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}

function tryRead(path: string): Buffer | undefined {
  try {
    return readWhole(nodeFileSystem, path);
  } catch {
    return undefined;
  }
}
