import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { join } from 'node:path';
import { type FileSystem, OLD_FILE, readWhole, systemCode } from './file-system.js';
import { PAYLOAD_HEADER_BYTES, readPayloadHeader } from './payload-frame.js';
import { listFolder } from './settled.js';

const REF = /^[0-9a-f]{64}$/;

/** Where a payload stands in a journal. */
export interface JournalPlace {
  readonly ref: string;
  readonly offset: number;
  readonly length: number;
}

/** The path of a payload's file. */
export function payloadPath(folder: string, ref: string): string {
  return join(folder, ref.slice(0, 2), ref);
}

/** Name of a payload: SHA-256 of its bytes. */
export function payloadRef(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Reads the payloads of an open journal from an offset on, one by one, up to the first that is not whole. */
export function* walkJournal(
  files: FileSystem,
  fd: number,
  from = 0,
): Generator<{ readonly place: JournalPlace; readonly bytes: Buffer }> {
  const { size } = files.fstatSync(fd);
  for (let offset = from; ;) {
    const header = readPayloadHeader(readPiece(files, fd, offset, PAYLOAD_HEADER_BYTES));
    const start = offset + PAYLOAD_HEADER_BYTES;
    if (header === undefined || start + header.length > size) return;
    const bytes = readPiece(files, fd, start, header.length);
    if (bytes.length < header.length || crc32(bytes) !== header.crc) return;
    yield { place: { ref: payloadRef(bytes), offset: start, length: header.length }, bytes };
    offset = start + header.length;
  }
}

/** Where the payloads of a journal stand from an offset on, and where reading ended. */
export function scanJournal(files: FileSystem, path: string, from = 0): { places: JournalPlace[]; end: number } {
  const fd = files.openSync(path, OLD_FILE);
  try {
    const places: JournalPlace[] = [];
    for (const { place } of walkJournal(files, fd, from)) places.push(place);
    const last = places.at(-1);
    return { places, end: last === undefined ? from : last.offset + last.length };
  } finally {
    files.closeSync(fd);
  }
}

/** Reads a piece of an open file; less where it ends. */
export function readPiece(files: FileSystem, fd: number, offset: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const read = files.readSync(fd, bytes, done, length - done, offset + done);
    if (read === 0) break;
    done += read;
  }
  return bytes.subarray(0, done);
}

/** Finds payloads: in files first, then in journals, of which it remembers what it has read. */
export class PayloadSource {
  readonly #files: FileSystem;
  readonly #folder: string;
  readonly #journals = new Map<string, { end: number; readonly places: Map<string, JournalPlace> }>();

  constructor(files: FileSystem, directory: string) {
    this.#files = files;
    this.#folder = join(directory, 'payloads');
  }

  get(ref: string): Uint8Array | undefined {
    if (!REF.test(ref)) return undefined;
    // Once more: it may have become a file in between.
    return this.#fromFile(ref) ?? this.#fromJournals(ref) ?? this.#fromFile(ref);
  }

  #fromFile(ref: string): Uint8Array | undefined {
    return orNothing(() => readWhole(this.#files, payloadPath(this.#folder, ref)));
  }

  #fromJournals(ref: string): Uint8Array | undefined {
    for (const name of listFolder(this.#files, this.#folder)) {
      if (!name.endsWith('.journal')) continue;
      const bytes = orNothing(() => this.#fromJournal(name, ref));
      if (bytes !== undefined) return bytes;
    }
    return undefined;
  }

  #fromJournal(name: string, ref: string): Uint8Array | undefined {
    const path = join(this.#folder, name);
    const known = this.#journals.get(name) ?? { end: 0, places: new Map<string, JournalPlace>() };
    this.#journals.set(name, known);
    if (!known.places.has(ref)) {
      const { places, end } = scanJournal(this.#files, path, known.end);
      known.end = end;
      for (const place of places) known.places.set(place.ref, place);
    }
    const place = known.places.get(ref);
    if (place === undefined) return undefined;
    const fd = this.#files.openSync(path, OLD_FILE);
    try {
      return readPiece(this.#files, fd, place.offset, place.length);
    } finally {
      this.#files.closeSync(fd);
    }
  }
}

function orNothing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
