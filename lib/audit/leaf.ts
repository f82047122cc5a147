import { createHash, hash } from 'node:crypto';
import { MAX_ENTRY_BYTES } from './entry.js';

const PREFIX = Uint8Array.of(0);
/** The prefix and room for an entry: one call that hashes what lies together costs half of three for what does not. */
const leaf = Buffer.alloc(1 + MAX_ENTRY_BYTES);

/** The leaf hash of an entry: SHA-256 of one zero byte and its bytes, in hexadecimal. Source: RFC 6962, §2.1. */
export function leafHash(entry: Uint8Array): string {
  if (entry.length > MAX_ENTRY_BYTES) return createHash('sha256').update(PREFIX).update(entry).digest('hex');
  leaf.set(entry, 1);
  return hash('sha256', leaf.subarray(0, 1 + entry.length), 'hex');
}
