import { crc32 } from 'node:zlib';

/** Makes a journal of one payload. */
export function toJournal(body: Uint8Array): Buffer {
  const header = Buffer.alloc(16);
  header.set([0xf5, 0x50, 0x41, 0x59]);
  header.writeUInt32LE(body.length, 4);
  header.writeUInt32LE(crc32(body), 8);
  header.writeUInt32LE(crc32(header.subarray(0, 12)), 12);
  return Buffer.concat([header, body]);
}
