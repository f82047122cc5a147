import { crc32 } from 'node:zlib';

const MAGIC = 0x59_41_50_f5;

/** Bytes before a payload in a journal: magic `F5 50 41 59`, length, CRC-32 of the body, CRC-32 of the twelve bytes before. */
export const PAYLOAD_HEADER_BYTES = 16;

/** Frames payloads one after the other. */
export function framePayloads(payloads: readonly { readonly bytes: Uint8Array }[], total: number): Buffer {
  const target = Buffer.allocUnsafe(total + payloads.length * PAYLOAD_HEADER_BYTES);
  let offset = 0;
  for (const { bytes } of payloads) {
    target.writeUInt32LE(MAGIC, offset);
    target.writeUInt32LE(bytes.length, offset + 4);
    target.writeUInt32LE(crc32(bytes), offset + 8);
    target.writeUInt32LE(crc32(target.subarray(offset, offset + 12)), offset + 12);
    target.set(bytes, offset + PAYLOAD_HEADER_BYTES);
    offset += PAYLOAD_HEADER_BYTES + bytes.length;
  }
  return target;
}

/** What the header of a frame says; undefined where there is none. */
export function readPayloadHeader(header: Buffer): { readonly length: number; readonly crc: number } | undefined {
  if (header.length < PAYLOAD_HEADER_BYTES || header.readUInt32LE(0) !== MAGIC) return undefined;
  if (header.readUInt32LE(12) !== crc32(header.subarray(0, 12))) return undefined;
  return { length: header.readUInt32LE(4), crc: header.readUInt32LE(8) };
}
