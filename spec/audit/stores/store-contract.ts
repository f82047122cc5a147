import { createHash } from 'node:crypto';

import { expect } from 'chai';

import type { LedgerStore, LedgerWriter, StoredPayload } from '#lib/audit/stores/store.js';

/** Limits that a store of a spec is opened with. */
export interface Limits {
  readonly deadlineMs?: number;
  readonly maxQueue?: number;
  readonly maxQueueBytes?: number;
}

/** A store under test, at a place of its own. */
export interface StoreSetup {
  /** Opens the store; every call at the same place. */
  open(limits?: Limits): LedgerStore;
  /** Forces faults; undefined where there is nothing below that fails. */
  readonly faults?: StoreFaults | undefined;
  /** Ends everything that is open and removes the place. */
  dispose(): Promise<void>;
}

/** Faults below a store. */
export interface StoreFaults {
  /** The next sync of entries fails, after it was done or without. */
  failSync(persists: boolean): void;
  /** The next write of entries fails. */
  failWrite(): void;
  /** Every write takes only so many bytes. */
  shortenWrites(bytes: number): void;
  /** Syncs of entries do not return until `release` is called. */
  hangSyncs(): void;
  release(): void;
  /** Syncs of entries that were asked for. */
  syncs(): number;
}

/** Bytes of an entry with a number in it. */
export function entryOf(number: number, bytes = 200): Buffer {
  return Buffer.from(JSON.stringify({ number, pad: 'x'.repeat(bytes) }));
}

/** A payload as the vault hands it over. */
export function payloadOf(text: string): StoredPayload {
  const bytes = Buffer.from(text.repeat(50));
  return { ref: createHash('sha256').update(bytes).digest('hex'), bytes };
}

/** Appends entries with numbers from a first one on. */
export function appendMany(writer: LedgerWriter, first: number, count: number): Promise<void>[] {
  return Array.from({ length: count }, (_, index) => {
    writer.admit('plain', 220);
    return writer.append({ entry: entryOf(first + index), as: 'plain' });
  });
}

/** The numbers in the entries of a writer. */
export function numbersOf(store: LedgerStore, wid: string): number[] {
  return [...store.reader(wid).entries()].map(
    ({ bytes }) => (JSON.parse(Buffer.from(bytes).toString()) as { number: number }).number,
  );
}

/** The code of what a function throws. */
export function codeOf(run: () => void): unknown {
  try {
    run();
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
  return undefined;
}

/** The code of what a promise rejects with. */
export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
  return undefined;
}

/** Numbers from 0. */
export function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

/** What every store holds to. */
export function describeStore(create: () => StoreSetup): void {
  let setup: StoreSetup;
  let store: LedgerStore;
  let writer: LedgerWriter;

  beforeEach(() => {
    setup = create();
    store = setup.open();
    writer = store.openWriter();
  });
  afterEach(() => setup.dispose());

  it('gives back what was appended, in the order of the calls', async () => {
    await Promise.all(appendMany(writer, 0, 1500));
    expect(numbersOf(store, writer.wid)).deep.equal(upTo(1500));
    expect(store.reader(writer.wid).tail()).deep.include({ state: 'clean', droppedBytes: 0 });
  });

  it('gives bytes of every length back unchanged', async () => {
    const entries = [2, 3, 491, 492, 493, 4096, 61_440].map((length) => Buffer.alloc(length, 97));
    for (const entry of entries) void writer.append({ entry, as: 'plain' });
    await writer.close();
    const read = [...store.reader(writer.wid).entries()].map(({ bytes }) => Buffer.from(bytes));
    expect(read.map((bytes, index) => bytes.equals(entries[index] ?? Buffer.alloc(0)))).deep.equal(
      entries.map(() => true),
    );
  });

  it('resolves in the order of the calls, and counts entries as durable before', async () => {
    const order: number[] = [];
    const counts: number[] = [];
    await Promise.all(
      appendMany(writer, 0, 1200).map(async (promise, index) => {
        await promise;
        order.push(index);
        counts.push(writer.durable - index);
      }),
    );
    expect(order).deep.equal(upTo(1200));
    expect(Math.min(...counts)).greaterThan(0);
  });

  it('copies an entry before append returns', async () => {
    const entry = entryOf(7);
    const promise = writer.append({ entry, as: 'plain' });
    entry.fill(0);
    await promise;
    expect(numbersOf(store, writer.wid)).deep.equal([7]);
  });

  it('keeps a chain for each writer, oldest first', async () => {
    const other = store.openWriter();
    await Promise.all([...appendMany(writer, 0, 10), ...appendMany(other, 100, 10)]);
    expect(store.writers()).deep.equal([writer.wid, other.wid]);
    expect(numbersOf(store, other.wid)).deep.equal(upTo(10).map((number) => number + 100));
  });

  it('tells the same identity every time', () => {
    expect(Buffer.from(store.identity()).toString()).match(/^\{"createdAt":"[^"]+","format":"spanwright-ledger\/1"/);
    expect(Buffer.from(store.identity())).deep.equal(Buffer.from(setup.open().identity()));
  });

  it('writes in the call what waits and what is added', async () => {
    const before = appendMany(writer, 0, 700);
    writer.appendSync({ entry: entryOf(700), as: 'plain' });
    expect(writer.durable).equal(701);
    const after = appendMany(writer, 701, 50);
    await Promise.all([...before, ...after]);
    writer.appendSync({ entry: entryOf(751), as: 'plain' });
    expect(numbersOf(store, writer.wid)).deep.equal(upTo(752));
    expect(store.gauges()).deep.include({ queued: 0, queuedBytes: 0, entries: 752 });
  });

  it('has a payload as soon as its entry is durable', async () => {
    const [first, second] = [payloadOf('first'), payloadOf('second')];
    await writer.append({ entry: entryOf(0), as: 'plain', payload: first });
    expect(store.payload(first.ref)).deep.equal(first.bytes);
    writer.appendSync({ entry: entryOf(1), as: 'plain', payload: second });
    expect(store.payload(second.ref)).deep.equal(second.bytes);
    expect(store.payload('0'.repeat(64))).equal(undefined);
    expect(writer.canKeep(1000)).equal(true);
    await writer.close();
    expect(setup.open().payload(first.ref)).deep.equal(first.bytes);
  });

  it('closes after what was handed over, twice as well, and takes nothing then', async () => {
    void appendMany(writer, 0, 600);
    await writer.close();
    await writer.close();
    writer.closeSync();
    expect(numbersOf(store, writer.wid)).deep.equal(upTo(600));
    expect(codeOf(() => writer.admit('outcome', 10))).equal('AUDIT_CLOSED');
    expect(await rejectionOf(writer.append({ entry: entryOf(0), as: 'plain' }))).equal('AUDIT_CLOSED');
    expect(codeOf(() => writer.appendSync({ entry: entryOf(0), as: 'plain' }))).equal('AUDIT_CLOSED');
  });

  it('closes in the call', async () => {
    const promises = appendMany(writer, 0, 600);
    writer.closeSync();
    expect(numbersOf(store, writer.wid)).deep.equal(upTo(600));
    await Promise.all(promises);
    await writer.close();
  });

  it('takes nothing once it is doomed, and still writes what it has', async () => {
    const promises = appendMany(writer, 0, 20);
    const doom = new Error('an outcome was lost');
    writer.doom(doom);
    writer.doom(new Error('later'));
    expect(writer.poison).equal(doom);
    expect(() => writer.admit('outcome', 10)).throw(doom.message);
    await Promise.all(promises);
    expect(numbersOf(store, writer.wid)).deep.equal(upTo(20));
  });
}
