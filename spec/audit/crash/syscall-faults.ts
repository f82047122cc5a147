import { join } from 'node:path';
import { openLedger } from '#lib/audit/open-ledger.js';
import { danglingOf, evidenceFaults, recoveryFaults } from './check-evidence.js';
import { makeFolder } from './child.js';
import type { FoundChain } from './read-evidence.js';
import { readEvidence } from './read-evidence.js';
import type { Baseline, FaultPoint } from './strace.js';
import { injecting, runScript, traceBaseline } from './strace.js';
import { verdictFaults } from './verdicts.js';

/** What came of a fault in every call to the system. */
export interface SyscallReport {
  /** Faults by the name of the call. */
  readonly points: Readonly<Record<string, number>>;
  /** Runs in which a call or the opening was refused, or the process ended. */
  readonly felt: number;
  readonly faults: readonly string[];
}

const TOGETHER = 2;

function tryReadEvidence(directory: string): FoundChain[] {
  try {
    return readEvidence(directory);
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error;
    return [];
  }
}

async function faultOnce(
  baseline: Baseline,
  point: FaultPoint,
  fault: string,
): Promise<{ felt: boolean; faults: string[] }> {
  const { path: home, remove } = makeFolder();
  const directory = join(home, 'ledger');
  try {
    const { child, ended } = await runScript(home, injecting(home, baseline, point, fault));
    const log = child.log;
    const found = tryReadEvidence(directory);
    const gone = danglingOf(found);
    const ledger = await openLedger({ directory });
    await ledger.close();
    const after = readEvidence(directory);
    const faults = [
      ...(ended.errors === '' ? [] : [`it wrote ${ended.errors.slice(0, 500)}`]),
      ...evidenceFaults(found, log),
      ...evidenceFaults(after, log),
      ...recoveryFaults(after, log, gone),
      ...(await verdictFaults(directory, [0, 2])),
    ];
    return { felt: !log.isClosed || log.refused.length > 0, faults };
  } catch (error) {
    return { felt: false, faults: [String(error)] };
  } finally {
    remove();
  }
}

/** Puts a fault (`error=EIO`, `signal=SIGKILL`) into every call that the script of twenty calls makes on its ledger. */
export async function runSyscallFaults(fault: string): Promise<SyscallReport> {
  const { path: home, remove } = makeFolder();
  const baseline = await traceBaseline(home).finally(remove);
  const waiting = baseline.points.values();
  const points: Record<string, number> = {};
  const faults: string[] = [];
  let felt = 0;
  const work = async (): Promise<void> => {
    for (const point of waiting) {
      const one = await faultOnce(baseline, point, fault);
      points[point.syscall] = (points[point.syscall] ?? 0) + 1;
      felt += one.felt ? 1 : 0;
      faults.push(...one.faults.map((text) => `${point.syscall} ${point.when}: ${text}`));
    }
  };
  await Promise.all(Array.from({ length: TOGETHER }, work));
  return { points, felt, faults };
}
