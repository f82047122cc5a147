import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { PythonVerifier, askBoth, hasPython } from './both-verifiers.js';
import { LedgerBuilder, writeFiles } from './ledger-builder.js';
import { type WriterBuilder, toFrame } from './writer-builder.js';

const SECTOR = 512;

/** A frame of some sectors that holds no entry that follows. */
function toLost(synced: number, bytes = 3000): Buffer {
  return toFrame(Buffer.from(JSON.stringify({ a: 'x'.repeat(bytes) })), synced);
}

/** Zeros sectors, aligned in the file, of what begins at an offset. */
function loseSectors(tail: Buffer, offset: number, isLost: (sector: number) => boolean): Buffer {
  const copy = Buffer.from(tail);
  for (let at = 0; at < copy.length; at++) if (isLost(Math.floor((offset + at) / SECTOR))) copy[at] = 0;
  return copy;
}

describe('the end of a chain that is not closed', function () {
  this.timeout(30_000);
  let directory: string;
  let ledger: LedgerBuilder;
  let writer: WriterBuilder;
  let offset: number;
  let python: PythonVerifier;

  before(function () {
    if (!hasPython()) this.skip();
    python = new PythonVerifier();
  });
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'spanwright-torn-'));
    ledger = new LedgerBuilder();
    writer = ledger.writer();
    offset = writer.files()[0]?.[1].length ?? 0;
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));
  after(() => python?.stop());

  async function check(tail: Buffer): Promise<string> {
    writer.tail = tail;
    writeFiles(directory, ledger.files());
    const [problem = ''] = (await askBoth(python, directory)).problems;
    return problem.split(' ').slice(1, 3).join(' ');
  }

  it('is open where nothing or zeros follow', async () => {
    expect(await check(Buffer.alloc(0))).equal('2 open');
    expect(await check(Buffer.alloc(10_000))).equal('2 open');
  });

  it('is torn where any sector of the frame was lost', async () => {
    const frame = toLost(2);
    const first = Math.floor(offset / SECTOR);
    const last = Math.floor((offset + frame.length - 1) / SECTOR);
    expect(last - first).greaterThan(4);
    const zeros = Buffer.alloc(2000);
    for (let lost = first; lost <= last; lost++) {
      const tail = loseSectors(frame, offset, (sector) => sector === lost);
      expect(await check(Buffer.concat([tail, zeros])), `sector ${lost - first}`).equal('2 torn');
    }
    const only = loseSectors(frame, offset, (sector) => sector !== last);
    expect(await check(Buffer.concat([only, zeros]))).equal('2 torn');
  });

  it('is torn where the file ends in the frame', async () => {
    const frame = toLost(2, 300);
    for (const length of [1, 4, 19, 20, 21, frame.length - 1]) {
      expect(await check(frame.subarray(0, length)), `${length}`).equal('2 torn');
    }
  });

  it('is broken where no sector of the frame was lost', async () => {
    const frame = toLost(2);
    for (const at of [0, 4, 8, 12, 16, 20, 1500, frame.length - 1]) {
      const changed = Buffer.from(frame);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(await check(Buffer.concat([changed, Buffer.alloc(4000)])), `${at}`).equal('2 frame');
    }
  });

  it('is broken where bytes stand in the zeros and not at the begin of a sector', async () => {
    const zeros = Buffer.alloc(8192);
    const begin = SECTOR - (offset % SECTOR);
    for (const [at, expected] of [
      [begin + SECTOR, '2 torn'],
      [begin + SECTOR + 19, '2 torn'],
      [begin + SECTOR + 20, '2 frame'],
      [begin + SECTOR - 1, '2 frame'],
      [1, '2 frame'],
    ] as const) {
      const changed = Buffer.from(zeros);
      changed[at] = 1;
      expect(await check(changed), `${at}`).equal(expected);
    }
  });

  it('is broken where a later frame says that the entry was durable', async () => {
    const first = Math.floor(offset / SECTOR);
    const group = (synced: number): Buffer =>
      loseSectors(Buffer.concat([toLost(2), toLost(2), toLost(synced)]), offset, (sector) => sector < first + 8);
    expect(await check(group(2))).equal('2 torn');
    expect(await check(group(3))).equal('2 frame');
    writer.nextSegment();
    writer.segments[1]?.push(toLost(3));
    writer.segments[0]?.push(toLost(2).subarray(0, 600));
    expect(await check(Buffer.alloc(0))).equal('2 frame');
  });

  it('is open where a segment was begun and not used', async () => {
    writer.nextSegment();
    writer.segments[1]?.push(Buffer.alloc(4000));
    expect(await check(Buffer.alloc(0))).equal('2 open');
  });
});
