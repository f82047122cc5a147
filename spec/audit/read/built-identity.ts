import { createHash } from 'node:crypto';

/** The ids of every ledger that the builder makes. */
export const LEDGER_ID = '01JB0000000000000000000LED';
export const INCARNATION = '01JB0000000000000000000NCA';

/** The id of the n-th writer; they sort by n. */
export function toWid(number: number): string {
  return `01JB${String(number).padStart(22, '0')}`;
}

/** Canonical JSON of plain data. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : 1)))
      : inner,
  );
}

/** SHA-256, hexadecimal. */
export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
