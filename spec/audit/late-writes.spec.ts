import fs from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';

import { expect } from 'chai';

import type { Ledger } from '#lib/audit/ledger.js';
import { openLedger, openLedgerWith } from '#lib/audit/open-ledger.js';
import { verify } from '#lib/audit/read/verify.js';
import { codeOf, START } from './recorded-ledger.js';
import { PlainFileSystem } from './stores/plain-file-system.js';
import { makeFolder } from './stores/segment-setup.js';

/** A file system that writes to one file only when it is told to go on. */
class HeldFileSystem extends PlainFileSystem {
  held: string | undefined;
  readonly #waiting: (() => void)[] = [];

  release(): void {
    this.held = undefined;
    for (const go of this.#waiting.splice(0)) go();
  }

  override write(...args: Parameters<PlainFileSystem['write']>): void {
    if (this.pathOf(args[0]) === this.held) this.#waiting.push(() => super.write(...args));
    else super.write(...args);
  }
}

describe('entries that arrive late', () => {
  let root: string;
  let directory: string;
  let files: HeldFileSystem;
  let ledger: Ledger;

  beforeEach(async () => {
    root = makeFolder();
    directory = join(root, 'ledger');
    files = new HeldFileSystem();
    ledger = await openLedgerWith({ directory, level: 'metadata', deadlineMs: 300 }, { files });
    const call = await ledger.begin(START);
    const [segment = ''] = fs.readdirSync(join(directory, 'segments'));
    files.held = join(directory, 'segments', segment);
    expect(await codeOf(call.end({ status: 'ok' }))).equal('AUDIT_OUTCOME_LOST');
  });
  afterEach(async () => {
    files.release();
    await ledger.close().catch(() => undefined);
    fs.rmSync(root, { recursive: true });
  });

  it('are waited for by whoever recovers the ledger', async () => {
    expect(await codeOf(ledger.recover())).equal('AUDIT_POISONED');
    expect(await codeOf(ledger.begin(START))).equal('AUDIT_POISONED');
    files.release();
    expect(await ledger.recover()).include({ unknown: 0 });
    const call = await ledger.begin(START);
    await call.end({ status: 'ok' });
    await ledger.close();
    expect(await verify(directory)).deep.include({ exitCode: 0, problems: [] });
  });

  it('keep their writer alive for other processes, also after it was closed', async () => {
    await ledger.close().catch(() => undefined);
    const other = await openLedger({ directory });
    files.release();
    while (fs.readdirSync(join(directory, 'live')).length > 1) await nextTurn();
    await other.recover();
    await other.close();
    expect((await verify(directory)).problems.filter(({ severity }) => severity === 'tampered')).deep.equal([]);
  });
});
