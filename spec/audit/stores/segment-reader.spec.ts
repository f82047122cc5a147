import fs from 'node:fs';
import { join } from 'node:path';

import { expect } from 'chai';

import { openSegmentStoreForReading } from '#lib/audit/stores/segment-archive.js';
import type { StoredTail } from '#lib/audit/stores/store.js';

import { SegmentSetup } from './segment-setup.js';
import { appendMany, codeOf, entryOf, numbersOf, upTo } from './store-contract.js';

/** Bytes of a frame of entry `number` as `appendMany` writes it. */
const FRAME_BYTES = 20 + entryOf(10).length;

describe('the segment reader', () => {
  let setup: SegmentSetup;
  let wid: string;
  let path: string;

  beforeEach(() => {
    setup = new SegmentSetup();
  });
  afterEach(() => setup.dispose());

  /** Writes entries of equal length in groups, and leaves the last group without anything after it. */
  async function write(groups: readonly number[]): Promise<Buffer> {
    const writer = setup.open().openWriter();
    wid = writer.wid;
    path = join(setup.directory, 'segments', `${wid}-000000.seg`);
    let first = 10;
    for (const count of groups) {
      await Promise.all(appendMany(writer, first, count));
      first += count;
    }
    return fs.readFileSync(path);
  }

  function change(bytes: Buffer): { read: number; tail: StoredTail } {
    fs.writeFileSync(path, bytes);
    const reader = openSegmentStoreForReading(setup.directory).reader(wid);
    let read = 0;
    for (const entry of reader.entries()) if (entry.bytes.length > 0) read++;
    return { read, tail: reader.tail() };
  }

  /** Offset of the n-th frame. */
  const at = (index: number): number => 16 + index * FRAME_BYTES;

  it('finds nothing but zeros behind the last entry', async () => {
    const bytes = await write([3]);
    expect(change(bytes)).deep.equal({
      read: 3,
      tail: { file: `segments/${wid}-000000.seg`, offset: at(3), droppedBytes: 0, state: 'clean' },
    });
    expect(change(bytes.subarray(0, at(3))).tail).deep.include({ state: 'clean', droppedBytes: 0 });
  });

  it('calls torn what runs past the end of the file', async () => {
    const bytes = await write([3]);
    for (const end of [at(2) + 1, at(2) + 19, at(2) + 20, at(2) + 100, at(3) - 1]) {
      expect(change(bytes.subarray(0, end)), `cut at ${end}`).nested.include({
        read: 2,
        'tail.state': 'torn',
        'tail.droppedBytes': end - at(2),
        'tail.offset': at(2),
      });
    }
  });

  it('calls torn what lacks a sector', async () => {
    const bytes = await write([12]);
    for (let sector = 512; sector < at(12); sector += 512) {
      const torn = Buffer.from(bytes).fill(0, sector, sector + 512);
      const { read, tail } = change(torn);
      expect(tail, `sector at ${sector}`).include({ state: 'torn' });
      expect(read).equal(Math.floor((sector - 16) / FRAME_BYTES));
    }
  });

  it('calls torn what lacks a sector wherever a header is cut', async () => {
    const store = setup.open();
    for (let length = 440; length < 500; length++) {
      const writer = store.openWriter();
      wid = writer.wid;
      path = join(setup.directory, 'segments', `${wid}-000000.seg`);
      const entries = [length, 900].map((bytes) => Buffer.alloc(bytes, 97));
      await Promise.all(entries.map((entry) => writer.append({ entry, as: 'plain' })));
      const bytes = fs.readFileSync(path);
      for (const sector of [512, 1024]) {
        const torn = Buffer.from(bytes).fill(0, sector, sector + 512);
        expect(change(torn).tail, `${length} bytes, sector at ${sector}`).include({ state: 'torn' });
      }
      await writer.close();
    }
  }).timeout(60_000);

  it('calls broken what was durable and does not read, however it looks', async () => {
    const bytes = await write([4, 4]);
    const flipped = Buffer.from(bytes);
    flipped[at(2) + 50] = 0;
    expect(change(flipped)).nested.include({
      read: 2,
      'tail.state': 'broken',
      'tail.problem': 'an entry that was durable does not read',
      'tail.offset': at(2),
      'tail.droppedBytes': at(8) - at(2),
    });
    expect(change(Buffer.from(bytes).fill(0, 512, 1024)).tail).include({ state: 'broken' });
    expect(change(Buffer.from(bytes).fill(0, at(0), at(4))).tail).include({ state: 'broken' });
  });

  it('calls broken every changed byte of a last group that lacks no sector', async () => {
    const bytes = await write([2]);
    for (let offset = at(1); offset < at(2); offset++) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(offset) ^ 0x01, offset);
      const { read, tail } = change(changed);
      expect(read).equal(1);
      expect(tail.state, `offset ${offset - at(1)} of the frame`).equal('broken');
    }
  });

  it('calls broken a byte in the zeros', async () => {
    const bytes = await write([3]);
    for (const offset of [at(3), at(3) + 1, at(3) + 5000, bytes.length - 100]) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(0x20, offset);
      expect(change(changed), `offset ${offset}`).nested.include({
        read: 3,
        'tail.state': 'broken',
        'tail.droppedBytes': offset + 1 - at(3),
      });
    }
  });

  it('knows a header that is changed, torn or not there yet', async () => {
    const bytes = await write([2]);
    for (let offset = 0; offset < 16; offset++) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(offset) ^ 0x01, offset);
      expect(change(changed)).nested.include({ read: 0, 'tail.state': 'broken', 'tail.offset': 0 });
    }
    expect(change(Buffer.alloc(0)).tail).include({ state: 'clean', droppedBytes: 0 });
    expect(change(Buffer.alloc(4096)).tail).include({ state: 'clean', droppedBytes: 0 });
    expect(change(bytes.subarray(0, 7)).tail).include({ state: 'torn', droppedBytes: 7 });
  });

  describe('with several segments', () => {
    /** Fills two segments and a bit. */
    async function writeMany(): Promise<string[]> {
      const writer = setup.open().openWriter();
      wid = writer.wid;
      for (let round = 0; round < 10; round++) {
        const entries = Array.from({ length: 60 }, (_, index) => entryOf(round * 60 + index, 60_000));
        await Promise.all(entries.map((entry) => writer.append({ entry, as: 'plain' })));
      }
      await writer.close();
      return fs.readdirSync(join(setup.directory, 'segments')).sort();
    }

    it('goes on from one to the next', async () => {
      const names = await writeMany();
      expect(names).deep.equal(upTo(3).map((number) => `${wid}-00000${number}.seg`));
      const source = openSegmentStoreForReading(setup.directory);
      expect(numbersOf(setup.open(), wid)).deep.equal(upTo(600));
      expect(source.reader(wid).tail()).include({ state: 'clean', file: `segments/${wid}-000002.seg` });
    });

    it('finds one that is missing', async () => {
      const names = await writeMany();
      const files = [...setup.open().reader(wid).entries()].map(({ file }) => file);
      for (const [index, read] of [
        [0, 0],
        [1, files.lastIndexOf(files[0] ?? '') + 1],
      ] as const) {
        const target = join(setup.directory, 'segments', names[index] ?? '');
        const bytes = fs.readFileSync(target);
        fs.rmSync(target);
        const reader = openSegmentStoreForReading(setup.directory).reader(wid);
        expect([...reader.entries()], `segment ${index}`).length(read);
        expect(reader.tail()).include({ state: 'broken', file: `segments/${names[index]}`, offset: 0 });
        fs.writeFileSync(target, bytes, { mode: 0o600 });
      }
    });

    it('finds entries of a later one that were written when more was durable', async () => {
      const names = await writeMany();
      const target = join(setup.directory, 'segments', names[0] ?? '');
      fs.truncateSync(target, 1_000_000);
      expect(openSegmentStoreForReading(setup.directory).reader(wid).tail()).include({ state: 'broken' });
    });
  });

  it('tells of rights, and reads all the same', async () => {
    await write([2]);
    fs.chmodSync(path, 0o644);
    fs.chmodSync(setup.directory, 0o755);
    const source = openSegmentStoreForReading(setup.directory);
    expect([...source.reader(wid).entries()]).length(2);
    expect(source.faults()).length(2);
    expect(source.faults().join('\n')).match(/got mode 0755, expected 0700[^]*got mode 0644, expected 0600/);
  });

  it('reads a copy, which has no rights to be changed and no writer that is alive', async () => {
    await write([5]);
    const copy = join(setup.root, 'copy');
    fs.cpSync(setup.directory, copy, { recursive: true, filter: (name) => !name.endsWith('.sock') });
    for (const name of fs.readdirSync(join(copy, 'segments'))) fs.chmodSync(join(copy, 'segments', name), 0o400);
    for (const folder of ['segments', 'live', '.']) fs.chmodSync(join(copy, folder), 0o500);
    const before = fs.readdirSync(copy, { recursive: true }).length;
    const source = openSegmentStoreForReading(copy);
    expect([...source.reader(wid).entries()]).length(5);
    expect(await source.liveness(wid)).equal('dead');
    expect(fs.readdirSync(copy, { recursive: true })).length(before);
    for (const folder of ['.', 'segments', 'live']) fs.chmodSync(join(copy, folder), 0o700);
  });

  it('says that there is no ledger', () => {
    expect(codeOf(() => openSegmentStoreForReading(join(setup.root, 'none')))).equal('AUDIT_LEDGER_UNREADABLE');
  });
});
