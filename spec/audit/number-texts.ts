import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { canonicalText } from '#lib/audit/canonical.js';

/** Whether the second implementation can run here. */
export const hasPython = spawnSync('python3', ['--version']).status === 0;

const BYTES = 8;

function toBits(value: number): string {
  const bytes = Buffer.alloc(BYTES);
  bytes.writeDoubleBE(value);
  return bytes.toString('hex');
}

// Every second one of random bits, else a number as people write them: few digits, or near a power of ten or two.
function randomDouble(index: number): number {
  const bytes = randomBytes(BYTES);
  const bits = bytes.readDoubleBE();
  const [first = 0, second = 0] = bytes;
  const [power, digits, sign] = [(first % 60) - 30, bytes.readUInt32LE(4), second % 2 === 0 ? 1 : -1];
  const kinds = [
    bits,
    digits * 10 ** power,
    bits,
    Number(`${digits % 1000}e${power}`),
    bits,
    2 ** power * (1 + second * Number.EPSILON),
  ];
  const value = sign * (kinds[index % kinds.length] ?? 0);
  return Number.isFinite(value) ? value : randomDouble(index);
}

/** Expects the canonical texts of random doubles to be those of an implementation in Python. */
export function expectSameNumbers(count: number): void {
  const doubles = Array.from({ length: count }, (_, index) => randomDouble(index));
  const input = doubles.map(toBits).join('\n');
  const { stdout, stderr } = spawnSync('python3', ['spec/audit/es-numbers.py'], {
    input,
    encoding: 'utf8',
    maxBuffer: 64 * count,
  });
  const texts = stdout.trimEnd().split('\n');
  expect(texts, stderr).to.have.length(count);
  const wrong = doubles.flatMap((double, index) =>
    canonicalText(double) === texts[index] && Object.is(JSON.parse(canonicalText(double)), double)
      ? []
      : [`${toBits(double)}: ${canonicalText(double)} and ${texts[index]}`],
  );
  // -0 is 0 in JSON.
  expect(wrong.filter((line) => !line.startsWith(toBits(-0)))).to.deep.equal([]);
}
