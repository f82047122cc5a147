import { createHmac } from 'node:crypto';
import type { EntryPayload } from './entry-fields.js';
import type { LedgerKey } from './keys.js';
import type { Plain } from './plain.js';
import type { Slots } from './payload-slots.js';
import type { StoredPayload } from './stores/store.js';
import { sealPayload } from './vault.js';

type Mutable<T> = { -readonly [key in keyof T]: T[key] };

/** What an entry says of something captured, and what is kept of it beside. */
export interface Payload {
  readonly entry: EntryPayload;
  readonly stored?: StoredPayload;
}

const hmac = (key: Uint8Array, bytes: Uint8Array): string => createHmac('sha256', key).update(bytes).digest('hex');

/** Says of bytes what an entry says where none of them are kept. */
export function digestPayload({ bytes, media, hk }: Plain, key: LedgerKey): Payload {
  return { entry: { eq: hmac(key.bytes, bytes), alg: 'hmac-sha256', bytes: bytes.length, media, hk } };
}

/** Keeps bytes, of those longer than `maxBytes` the beginning. Throws where no secrets can be made for them. */
export function keepPayload(plain: Plain, key: LedgerKey, slots: Slots, maxBytes: number): Payload {
  const { bytes, media, hk } = plain;
  const slot = slots.take();
  const kept = bytes.length > maxBytes ? bytes.subarray(0, maxBytes) : bytes;
  const stored = sealPayload(kept, slot);
  const c = hmac(slot.secret, bytes);
  const eq = hmac(key.bytes, bytes);
  const entry: Mutable<EntryPayload> = { c, eq, alg: 'hmac-sha256', bytes: bytes.length, media, hk, ref: stored.ref };
  if (kept !== bytes) entry.trunc = { orig: bytes.length, kept: kept.length };
  return { entry, stored };
}

/** What an entry says of the same bytes where none of them are kept. */
export function withoutKept({ eq, alg, bytes, media, hk }: EntryPayload): EntryPayload {
  return { eq, alg, bytes, media, hk };
}
