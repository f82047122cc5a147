import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';

import { expect } from 'chai';

import { openSegmentStoreForReading } from '#lib/audit/stores/segment-archive.js';
import type { LedgerWriter } from '#lib/audit/stores/store.js';

import type { Operation } from './faulty-file-system.js';
import { PlainFileSystem } from './plain-file-system.js';
import { SegmentSetup } from './segment-setup.js';
import { entryOf, numbersOf, upTo } from './store-contract.js';

/** A file system that lets something happen before a file is opened, once. */
class InterruptedFileSystem extends PlainFileSystem {
  readonly #end: string;
  #interrupt: (() => void) | undefined;

  constructor(end: string, interrupt: () => void) {
    super();
    this.#end = end;
    this.#interrupt = interrupt;
  }

  override openSync(path: string, flags: number, mode?: number): number {
    if (path.endsWith(this.#end)) {
      this.#interrupt?.();
      this.#interrupt = undefined;
    }
    return super.openSync(path, flags, mode);
  }
}

describe('reading what is being written', () => {
  let setup: SegmentSetup;
  let writer: LedgerWriter;
  beforeEach(() => {
    setup = new SegmentSetup();
    // Zeros are ready sooner where they do not wait for the disk, so that a write in the call needs no new segment.
    setup.files.throughFlag = 0;
    writer = setup.open().openWriter();
  });
  afterEach(() => setup.dispose());

  function add(first: number, count: number): void {
    for (const index of upTo(count)) writer.appendSync({ entry: entryOf(first + index, 60_000), as: 'plain' });
  }

  it('goes on with entries that come while it reads', () => {
    add(0, 10);
    const reader = openSegmentStoreForReading(setup.directory).reader(writer.wid);
    let read = 0;
    for (const entry of reader.entries()) {
      expect(entry.offset).greaterThan(0);
      read++;
      if (read === 10) add(10, 5);
    }
    expect(read).equal(15);
    expect(reader.tail().state).equal('clean');
  });

  it('leaves no entry out that came into a segment before the next was begun', async () => {
    const store = setup.open();
    let count = 0;
    // Until the next one is prepared, and nothing is in it.
    const isPrepared = ({ path, isSync }: Operation): boolean => path.endsWith('segments') && !isSync;
    while (!setup.files.asked.some(isPrepared)) {
      if (!setup.files.asked.some(({ path }) => path.endsWith('-000001.seg'))) add(count++, 1);
      await nextTurn();
    }
    await wait(100);
    const files = new InterruptedFileSystem('-000001.seg', () => add(count, 60));
    const reader = openSegmentStoreForReading(setup.directory, files).reader(writer.wid);
    const names = new Set<string>();
    let read = 0;
    for (const { bytes, file } of reader.entries()) {
      expect((JSON.parse(Buffer.from(bytes).toString()) as { number: number }).number).equal(read);
      names.add(file);
      read++;
    }
    // Those of a third segment came after the reader had looked which there are.
    expect(read).greaterThan(count + 20);
    expect(names.size).equal(2);
    expect(reader.tail().state).equal('clean');
    expect(numbersOf(store, writer.wid)).deep.equal(upTo(count + 60));
  }).timeout(30_000);
});
