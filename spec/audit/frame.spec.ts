import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

import { expect } from 'chai';

import { MAX_ENTRY_BYTES } from '#lib/audit/entry.js';
import { readFrame, readFrameLength, readSegmentHeader, writeFrame, writeSynced } from '#lib/audit/frame.js';
import { leafHash } from '#lib/audit/leaf.js';
import { toFrame, toHeader } from './read/writer-builder.js';

describe('a frame', () => {
  it('is read back with how many entries were durable', () => {
    const target = Buffer.alloc(200);
    const end = writeFrame(target, 7, Buffer.from('{"a":1}'), 3);
    expect(end).equal(7 + 20 + 7);
    expect(target.subarray(7, end).equals(toFrame(Buffer.from('{"a":1}'), 3))).equal(true);
    writeSynced(target, 7, 4_000_000_000);
    expect(target.subarray(7, end).equals(toFrame(Buffer.from('{"a":1}'), 4_000_000_000))).equal(true);
    expect(readFrame(target, 7)).deep.include({ synced: 4_000_000_000, end });
    expect(readFrame(target, 7)?.entry.toString()).equal('{"a":1}');
    expect(readFrame(target, 6)).equal(undefined);
  });

  for (const length of [0, 1, MAX_ENTRY_BYTES + 1]) {
    it(`of ${length} bytes is none, though its checksums hold`, () => {
      const frame = toFrame(Buffer.alloc(length, 0x20), 0);
      expect(readFrame(frame, 0)).equal(undefined);
      expect(readFrameLength(frame, 0)).equal(undefined);
    });
  }

  for (const length of [2, MAX_ENTRY_BYTES]) {
    it(`of ${length} bytes is one`, () => {
      const frame = toFrame(Buffer.alloc(length, 0x20), 0);
      expect(readFrame(frame, 0)?.entry).length(length);
      expect(readFrameLength(frame, 0)).equal(length);
    });
  }

  it('is none where any byte of it is another, or the last is missing', () => {
    const frame = toFrame(Buffer.from('{}'), 9);
    for (let at = 0; at < frame.length; at++) {
      const changed = Buffer.from(frame);
      changed[at] = (changed[at] ?? 0) ^ 0x10;
      expect(readFrame(changed, 0), `byte ${at}`).equal(undefined);
    }
    for (let length = 0; length < frame.length; length++)
      expect(readFrame(frame.subarray(0, length), 0)).equal(undefined);
    // Its header alone says how long it is.
    expect(readFrameLength(frame.subarray(0, 20), 0)).equal(2);
    expect(readFrameLength(frame.subarray(0, 19), 0)).equal(undefined);
  });

  it('stands behind a header that names its segment', () => {
    const header = toHeader(70_000);
    expect(readSegmentHeader(header)).equal(70_000);
    for (let at = 0; at < header.length; at++) {
      const changed = Buffer.from(header);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(readSegmentHeader(changed), `byte ${at}`).equal(undefined);
    }
    // Its checksum holds, and it is of something else.
    const other = Buffer.from(header);
    other.write('SPWSEG02', 'latin1');
    other.writeUInt32LE(crc32(other.subarray(0, 12)), 12);
    expect(readSegmentHeader(other)).equal(undefined);
    expect(readSegmentHeader(header.subarray(0, 15))).equal(undefined);
  });
});

describe('the hash of an entry', () => {
  for (const length of [0, 1, MAX_ENTRY_BYTES, MAX_ENTRY_BYTES + 1, 200_000]) {
    it(`is SHA-256 of a zero byte and its ${length} bytes`, () => {
      const entry = Buffer.alloc(length, 'entry');
      const expected = createHash('sha256')
        .update(Buffer.concat([Buffer.alloc(1), entry]))
        .digest('hex');
      expect(leafHash(entry)).equal(expected);
    });
  }
});
