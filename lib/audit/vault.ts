import { createCipheriv, createDecipheriv, createHmac, hash, randomFillSync, timingSafeEqual } from 'node:crypto';
import type { FindSlot, Slot, SlotPlace } from './payload-slots.js';
import type { StoredPayload } from './stores/store.js';
import { isUlid } from './ulid.js';

const MAGIC = Buffer.from('SPWPAY01', 'latin1');
const ID_BYTES = 26;
const HEADER_BYTES = MAGIC.length + ID_BYTES + 8;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const CIPHER = 'aes-256-gcm';

const nonces = Buffer.alloc(NONCE_BYTES * 256);
let nextNonce = nonces.length;

function writeNonce(target: Buffer, offset: number): void {
  if (nextNonce === nonces.length) {
    randomFillSync(nonces);
    nextNonce = 0;
  }
  nonces.copy(target, offset, nextNonce, nextNonce + NONCE_BYTES);
  nextNonce += NONCE_BYTES;
}

// Of the last payload; most have the same but for the index.
const header = Buffer.alloc(HEADER_BYTES);
MAGIC.copy(header);
let headerWid = '';

function headerOf({ wid, file, index }: SlotPlace): Buffer {
  if (wid !== headerWid) header.write((headerWid = wid), MAGIC.length, ID_BYTES, 'latin1');
  header.writeUInt32LE(file, MAGIC.length + ID_BYTES);
  header.writeUInt32LE(index, MAGIC.length + ID_BYTES + 4);
  return header;
}

/** Encrypts plain bytes under the slot's data key. Source: docs/reference/ledger-format.md. */
export function sealPayload(plain: Uint8Array, slot: Slot): StoredPayload {
  const start = HEADER_BYTES + NONCE_BYTES;
  const bytes = Buffer.allocUnsafe(start + plain.length + TAG_BYTES);
  const aad = headerOf(slot);
  bytes.set(aad);
  writeNonce(bytes, HEADER_BYTES);
  const cipher = createCipheriv(CIPHER, slot.dataKey, bytes.subarray(HEADER_BYTES, start));
  cipher.setAAD(aad);
  bytes.set(cipher.update(plain), start);
  cipher.final();
  bytes.set(cipher.getAuthTag(), start + plain.length);
  return { ref: hash('sha256', bytes, 'hex'), bytes };
}

/** What came of opening a payload: its plain bytes, or why there are none. */
export type OpenedPayload =
  | { readonly state: 'available'; readonly plain: Buffer; readonly slot: Slot }
  /** The secrets are gone. */
  | { readonly state: 'erased' }
  /** The bytes are no payload, or not the ones that were written. */
  | { readonly state: 'corrupt' };

/** Names the slot of a payload; undefined where the bytes are none. */
export function readSlotPlace(bytes: Uint8Array): SlotPlace | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length < HEADER_BYTES + NONCE_BYTES + TAG_BYTES || !file.subarray(0, MAGIC.length).equals(MAGIC)) {
    return undefined;
  }
  const afterId = MAGIC.length + ID_BYTES;
  const wid = file.toString('latin1', MAGIC.length, afterId);
  // Controlled by whoever writes the folder, and part of a path.
  if (!isUlid(wid)) return undefined;
  return {
    wid,
    file: file.readUInt32LE(afterId),
    index: file.readUInt32LE(afterId + 4),
  };
}

/** Decrypts the bytes of a payload. */
export function openPayload(bytes: Uint8Array, findSlot: FindSlot): OpenedPayload {
  const place = readSlotPlace(bytes);
  if (place === undefined) return { state: 'corrupt' };
  const slot = findSlot(place);
  if (slot === undefined) return { state: 'erased' };
  const start = HEADER_BYTES + NONCE_BYTES;
  const end = bytes.length - TAG_BYTES;
  try {
    const decipher = createDecipheriv(CIPHER, slot.dataKey, bytes.subarray(HEADER_BYTES, start));
    decipher.setAAD(bytes.subarray(0, HEADER_BYTES));
    decipher.setAuthTag(bytes.subarray(end));
    const plain = decipher.update(bytes.subarray(start, end));
    decipher.final();
    return { state: 'available', plain, slot };
  } catch {
    return { state: 'corrupt' };
  }
}

/** Tells whether plain bytes are those of a commitment. Says nothing of a payload that was kept in part. */
export function isCommitted(plain: Uint8Array, slot: Slot, commitment: string): boolean {
  const expected = createHmac('sha256', slot.secret).update(plain).digest();
  const given = Buffer.from(commitment, 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
