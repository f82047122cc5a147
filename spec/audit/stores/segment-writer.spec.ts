import fs from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';

import { expect } from 'chai';

import type { LedgerWriter } from '#lib/audit/stores/store.js';

import type { Operation } from './faulty-file-system.js';
import { SegmentSetup } from './segment-setup.js';
import { appendMany, codeOf, entryOf, numbersOf, rejectionOf, upTo } from './store-contract.js';

const ZEROS_BYTES = 1_048_576;
const isEntrySync = ({ kind, path, length }: Operation): boolean =>
  kind === 'sync' && path.endsWith('.seg') && length !== ZEROS_BYTES;

// Zeros that are still on their way would be written over what a spec puts there.
async function sizeAtRest(path: string): Promise<number> {
  let size = -1;
  while (size !== fs.statSync(path).size) {
    ({ size } = fs.statSync(path));
    // oxlint-disable-next-line no-await-in-loop
    await wait(50);
  }
  return size;
}

describe('the segment writer', () => {
  let setup: SegmentSetup;
  beforeEach(() => {
    setup = new SegmentSetup();
  });
  afterEach(() => setup.dispose());

  const segmentOf = ({ wid }: LedgerWriter): string => join(setup.directory, 'segments', `${wid}-000000.seg`);

  it('cuts the zeros when it is closed', async () => {
    for (const close of ['close', 'closeSync'] as const) {
      const writer = setup.open().openWriter();
      await Promise.all(appendMany(writer, 10, 3));
      const before = await sizeAtRest(segmentOf(writer));
      await writer[close]();
      const size = 16 + 3 * (20 + entryOf(10).length);
      expect({ isLarger: before > size, size: fs.statSync(segmentOf(writer)).size }).deep.equal({
        isLarger: true,
        size,
      });
    }
  });

  it('cuts nothing where there are no zeros, and says so', async () => {
    for (const close of ['close', 'closeSync'] as const) {
      const writer = setup.open().openWriter();
      await Promise.all(appendMany(writer, 10, 3));
      const size = await sizeAtRest(segmentOf(writer));
      const fd = fs.openSync(segmentOf(writer), 'r+');
      fs.writeSync(fd, 'x', size - 70_000);
      fs.closeSync(fd);
      let message = '';
      try {
        await writer[close]();
      } catch (error) {
        message = (error as Error).message;
      }
      expect(message).match(/are not ours/);
      expect(fs.statSync(segmentOf(writer)).size).equal(size);
    }
  });

  it('loses nobody who waits for a turn longer than for a sync, while syncs come back', async () => {
    const writer = setup.open({ deadlineMs: 200 }).openWriter();
    setup.files.fault = ({ kind }) => (kind === 'sync' ? { delayMs: 60 } : undefined);
    // A group holds 512 entries: ten of them take three deadlines.
    const all = await Promise.allSettled(appendMany(writer, 10, 5120));
    expect(all.filter(({ status }) => status === 'rejected')).deep.equal([]);
    await writer.close();
  });

  it('says in a frame how many entries were durable', async () => {
    const store = setup.open();
    const writer = store.openWriter();
    for (const count of [1, 5, 3]) await Promise.all(appendMany(writer, 0, count));
    const synced = [...store.reader(writer.wid).entries()].map((entry) => entry.synced);
    expect(synced).deep.equal([0, 1, 1, 1, 1, 1, 6, 6, 6]);
  });

  it('says in the first frame of a group that the group before is durable', async () => {
    const store = setup.open();
    const writer = store.openWriter();
    setup.hangSyncs();
    const promises = appendMany(writer, 0, 4);
    while (setup.syncs() === 0) await nextTurn();
    promises.push(...appendMany(writer, 4, 2));
    setup.release();
    await Promise.all(promises);
    expect([...store.reader(writer.wid).entries()].map(({ synced }) => synced)).deep.equal([0, 0, 0, 0, 4, 0]);
  });

  it('starts a group when the sync before returned, of at most 512 entries and 1 MiB', async () => {
    const store = setup.open();
    const writer = store.openWriter();
    setup.files.asked.length = 0;
    await Promise.all(appendMany(writer, 0, 1300));
    // The first 32 go ahead.
    expect(setup.files.asked.filter(isEntrySync)).length(4);
    setup.files.asked.length = 0;
    await Promise.all(upTo(40).map((number) => writer.append({ entry: entryOf(number, 60_000), as: 'plain' })));
    const writes = setup.files.asked.filter(({ kind, length }) => kind === 'write' && length !== ZEROS_BYTES);
    expect(Math.max(...writes.map(({ length }) => length))).most(1_048_576);
    expect(setup.files.asked.filter(isEntrySync).length).within(3, 5);
  });

  describe('where many are appended in one turn', () => {
    const groupsOf = async (writer: LedgerWriter): Promise<number> => {
      await Promise.all(appendMany(writer, 0, 1));
      setup.files.asked.length = 0;
      await Promise.all(appendMany(writer, 1, 60));
      return setup.files.asked.filter(isEntrySync).length;
    };

    it('writes 32 of them before its end on a quick disk', async () => {
      const writer = setup.open().openWriter();
      // Now and then the disk of the machine is not quick.
      while ((await groupsOf(writer)) !== 2) await nextTurn();
    });

    it('writes all of them at its end on a slow disk', async () => {
      const writer = setup.open().openWriter();
      setup.files.fault = (operation) => (isEntrySync(operation) ? { delayMs: 5 } : undefined);
      expect(await groupsOf(writer)).equal(1);
    });
  });

  it('takes a burst of 100,000 with a slow sync: none is lost, groups are large, memory stays bounded', async () => {
    const store = setup.open();
    const writer = store.openWriter();
    setup.files.fault = (operation) => (isEntrySync(operation) ? { delayMs: 5 } : undefined);
    setup.files.asked.length = 0;
    const before = process.memoryUsage().arrayBuffers;
    let last: Promise<void> = Promise.resolve();
    let refused = 0;
    for (let number = 0; number < 100_000; number++) {
      const entry = entryOf(number, 500);
      if (codeOf(() => writer.admit('plain', entry.length)) === undefined) last = writer.append({ entry, as: 'plain' });
      else refused++;
    }
    const grown = process.memoryUsage().arrayBuffers - before;
    expect(refused).equal(0);
    expect(store.gauges().queued).equal(100_000);
    await last;
    expect(writer.durable).equal(100_000);
    const syncs = setup.files.asked.filter(isEntrySync).length;
    expect(100_000 / syncs).greaterThan(25);
    // The queue's bytes and no multiple of them; entries of the spec itself wait for the collector.
    expect(grown).lessThan(3 * 67_108_864);
    setup.files.fault = () => undefined;
    await writer.close();
    expect(numbersOf(store, writer.wid)).deep.equal(upTo(100_000));
  }).timeout(60_000);

  it('leaves the loop alone while the disk hangs, and holds no more than its queue', async () => {
    const store = setup.open({ deadlineMs: 100, maxQueue: 1000 });
    const writer = store.openWriter();
    setup.files.fault = ({ isSync }) => (isSync ? undefined : { hang: true });
    const late: Promise<unknown>[] = [];
    const codes = new Set<unknown>();
    let turns = 0;
    for (const stop = performance.now() + 300; performance.now() < stop; turns++) {
      const code = codeOf(() => writer.admit('plain', 300));
      if (code === undefined) late.push(rejectionOf(writer.append({ entry: entryOf(turns), as: 'plain' })));
      else codes.add(code);
      await nextTurn();
    }
    expect([...codes]).deep.equal(['AUDIT_QUEUE_FULL']);
    expect(new Set(await Promise.all(late))).deep.equal(new Set(['AUDIT_INTENT_NOT_DURABLE']));
    expect(late).length(1000);
    expect(turns).greaterThan(1000);
    setup.release();
    while (writer.durable < 1000) await nextTurn();
    await writer.close();
  });

  it('does not care for the clock', async () => {
    const store = setup.open({ deadlineMs: 2000 });
    const writer = store.openWriter();
    const { now } = Date;
    try {
      for (const [index, hours] of [0, -1, 87_600, -87_600, 0].entries()) {
        Date.now = () => now() + hours * 3_600_000;
        await Promise.all(appendMany(writer, index * 20, 20));
        const other = store.openWriter();
        await Promise.all(appendMany(other, 0, 2));
      }
    } finally {
      Date.now = now;
    }
    await wait(0);
    expect(numbersOf(store, writer.wid)).deep.equal(upTo(100));
    expect(store.writers()).length(6);
  });

  it('says nothing when nobody waits for what failed', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', note);
    const writer = setup.open().openWriter();
    setup.failSync(false);
    void writer.append({ entry: entryOf(0), as: 'plain' });
    while (writer.poison === undefined) await nextTurn();
    await nextTurn();
    process.off('unhandledRejection', note);
    expect(unhandled).deep.equal([]);
  });
});
