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

/** Opens it on a disk that works, and tells what is wrong with it then. */
async function reopen(directory: string): Promise<string | undefined> {
  const ledger = await openLedger({ directory });
  await ledger.append({ kind: 'note', data: 'again' });
  await ledger.close();
  const { exitCode, problems } = await verify(directory);
  return exitCode === 0 ? undefined : `${exitCode} ${JSON.stringify(problems[0])}`;
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
        const fault = await reopen(directory).catch((error: unknown) => String(error));
        if (fault !== undefined) faults.push(`${failed} ${failsAt}: ${fault}`);
      }
    } finally {
      remove();
    }
    expect(faults).to.deep.equal([]);
  });
});
