import fs from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';

import { expect } from 'chai';

import { openSegmentStoreForReading } from '#lib/audit/stores/segment-archive.js';
import type { LedgerStore, LedgerWriter, StoredTail } from '#lib/audit/stores/store.js';

import { CarelessFileSystem, type Keeps, PowerLossFileSystem } from './power-loss-file-system.js';
import { createRandom } from './random.js';
import { makeFolder, openTracked } from './segment-setup.js';
import { entryOf, payloadOf, upTo } from './store-contract.js';

interface Found {
  readonly numbers: readonly number[];
  readonly payloads: readonly boolean[];
  readonly tail: StoredTail;
}

describe('a power failure', () => {
  let root: string;
  let files: PowerLossFileSystem;
  let store: LedgerStore;
  let writers: LedgerWriter[];

  function begin(create: (disk: string) => PowerLossFileSystem): LedgerWriter {
    root = makeFolder();
    fs.mkdirSync(join(root, 'disk'), { mode: 0o700 });
    files = create(join(root, 'disk'));
    writers = [];
    store = openTracked({ directory: join(root, 'disk', 'ledger'), files, minFreeBytes: 0 }, writers);
    return store.openWriter();
  }
  afterEach(async () => {
    for (const writer of writers) await writer.close();
    fs.rmSync(root, { recursive: true });
  });

  /** What is found in an image as of now; every third entry has a payload. */
  function lookAtImage(wid: string, keeps?: Keeps): Found {
    const image = join(root, 'image');
    files.writeImage(image, keeps);
    const source = openSegmentStoreForReading(join(image, 'ledger'));
    const reader = source.reader(wid);
    const numbers = [...reader.entries()].map(({ bytes }) => numberOf(bytes));
    const payloads = numbers.map(
      (number) => number % 3 > 0 || source.payload(payloadOf(`${number}`).ref) !== undefined,
    );
    const tail = reader.tail();
    fs.rmSync(image, { recursive: true });
    return { numbers, payloads, tail };
  }

  function append(writer: LedgerWriter, number: number): Promise<void> {
    const payload = number % 3 === 0 ? payloadOf(`${number}`) : undefined;
    return writer.append({ entry: entryOf(number), as: 'plain', payload });
  }

  it('takes no entry that was acknowledged, nor its payload', async () => {
    const writer = begin((disk) => new PowerLossFileSystem(disk));
    for (let round = 0, first = 0; round < 15; round++) {
      const count = 1 + ((round * 7) % 20);
      await Promise.all(upTo(count).map((index) => append(writer, first + index)));
      first += count;
      if (round % 4 === 0) writer.appendSync({ entry: entryOf(first), as: 'plain', payload: payloadOf(`${first++}`) });
      expect(lookAtImage(writer.wid)).deep.include({ numbers: upTo(first), payloads: upTo(first).map(() => true) });
    }
  }).timeout(60_000);

  it('takes none that was acknowledged in an earlier segment, and none when the writer closed', async () => {
    const writer = begin((disk) => new PowerLossFileSystem(disk));
    for (let round = 0; round < 7; round++) {
      const entries = upTo(60).map((index) => entryOf(3 * (round * 60 + index) + 1, 60_000));
      await Promise.all(entries.map((entry) => writer.append({ entry, as: 'plain' })));
    }
    expect(fs.readdirSync(join(root, 'disk', 'ledger', 'segments'))).length.greaterThan(1);
    expect(lookAtImage(writer.wid).numbers).length(420);
    await writer.close();
    expect(lookAtImage(writer.wid)).nested.include({ 'numbers.length': 420, 'tail.state': 'clean' });
  }).timeout(60_000);

  const seed = Number(process.env['SEED'] ?? 20_261_121);
  it(`leaves nothing that looks changed, whichever sectors survive (seed ${seed})`, async () => {
    const random = createRandom(seed);
    const writer = begin((disk) => new PowerLossFileSystem(disk));
    const states = new Set<string>();
    for (let round = 0, first = 0; round < 15; round++) {
      const count = 1 + Math.floor(random() * 12);
      const promises = upTo(count).map((index) => append(writer, first + index));
      // The group is written, and its sync has not returned.
      for (let turn = 0; turn < 200 && writer.durable === first; turn++) {
        await nextTurn();
        const chance = random();
        if (turn % 4 > 0) continue;
        const acknowledged = writer.durable;
        const { numbers, tail } = lookAtImage(writer.wid, () => random() < chance);
        expect(numbers.slice(0, acknowledged)).deep.equal(upTo(acknowledged));
        expect(numbers).deep.equal(upTo(numbers.length));
        expect(tail.state, tail.problem).not.equal('broken');
        states.add(tail.state);
      }
      await Promise.all(promises);
      first += count;
    }
    expect([...states].sort()).deep.equal(['clean', 'torn']);
  }).timeout(60_000);

  it('takes what a store only said that it synced', async () => {
    const writer = begin((disk) => new CarelessFileSystem(disk));
    await Promise.all(upTo(200).map((number) => append(writer, number)));
    expect(lookAtImage(writer.wid).numbers).deep.equal([]);
    expect([...store.reader(writer.wid).entries()]).length(200);
  });
});

function numberOf(bytes: Uint8Array): number {
  return (JSON.parse(Buffer.from(bytes).toString()) as { number: number }).number;
}
