import { createHash } from 'node:crypto';

const PREFIX = Uint8Array.of(0);

/** The leaf hash of an entry: SHA-256 of one zero byte and its bytes, in hexadecimal. Source: RFC 6962, §2.1. */
export function leafHash(entry: Uint8Array): string {
  return createHash('sha256').update(PREFIX).update(entry).digest('hex');
}
