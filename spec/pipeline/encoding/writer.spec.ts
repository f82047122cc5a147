import { expect } from 'chai';
import { ProtobufWriter } from '#lib/pipeline/encoding/writer.js';

const MIB = 1024 * 1024;

function filled(...sizes: readonly number[]): ProtobufWriter {
  const writer = new ProtobufWriter();
  for (const size of sizes) {
    writer.raw(Buffer.alloc(size, 7));
    writer.clear();
  }
  return writer;
}

describe('ProtobufWriter', () => {
  it('gives the memory of a large request back at once', () => {
    expect(filled(30 * MIB).bytes.length).equal(filled().bytes.length);
  });

  it('keeps the memory of requests as they usually are', () => {
    const { bytes } = filled(MIB);
    expect(bytes.length).within(MIB, 2 * MIB);
    expect(filled(MIB, MIB, MIB).bytes.length).equal(bytes.length);
  });

  it('gives it back step by step when requests become small', () => {
    const small = Array.from({ length: 20 }, () => 100);
    expect(filled(MIB, ...small).bytes.length).equal(filled().bytes.length);
  });

  it('grows at once to what the last request took', () => {
    const writer = filled(6 * MIB);
    writer.raw(Buffer.alloc(100_000, 7));
    expect(writer.bytes.length).equal(6 * MIB);
  });

  it('keeps what is written when it grows', () => {
    const writer = new ProtobufWriter();
    const parts = Array.from({ length: 300 }, (_, index) => Buffer.alloc(1000, index));
    for (const part of parts) writer.raw(part);
    expect(Buffer.compare(writer.since(0), Buffer.concat(parts))).equal(0);
  });

  it('writes a length in as few bytes as it takes, whatever was guessed', () => {
    for (const size of [0, 1, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152]) {
      for (const guess of [1, 2, 3, 4, 5]) {
        const writer = new ProtobufWriter();
        const content = Buffer.alloc(size, 9);
        const start = writer.open(guess);
        writer.raw(content);
        const taken = writer.close(start, guess);
        const other = new ProtobufWriter();
        other.blob(0, content);
        expect(Buffer.compare(writer.since(0), other.since(1))).equal(0);
        expect(taken).equal(other.at - 1 - size);
      }
    }
  });
});
