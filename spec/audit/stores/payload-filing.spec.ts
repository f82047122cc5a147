import fs from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';

import { expect } from 'chai';

import { fileJournal } from '#lib/audit/stores/payload-filing.js';
import type { LedgerStore, LedgerWriter } from '#lib/audit/stores/store.js';

import type { Fault, Operation } from './faulty-file-system.js';
import { SegmentSetup } from './segment-setup.js';
import { entryOf, payloadOf, rejectionOf, upTo } from './store-contract.js';

const COUNT = 30;

describe('payloads of the segment store', () => {
  let setup: SegmentSetup;
  let store: LedgerStore;
  let writer: LedgerWriter;
  let folder: string;

  beforeEach(() => {
    setup = new SegmentSetup();
    store = setup.open();
    writer = store.openWriter();
    folder = join(setup.directory, 'payloads');
  });
  afterEach(() => setup.dispose());

  const append = (number: number): Promise<void> =>
    writer.append({ entry: entryOf(number), as: 'plain', payload: payloadOf(`${number}`) });
  const journals = (): string[] => fs.readdirSync(folder).filter((name) => name.endsWith('.journal'));
  const files = (): number =>
    fs.readdirSync(folder, { recursive: true }).filter((name) => /[0-9a-f]{64}$/.test(String(name))).length;
  const missing = (): number[] =>
    upTo(COUNT).filter((number) => {
      const { ref, bytes } = payloadOf(`${number}`);
      return !Buffer.from(store.payload(ref) ?? []).equals(bytes);
    });

  it('wait in a journal, and are files when the writer is closed', async () => {
    await Promise.all(upTo(COUNT).map(append));
    expect(journals()).deep.equal([`${writer.wid}-000000.journal`]);
    expect(store.gauges().pendingPayloads).equal(COUNT);
    expect(missing()).deep.equal([]);
    await writer.close();
    expect(journals()).deep.equal([]);
    expect(store.gauges().pendingPayloads).equal(0);
    expect(missing()).deep.equal([]);
    const { ref, bytes } = payloadOf('3');
    expect(fs.readFileSync(join(folder, ref.slice(0, 2), ref)).equals(bytes)).equal(true);
  });

  it('are files after a second without any', async () => {
    await Promise.all(upTo(COUNT).map(append));
    while (store.gauges().pendingPayloads > 0) await nextTurn();
    expect(missing()).deep.equal([]);
    await append(COUNT);
    expect(store.payload(payloadOf(`${COUNT}`).ref)).deep.equal(payloadOf(`${COUNT}`).bytes);
  });

  it('are files when a journal is full', async () => {
    const bytes = (number: number): Buffer => Buffer.alloc(1_000_000, number);
    for (const number of upTo(20)) {
      await writer.append({ entry: entryOf(number), as: 'plain', payload: { ref: `${number}`, bytes: bytes(number) } });
    }
    expect(fs.existsSync(join(folder, `${writer.wid}-000001.journal`))).equal(true);
    while (store.gauges().pendingPayloads > 0) await nextTurn();
    await writer.close();
    expect(journals()).deep.equal([]);
    expect(files()).equal(20);
  });

  it('become files slowly while somebody writes, and at once when nobody does', async () => {
    const bytes = (number: number): Buffer => Buffer.alloc(100_000, number);
    for (const number of upTo(180)) {
      await writer.append({ entry: entryOf(number), as: 'plain', payload: { ref: `${number}`, bytes: bytes(number) } });
    }
    const full = 167;
    const until = performance.now() + 500;
    for (let number = 180; performance.now() < until; number++) {
      await writer.append({ entry: entryOf(number), as: 'plain' });
    }
    expect(files()).within(1, 60);
    while (files() < full) await nextTurn();
    expect(performance.now() - until).below(20_000);
  }).timeout(30_000);

  it('larger than a journal are kept as well', async () => {
    const large = Buffer.alloc(20_000_000, 5);
    await writer.append({ entry: entryOf(0), as: 'plain', payload: { ref: 'a', bytes: large } });
    writer.appendSync({ entry: entryOf(1), as: 'plain', payload: payloadOf('1') });
    await writer.close();
    expect(store.payload(payloadOf('1').ref)).not.equal(undefined);
  });

  it('are written before their entries, and synced before the entry is acknowledged', async () => {
    setup.files.asked.length = 0;
    await append(0);
    // Without the zeros that are written ahead.
    const asked = setup.files.asked.filter(({ length }) => length < 100_000);
    const order = asked.map(({ kind, path }) => `${kind} ${path.endsWith('.seg') ? 'entries' : 'payloads'}`);
    expect(order.slice(-4)).deep.equal(['write payloads', 'sync payloads', 'write entries', 'sync entries']);
  });

  const steps: Record<string, (operation: Operation) => boolean> = {
    'a write of a payload': ({ kind, path }) => kind === 'write' && path.endsWith('.journal'),
    'a sync of a payload': ({ kind, path }) => kind === 'sync' && path.endsWith('.journal'),
    'a write of an entry': ({ kind, path }) => kind === 'write' && path.endsWith('.seg'),
    'a sync of an entry': ({ kind, path }) => kind === 'sync' && path.endsWith('.seg'),
  };
  for (const [step, matches] of Object.entries(steps)) {
    for (const persists of [true, false]) {
      it(`poison the writer where ${step} fails and was ${persists ? '' : 'not '}done`, async () => {
        await Promise.all([append(0), append(1)]);
        const fault: Fault = { fail: 'EIO', persists };
        let failed = 0;
        setup.files.fault = (operation) => (matches(operation) && failed++ === 0 ? fault : undefined);
        expect(await rejectionOf(append(2))).equal('AUDIT_POISONED');
        const after = setup.files.asked.length;
        expect(await rejectionOf(append(3))).equal('AUDIT_POISONED');
        await writer.close();
        expect(setup.files.asked.slice(after).filter(({ kind }) => kind === 'sync')).deep.equal([]);
        expect([...store.reader(writer.wid).entries()].length).within(2, 3);
        expect(store.payload(payloadOf('1').ref)).deep.equal(payloadOf('1').bytes);
        const next = store.openWriter();
        await next.append({ entry: entryOf(4), as: 'plain', payload: payloadOf('4') });
        expect(store.payload(payloadOf('4').ref)).deep.equal(payloadOf('4').bytes);
      });
    }
  }

  for (const fault of ['EIO', 'ENOSPC']) {
    it(`stay in their journal where filing them fails with ${fault}`, async () => {
      await Promise.all(upTo(COUNT).map(append));
      let writes = 0;
      setup.files.fault = ({ path }) => (/\.[0-9a-f]{64}$/.test(path) && ++writes > 5 ? { fail: fault } : undefined);
      await writer.close();
      expect(writes).greaterThan(5);
      expect(journals()).length(1);
      expect(fs.readdirSync(folder, { recursive: true }).filter((name) => /\/\./.test(String(name)))).deep.equal([]);
      expect(missing()).deep.equal([]);
      expect(writer.poison).property('code', 'AUDIT_CLOSED');
      setup.files.fault = () => undefined;
      await fileJournal(setup.files, folder, join(folder, journals()[0] ?? ''));
      expect(journals()).deep.equal([]);
      expect(missing()).deep.equal([]);
    });
  }

  it('that are no files when closing has waited long enough stay in their journal, for the next start', async () => {
    await Promise.all(upTo(COUNT).map(append));
    const isDraft = ({ path }: Operation): boolean => /\.[0-9a-f]{64}$/.test(path);
    setup.files.fault = (operation) => (operation.kind === 'sync' && isDraft(operation) ? { delayMs: 150 } : undefined);
    await writer.close();
    expect(journals()).length(1);
    expect(missing()).deep.equal([]);
    const waiting = setup.files.asked.length;
    await pause(400);
    expect(setup.files.asked.slice(waiting).filter(isDraft)).deep.equal([]);
    setup.files.fault = () => undefined;
    const next = setup.open();
    const draft = join(folder, payloadOf('29').ref.slice(0, 2), `.${writer.wid}.${payloadOf('29').ref}`);
    fs.mkdirSync(join(draft, '..'), { recursive: true, mode: 0o700 });
    fs.writeFileSync(draft, 'begun', { mode: 0o600 });
    const second = next.openWriter();
    while (journals().length > 0) await nextTurn();
    expect(missing()).deep.equal([]);
    expect(fs.existsSync(draft)).equal(false);
    expect(next.gauges().pendingPayloads).equal(0);
    await second.close();
  });

  it('of a writer that lives are left to it', async () => {
    await append(0);
    const other = setup.open().openWriter();
    await other.append({ entry: entryOf(1), as: 'plain', payload: payloadOf('1') });
    await other.close();
    expect(journals()).deep.equal([`${writer.wid}-000000.journal`]);
  });

  it('are read up to where a journal is torn', async () => {
    await Promise.all(upTo(COUNT).map(append));
    const path = join(folder, journals()[0] ?? '');
    fs.truncateSync(path, 16 * 20 + Buffer.concat(upTo(20).map((number) => payloadOf(`${number}`).bytes)).length + 10);
    expect(missing()).deep.equal(upTo(COUNT).slice(20));
  });
});
