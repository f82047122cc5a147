import { chmodSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { setTimeout as wait } from 'node:timers/promises';

import { expect } from 'chai';

import type { Ledger } from '#lib/audit/ledger.js';
import { createMemoryLedger } from '#lib/audit/memory-ledger.js';
import { openLedger, openLedgerSync } from '#lib/audit/open-ledger.js';
import { verify } from '#lib/audit/read/verify.js';
import { codeOf, kindsOf, START } from './recorded-ledger.js';

describe('ledger', () => {
  let root: string;
  let directory: string;
  const ledgers: Ledger[] = [];

  async function open(): Promise<Ledger> {
    const ledger = await openLedger({ directory });
    ledgers.push(ledger);
    return ledger;
  }

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'spanwright-ledger-'));
    directory = join(root, 'ledger');
  });
  afterEach(() => {
    for (const ledger of ledgers.splice(0)) ledger.closeSync();
    rmSync(root, { recursive: true });
  });

  it('records calls that verify', async () => {
    const ledger = await open();
    expect(ledger).include({ directory, isDurable: true });
    const call = await ledger.begin({ ...START, level: 'requestResponse', request: { value: { q: 1 } } });
    await call.end({ status: 'ok', response: { bytes: Buffer.from('{"a":1}'), media: 'application/json' } });
    await ledger.append({ kind: 'run', run: 'r1', data: { rows: 2 } });
    await ledger.close();
    await ledger.close();
    expect(await verify(directory, { payloads: true })).include({ exitCode: 0, status: 'intact' });
  });

  it('works in the call', async () => {
    const ledger = openLedgerSync({ directory });
    const call = ledger.beginSync({ ...START, request: { value: 1 } });
    call.endSync({ status: 'ok' });
    ledger.closeSync();
    expect(await verify(directory, { payloads: true })).include({ exitCode: 0 });
    expect(await codeOf(ledger.begin(START))).equal('AUDIT_CLOSED');
  });

  it('goes on in a new chain when it is opened again', async () => {
    await (await open()).close();
    await (await open()).close();
    await (await open()).close();
    expect(await verify(directory)).include({ exitCode: 0 });
    expect(readdirSync(join(directory, 'segments'))).length(3);
  });

  it('lets two open it at once, and calls of both are recorded', async () => {
    const both = await Promise.all([open(), open()]);
    await Promise.all(
      both.flatMap((ledger) =>
        Array.from({ length: 50 }, async (_, value) => {
          const call = await ledger.begin({ ...START, request: { value } });
          await call.end({ status: 'ok' });
        }),
      ),
    );
    await Promise.all(both.map(async (ledger) => ledger.close()));
    const report = await verify(directory, { payloads: true });
    expect(report).include({ exitCode: 0 });
    expect(report).include({ writers: 2, calls: 100, dangling: 0, unknown: 0 });
  });

  it('recovers a process that left calls behind, when eight open it at once', async () => {
    const gone = await open();
    await Promise.all([1, 2, 3].map(async () => gone.begin(START)));
    await gone.close(1);
    const openers = await Promise.all(Array.from({ length: 8 }, open));
    await Promise.all(openers.map(async (ledger) => ledger.close()));
    const report = await verify(directory);
    expect(report).include({ writers: 9, calls: 3, dangling: 0, unknown: 3 });
    expect(report.problems.filter(({ severity }) => severity === 'tampered')).deep.equal([]);
  });

  it('recovers in the background when it is opened in the call', async () => {
    const gone = await open();
    await gone.begin(START);
    await gone.close(1);
    const ledger = openLedgerSync({ directory });
    ledgers.push(ledger);
    expect(await ledger.recover()).include({ writers: 1, unknown: 1 });
    await ledger.close();
    expect(await verify(directory)).include({ dangling: 0, unknown: 1 });
  });

  it('recovers on its own when it is opened in the call', async () => {
    const gone = await open();
    await gone.begin(START);
    await gone.close(1);
    ledgers.push(openLedgerSync({ directory }));
    while ((await verify(directory)).unknown === 0) await wait(5);
    expect(await verify(directory)).include({ dangling: 0, unknown: 1 });
  });

  describe('keys', () => {
    const keys = (): string => `${directory}.keys`;

    it('stand in a folder of their own, for this user alone', async () => {
      await (await open()).close();
      expect(statSync(keys()).mode & 0o777).equal(0o700);
      const mode = statSync(join(keys(), 'ledger.key')).mode & 0o777;
      expect(mode).equal(0o600);
    });

    it('are refused where others may read them, or where they are links', async () => {
      await (await open()).close();
      chmodSync(join(keys(), 'ledger.key'), 0o640);
      expect(await codeOf(open())).equal('AUDIT_LEDGER_REFUSED');
      chmodSync(join(keys(), 'ledger.key'), 0o600);
      chmodSync(keys(), 0o755);
      expect(await codeOf(open())).equal('AUDIT_LEDGER_REFUSED');
      chmodSync(keys(), 0o700);
      renameSync(keys(), join(root, 'elsewhere'));
      symlinkSync(join(root, 'elsewhere'), keys());
      expect(await codeOf(open())).equal('AUDIT_LEDGER_REFUSED');
    });

    it('are refused where they are gone, damaged, of another ledger, or inside of the ledger', async () => {
      await (await open()).close();
      renameSync(join(keys(), 'ledger.key'), join(root, 'kept.key'));
      expect(await codeOf(open())).equal('AUDIT_LEDGER_REFUSED');
      const other = join(root, 'other');
      await (await openLedger({ directory: other })).close();
      renameSync(join(`${other}.keys`, 'ledger.key'), join(keys(), 'ledger.key'));
      expect(await codeOf(open())).equal('AUDIT_LEDGER_REFUSED');
      expect(await codeOf(openLedger({ directory: join(root, 'new'), keys: join(root, 'new', 'keys') }))).equal(
        'AUDIT_LEDGER_REFUSED',
      );
    });

    it('without their ledger are no new ledger', async () => {
      await (await open()).close();
      renameSync(directory, join(root, 'moved'));
      expect(await codeOf(open())).equal('AUDIT_LEDGER_MISSING');
    });

    it('keep no secrets that were not used', async () => {
      const ledger = await open();
      const call = await ledger.begin({ ...START, request: { value: 1 } });
      await call.end({ status: 'ok' });
      await ledger.close();
      await (await open()).close();
      const slots = readdirSync(keys()).filter((name) => name.endsWith('.slots'));
      expect(slots.map((name) => readFileSync(join(keys(), name)).length)).deep.equal([16 + 64]);
    });
  });

  it('is in memory where a test says so', async () => {
    const ledger = createMemoryLedger({ level: 'requestResponse' });
    const call = await ledger.begin({ ...START, request: { value: 'q' } });
    await call.end({ status: 'ok', response: { value: 'a' } });
    await ledger.close();
    expect(ledger).include({ directory: undefined, isDurable: false });
    expect(kindsOf(ledger.entries())).deep.equal(['genesis', 'policy', 'intent', 'outcome', 'close']);
    const outcome = ledger.entries().find((entry) => entry.kind === 'outcome');
    expect(ledger.payload(outcome?.kind === 'outcome' ? (outcome.res?.ref ?? '') : '')?.toString()).equal('"a"');
    expect(ledger.payload('0'.repeat(64))).equal(undefined);
  });

  it('refuses options that are none', () => {
    for (const options of [
      { deadlineMs: 9 },
      { maxQueue: 0.5 },
      { maxPayloadBytes: -1 },
      { level: 'all' as 'request' },
    ]) {
      expect(() => createMemoryLedger(options)).throw(RangeError, Object.keys(options)[0]);
    }
    expect(() => openLedgerSync({ directory: '' })).throw(TypeError, 'directory');
  });
});
