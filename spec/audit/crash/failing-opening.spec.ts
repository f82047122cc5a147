import { join } from 'node:path';
import { expect } from 'chai';
import { openLedger, openLedgerWith } from '#lib/audit/open-ledger.js';
import { verify } from '#lib/audit/read/verify.js';
import { makeFolder } from './child.js';
import { FailingFiles } from './failing-files.js';

async function openFailing(directory: string, failsAt: number): Promise<FailingFiles> {
  const failing = new FailingFiles(failsAt);
  try {
    const ledger = await openLedgerWith({ directory }, { files: failing.files() });
    await ledger.close();
  } catch (error) {
    // What else fails than the file system is told with a code of its own.
    if (!/EIO|AUDIT_/.test(String((error as { code?: unknown }).code))) throw error;
  }
  return failing;
}

describe('a ledger whose opening or closing fails', function () {
  this.timeout(120_000);

  it('opens again, and is as good as one that did not fail, wherever the disk failed', async () => {
    const { path, remove } = makeFolder();
    const faults: string[] = [];
    try {
      for (let failsAt = 1; ; failsAt++) {
        const directory = join(path, `ledger-${failsAt}`);
        const { failed, count } = await openFailing(directory, failsAt);
        if (count < failsAt) break;
        const ledger = await openLedger({ directory });
        await ledger.append({ kind: 'note', data: { failsAt } });
        await ledger.close();
        const { exitCode, problems } = await verify(directory);
        if (exitCode !== 0) faults.push(`${failed} ${failsAt}: ${exitCode} ${JSON.stringify(problems[0])}`);
      }
    } finally {
      remove();
    }
    expect(faults).to.deep.equal([]);
  });
});
