import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { readNames } from './segment-files.js';

const JOURNAL_NAME = /^[0-7][0-9A-HJKMNP-TV-Z]{25}-\d{6}\.journal$/;
const JOURNAL_MAGIC = 0x59_41_50_f5;
const HEADER_BYTES = 16;

/** Where the bytes of a payload are found, and how they are. */
export type PayloadBytes =
  | { readonly state: 'available'; readonly bytes: Buffer }
  | { readonly state: 'corrupt' | 'missing' };

/** Finds payloads in their files, else in the journals where they wait. */
export class PayloadFiles {
  readonly #folder: string;
  /** Reference → where in which journal; read when a file is not there. */
  #waiting: Map<string, { readonly path: string; readonly start: number; readonly end: number }> | undefined;

  constructor(directory: string) {
    this.#folder = join(directory, 'payloads');
  }

  /** Reads a payload by the SHA-256 of its bytes, hexadecimal. */
  read(ref: string): PayloadBytes {
    const filed = tryRead(join(this.#folder, ref.slice(0, 2), ref));
    if (filed !== undefined && toRef(filed) === ref) return { state: 'available', bytes: filed };
    // A file that a crash left half written has its bytes in a journal still.
    this.#waiting ??= this.#readJournals();
    const place = this.#waiting.get(ref);
    const bytes = place === undefined ? undefined : tryRead(place.path)?.subarray(place.start, place.end);
    if (bytes !== undefined && toRef(bytes) === ref) return { state: 'available', bytes };
    return { state: filed === undefined ? 'missing' : 'corrupt' };
  }

  #readJournals(): Map<string, { path: string; start: number; end: number }> {
    const found = new Map<string, { path: string; start: number; end: number }>();
    for (const name of readNames(this.#folder)) {
      if (!JOURNAL_NAME.test(name)) continue;
      const path = join(this.#folder, name);
      const bytes = tryRead(path) ?? Buffer.alloc(0);
      for (let offset = 0; ;) {
        const end = findBody(bytes, offset);
        if (end === undefined) break;
        const start = offset + HEADER_BYTES;
        found.set(toRef(bytes.subarray(start, end)), { path, start, end });
        offset = end;
      }
    }
    return found;
  }
}

/** The end of the body of a frame of a journal; undefined where no whole one starts. */
function findBody(bytes: Buffer, offset: number): number | undefined {
  if (offset + HEADER_BYTES > bytes.length || bytes.readUInt32LE(offset) !== JOURNAL_MAGIC) return undefined;
  if (bytes.readUInt32LE(offset + 12) !== crc32(bytes.subarray(offset, offset + 12))) return undefined;
  const start = offset + HEADER_BYTES;
  const end = start + bytes.readUInt32LE(offset + 4);
  return end <= bytes.length && bytes.readUInt32LE(offset + 8) === crc32(bytes.subarray(start, end)) ? end : undefined;
}

function toRef(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function tryRead(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
