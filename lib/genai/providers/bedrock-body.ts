import { TextDecoder, types } from 'node:util';
import type { Json } from '../endpoint.js';
import { asObject } from '../json-fields.js';

/** A body above it is not read: parsing runs in the user's call. */
const MAX_BODY_BYTES = 1_048_576;

const decoder = new TextDecoder();

/** True for a body as the client takes or gives it. */
export function isRawBody(value: unknown): value is string | Uint8Array {
  return typeof value === 'string' || types.isUint8Array(value);
}

/** The JSON object in a body of at most 1 MiB; undefined where it is larger or holds none. */
export function parseBody(body: unknown): Json | undefined {
  if (!isRawBody(body)) return undefined;
  const size = typeof body === 'string' ? body.length : body.byteLength;
  if (size > MAX_BODY_BYTES) return undefined;
  try {
    return asObject(JSON.parse(typeof body === 'string' ? body : decoder.decode(body)));
  } catch {
    return undefined;
  }
}
