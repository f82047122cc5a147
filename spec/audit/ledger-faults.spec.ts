import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import type { Ledger, LedgerOptions } from '#lib/audit/ledger.js';
import { openLedger, openLedgerWith } from '#lib/audit/open-ledger.js';
import { verify } from '#lib/audit/read/verify.js';
import { codeOf, START } from './recorded-ledger.js';
import type { Operation } from './stores/faulty-file-system.js';
import { FaultyFileSystem } from './stores/faulty-file-system.js';

const isOf =
  (suffix: string, kind: Operation['kind']) =>
  (operation: Operation): boolean =>
    operation.path.endsWith(suffix) && operation.kind === kind;

/** The steps that make an entry durable. */
const STEPS = {
  'write of the payload': isOf('.journal', 'write'),
  'sync of the payload': isOf('.journal', 'sync'),
  'write of the leaf': isOf('.seg', 'write'),
  'sync of the leaf': isOf('.seg', 'sync'),
};

describe('faults of a ledger in a folder', () => {
  let root: string;
  let directory: string;
  let files: FaultyFileSystem;
  let ledger: Ledger;

  async function open(options: Partial<LedgerOptions> = {}): Promise<void> {
    root = mkdtempSync(join(tmpdir(), 'spanwright-faults-'));
    directory = join(root, 'ledger');
    files = new FaultyFileSystem();
    ledger = await openLedgerWith({ directory, level: 'requestResponse', ...options }, { files });
  }

  async function openAgain(): Promise<void> {
    files.fault = () => undefined;
    files.release();
    ledger.closeSync();
    const next = await openLedger({ directory });
    await next.close();
  }

  afterEach(() => {
    files.fault = () => undefined;
    files.release();
    ledger.closeSync();
    rmSync(root, { recursive: true });
  });

  for (const [step, isStep] of Object.entries(STEPS)) {
    for (const persists of [true, false]) {
      const what = `when the ${step} fails${persists ? ' and was done all the same' : ''}`;

      it(`makes no call ${what}`, async () => {
        await open();
        // From here on there is a journal: one that cannot be made refuses the call and leaves no doubt.
        await (await ledger.begin({ ...START, request: { value: 0 } })).end({ status: 'ok' });
        files.fault = (operation) => (isStep(operation) ? { fail: 'EIO', persists } : undefined);
        expect(await codeOf(ledger.begin({ ...START, request: { value: 1 } }))).equal('AUDIT_INTENT_NOT_DURABLE');
        expect(await codeOf(ledger.begin(START))).equal('AUDIT_POISONED');
        await openAgain();
        const report = await verify(directory, { payloads: true });
        expect(report.problems.filter(({ severity }) => severity === 'tampered')).deep.equal([]);
        expect(report.dangling).equal(0);
        expect(report.unknown).lessThan(2);
      });

      it(`withholds the result ${what}`, async () => {
        await open();
        const call = await ledger.begin({ ...START, request: { value: 1 } });
        files.fault = (operation) => (isStep(operation) ? { fail: 'EIO', persists } : undefined);
        expect(await codeOf(call.end({ status: 'ok', response: { value: 2 } }))).equal('AUDIT_OUTCOME_LOST');
        expect(await codeOf(ledger.begin(START))).equal('AUDIT_POISONED');
        await openAgain();
        const report = await verify(directory, { payloads: true });
        expect(report.problems.filter(({ severity }) => severity === 'tampered')).deep.equal([]);
        expect(report).include({ calls: 1, dangling: 0 });
      });
    }
  }

  it('goes on in the same process when it is told to, with one outcome for each call', async () => {
    await open();
    const calls = [await ledger.begin(START), await ledger.begin(START)];
    files.fault = (operation) => (STEPS['sync of the leaf'](operation) ? { fail: 'EIO' } : undefined);
    expect(await Promise.all(calls.map(async (call) => codeOf(call.end({ status: 'ok' }))))).deep.equal([
      'AUDIT_OUTCOME_LOST',
      'AUDIT_OUTCOME_LOST',
    ]);
    files.fault = () => undefined;
    expect((await ledger.recover()).writers).equal(1);
    const call = await ledger.begin(START);
    await call.end({ status: 'ok' });
    await ledger.close();
    const report = await verify(directory, { payloads: true });
    expect(report.problems.filter(({ severity }) => severity === 'tampered')).deep.equal([]);
    expect(report).include({ writers: 2, calls: 3, dangling: 0 });
  });

  it('syncs what a process left before it says anything of it', async () => {
    await open();
    await ledger.begin({ ...START, request: { value: 1 } });
    await ledger.close(1);
    const [gone = ''] = readdirSync(join(directory, 'segments'));
    files = new FaultyFileSystem();
    ledger = await openLedgerWith({ directory }, { files });
    const synced = files.asked.findIndex(({ kind, path }) => kind === 'sync' && path.endsWith(gone));
    const said = files.asked.findLastIndex(({ kind, path }) => kind === 'write' && path.endsWith('.seg'));
    expect(synced).within(0, said);
  });

  it('refuses a call whose sync takes too long, and says later that it was not made', async () => {
    await open({ deadlineMs: 500 });
    files.fault = (operation) => (STEPS['sync of the leaf'](operation) ? { hang: true } : undefined);
    expect(await codeOf(ledger.begin(START))).equal('AUDIT_INTENT_NOT_DURABLE');
    files.fault = () => undefined;
    files.release();
    const call = await ledger.begin(START);
    await call.end({ status: 'ok' });
    await ledger.close();
    const report = await verify(directory);
    expect(report).include({ exitCode: 0 });
    expect(report).include({ dangling: 0, unknown: 0 });
  });

  it('withholds a result whose sync takes too long', async () => {
    await open({ deadlineMs: 500 });
    const call = await ledger.begin(START);
    files.fault = (operation) => (STEPS['sync of the leaf'](operation) ? { hang: true } : undefined);
    expect(await codeOf(call.end({ status: 'ok' }))).equal('AUDIT_OUTCOME_LOST');
    await openAgain();
    expect(await verify(directory)).include({ dangling: 0 });
  });
});
