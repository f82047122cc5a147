import { randomFillSync } from 'node:crypto';
import { closeSync, openSync, readSync, truncateSync, unlinkSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { refuseKeys, syncFolder } from './key-folder.js';
import { writeNewFile } from './keys.js';

/** Slots in one file. */
export const SLOTS_PER_FILE = 1024;
const SLOT_BYTES = 64;
const KEY_BYTES = 32;
const HEADER_BYTES = 16;
const MAGIC = Buffer.from('SPWSLT01', 'latin1');

/** Where the secrets of one payload stand. */
export interface SlotPlace {
  /** Writer that made the file. */
  readonly wid: string;
  /** Number of the file. */
  readonly file: number;
  readonly index: number;
}

/** The secrets of one payload. Each is used once. */
export interface Slot extends SlotPlace {
  readonly dataKey: Buffer;
  /** Of the commitment. */
  readonly secret: Buffer;
}

/** Gives secrets to payloads. */
export interface Slots {
  take(): Slot;
  /** Cuts off what was not used. */
  close(): void;
}

/** Finds the secrets of a payload; undefined where they are gone. */
export type FindSlot = (place: SlotPlace) => Slot | undefined;

function nameOf(wid: string, file: number): string {
  return `${wid}-${String(file).padStart(6, '0')}.slots`;
}

function slotIn(bytes: Buffer, place: SlotPlace): Slot {
  const start = HEADER_BYTES + place.index * SLOT_BYTES;
  const { wid, file, index } = place;
  const dataKey = bytes.subarray(start, start + KEY_BYTES);
  return { wid, file, index, dataKey, secret: bytes.subarray(start + KEY_BYTES, start + SLOT_BYTES) };
}

function createSlotBytes(file: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(HEADER_BYTES + SLOTS_PER_FILE * SLOT_BYTES);
  MAGIC.copy(bytes);
  bytes.writeUInt32LE(file, 8);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 12)), 12);
  randomFillSync(bytes, HEADER_BYTES);
  return bytes;
}

/** Reads the secrets of a payload; undefined where they are gone. Throws where the file cannot be read. */
export function readSlot(folder: string, place: SlotPlace): Slot | undefined {
  const bytes = Buffer.alloc(SLOT_BYTES);
  let fd: number;
  try {
    fd = openSync(join(folder, nameOf(place.wid, place.file)), 'r');
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const read = readSync(fd, bytes, 0, SLOT_BYTES, HEADER_BYTES + place.index * SLOT_BYTES);
    // Zeros stand where a payload was erased.
    if (read < SLOT_BYTES || bytes.every((byte) => byte === 0)) return undefined;
  } finally {
    closeSync(fd);
  }
  return { ...place, dataKey: bytes.subarray(0, KEY_BYTES), secret: bytes.subarray(KEY_BYTES) };
}

/** Slots in memory, for a ledger that outlives nothing. */
export class MemorySlots implements Slots {
  readonly #wid: string;
  readonly #files: Buffer[] = [];
  #taken = 0;

  constructor(wid: string) {
    this.#wid = wid;
  }

  take(): Slot {
    const taken = this.#taken++;
    const file = Math.floor(taken / SLOTS_PER_FILE);
    const bytes = (this.#files[file] ??= createSlotBytes(file));
    return slotIn(bytes, { wid: this.#wid, file, index: taken % SLOTS_PER_FILE });
  }

  find({ wid, file, index }: SlotPlace): Slot | undefined {
    const bytes = wid === this.#wid ? this.#files[file] : undefined;
    return bytes && slotIn(bytes, { wid, file, index });
  }

  close(): void {
    // Nothing outlives the process.
  }
}

interface SlotFile {
  readonly number: number;
  readonly bytes: Buffer;
}

/**
 * Slots in files of the key folder. A file is durable before a slot of it is given out; the next one is made while the one
 * before is half used, so that a payload waits for no sync of its key.
 */
export class FileSlots implements Slots {
  readonly #folder: string;
  readonly #wid: string;
  #current: SlotFile;
  #next: SlotFile | undefined;
  #used = 0;
  #made = 0;
  #isMaking = false;
  #isClosed = false;

  constructor(folder: string, wid: string) {
    this.#folder = folder;
    this.#wid = wid;
    this.#current = this.#make();
  }

  take(): Slot {
    if (this.#used === SLOTS_PER_FILE) {
      this.#current = this.#next ?? this.#make();
      this.#next = undefined;
      this.#used = 0;
    }
    if (this.#used === SLOTS_PER_FILE / 2 && this.#next === undefined && !this.#isMaking) void this.#makeAhead();
    return slotIn(this.#current.bytes, { wid: this.#wid, file: this.#current.number, index: this.#used++ });
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    try {
      if (this.#next !== undefined) unlinkSync(this.#pathOf(this.#next.number));
      const path = this.#pathOf(this.#current.number);
      if (this.#used === 0) unlinkSync(path);
      else truncateSync(path, HEADER_BYTES + this.#used * SLOT_BYTES);
    } catch {
      // Slots that nobody uses harm nobody; what else ends with them must not fail for it.
    }
  }

  #pathOf(file: number): string {
    return join(this.#folder, nameOf(this.#wid, file));
  }

  #make(): SlotFile {
    const number = this.#made++;
    const bytes = createSlotBytes(number);
    try {
      writeNewFile(this.#pathOf(number), bytes);
      syncFolder(this.#folder);
    } catch (cause) {
      throw refuseKeys(`${this.#folder}: the secrets of payloads cannot be written`, cause);
    }
    return { number, bytes };
  }

  async #makeAhead(): Promise<void> {
    this.#isMaking = true;
    const number = this.#made++;
    const bytes = createSlotBytes(number);
    try {
      await this.#write(this.#pathOf(number), bytes);
      await this.#write(this.#folder);
      if (this.#isClosed) unlinkSync(this.#pathOf(number));
      else this.#next = { number, bytes };
    } catch {
      // The one that needs it makes it, and says why where that fails.
    } finally {
      this.#isMaking = false;
    }
  }

  async #write(path: string, bytes?: Buffer): Promise<void> {
    const file = await open(path, bytes === undefined ? 'r' : 'wx', 0o600);
    try {
      if (bytes !== undefined) await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
  }
}
