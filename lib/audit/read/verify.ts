import { existsSync } from 'node:fs';
import { parseEntry } from './check-entry.js';
import { type Counts, NOTHING, countChains } from './count-chains.js';
import { checkPayloads } from './payload-check.js';
import { openChain } from './read-chains.js';
import { type OpenedLedger, chainOf, openForReading, readChains } from './read-ledger.js';
import { ProblemList, type VerifyOptions, type VerifyReport } from './verify-report.js';

/**
 * Checks a ledger: every entry reads, follows from the one before and agrees with the chains that name it; every intent has one
 * outcome. Reads alone, and never throws for what it finds. The rules: docs/reference/ledger-format.md, "Checking".
 */
export async function verify(directory: string, options: VerifyOptions = {}): Promise<VerifyReport> {
  const problems = new ProblemList();
  const isAnchorMissing = options.anchor !== undefined && !existsSync(options.anchor);
  let counts: Counts = NOTHING;
  try {
    const ledger = await openForReading(directory);
    if (ledger.identity.isKnown) counts = await checkChains(ledger, problems, options.payloads === true);
    else checkForeign(ledger, problems);
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'it cannot be read';
    problems.add({ code: 'file', severity: 'unreadable', problem });
  }
  return problems.toReport(counts, isAnchorMissing);
}

async function checkChains(ledger: OpenedLedger, problems: ProblemList, payloads: boolean): Promise<Counts> {
  const chains = await readChains(ledger, problems, { payloads });
  const counts = countChains(ledger, chains, problems);
  if (payloads) checkPayloads(ledger.directory, chains.scans.values(), problems);
  return counts;
}

/** Of a ledger of another format only this can be told: whether it is `ledger.json` alone that is of another. */
function checkForeign(ledger: OpenedLedger, problems: ProblemList): void {
  for (const wid of ledger.segments.keys()) {
    for (const { bytes, file, offset } of openChain(chainOf(ledger, wid)).entries()) {
      const first = parseEntry(bytes);
      if (first?.['kind'] === 'genesis' && first['ledger'] !== ledger.identity.hash) {
        const problem = 'it names another ledger.json';
        problems.add({ code: 'ledger', severity: 'tampered', wid, wseq: 0, file, offset, problem });
      }
      break;
    }
  }
  problems.add({ code: 'file', severity: 'unreadable', problem: 'ledger.json is of no format that is known' });
}
