import { createHash, createHmac, randomBytes } from 'node:crypto';
import { constants, closeSync, fsyncSync, linkSync, openSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { checkPrivate, refuseKeys, syncFolder } from './key-folder.js';

const MAGIC = Buffer.from('SPWKEY01', 'latin1');
const KEY_BYTES = 32;
const ID_BYTES = 26;
const FILE_BYTES = MAGIC.length + ID_BYTES + KEY_BYTES + 4;
const FP_DIGITS = 32;
const NAME = 'ledger.key';

/** The key of a ledger: what makes fingerprints that are equal for equal values. */
export interface LedgerKey {
  /** Names the key, and tells nothing of it. */
  readonly kid: string;
  readonly bytes: Buffer;
  /** HMAC-SHA-256 of a text, 32 hexadecimal digits; `domain` keeps fingerprints of different things apart. */
  fingerprint(domain: string, text: string): string;
}

/** Makes a key of 32 bytes. */
export function createLedgerKey(bytes: Buffer = randomBytes(KEY_BYTES)): LedgerKey {
  const kid = createHash('sha256').update('spanwright key id\0').update(bytes).digest('hex').slice(0, 16);
  return {
    kid,
    bytes,
    fingerprint: (domain, text) =>
      createHmac('sha256', bytes).update(`${domain}\0${text}`).digest('hex').slice(0, FP_DIGITS),
  };
}

function encode(lid: string, key: Buffer): Buffer {
  const body = Buffer.concat([MAGIC, Buffer.from(lid, 'latin1'), key]);
  const file = Buffer.alloc(FILE_BYTES);
  body.copy(file);
  file.writeUInt32LE(crc32(body), body.length);
  return file;
}

function decode(file: Buffer, lid: string, path: string): LedgerKey {
  const end = FILE_BYTES - 4;
  const isWhole = file.length === FILE_BYTES && file.subarray(0, MAGIC.length).equals(MAGIC);
  if (!isWhole || file.readUInt32LE(end) !== crc32(file.subarray(0, end))) {
    throw refuseKeys(`${path}: got something else, expected the key of a ledger`);
  }
  const owner = file.toString('latin1', MAGIC.length, MAGIC.length + ID_BYTES);
  if (owner !== lid) throw refuseKeys(`${path}: got the key of ledger ${owner}, expected that of ${lid}`);
  return createLedgerKey(Buffer.from(file.subarray(MAGIC.length + ID_BYTES, end)));
}

/** Reads the key of a ledger; undefined where there is none. Throws `AUDIT_LEDGER_REFUSED` where it is no key, or another's. */
export function readKey(folder: string, lid: string): LedgerKey | undefined {
  const path = join(folder, NAME);
  try {
    checkPrivate(path, 'file');
    return decode(readFileSync(path), lid, path);
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes a file that is not there yet, with mode 0600, so that it survives a power failure; its folder is not synced. */
export function writeNewFile(path: string, bytes: Uint8Array): void {
  const flags = constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | (constants.O_NOFOLLOW ?? 0);
  const fd = openSync(path, flags, 0o600);
  try {
    // Goes on after a short write, and throws where the disk is full.
    writeFileSync(fd, bytes);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Makes the key of a ledger, or reads the one that another process made meanwhile. */
export function createKey(folder: string, lid: string): LedgerKey {
  const path = join(folder, NAME);
  const draft = `${path}.${randomBytes(8).toString('hex')}.new`;
  writeNewFile(draft, encode(lid, randomBytes(KEY_BYTES)));
  try {
    // Whole or not at all, and never over one that is there.
    linkSync(draft, path);
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
  syncFolder(folder);
  const key = readKey(folder, lid);
  if (key === undefined) throw refuseKeys(`${path}: got nothing, expected the key that was written there`);
  return key;
}
