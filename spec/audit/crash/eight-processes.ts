import { join } from 'node:path';
import { openLedger } from '#lib/audit/open-ledger.js';
import type { CallLog } from './call-log.js';
import { evidenceFaults, recoveryFaults } from './check-evidence.js';
import { Child, makeFolder } from './child.js';
import { readEvidence } from './read-evidence.js';
import { verdictFaults } from './verdicts.js';

/** What came of eight processes that write into one ledger. */
export interface EightReport {
  readonly faults: readonly string[];
  /** Outcomes of the six that were left alone, when the first of them had all of its own. */
  readonly served: readonly number[];
  /** The longest wait for the ledger that any of the six saw, in milliseconds. */
  readonly longestMs: number;
  /** Whether the stopped one had all of its calls as well, once it went on. */
  readonly hasStoppedEnded: boolean;
}

const LANES = 8;

function servedWhenFirstEnded(logs: readonly CallLog[]): number[] {
  const firstEnd = Math.min(...logs.map(({ times }) => times.at(-1) ?? Infinity));
  return logs.map(({ times }) => times.filter((time) => time <= firstEnd).length);
}

async function endAll(children: readonly Child[]): Promise<string[]> {
  const ended = await Promise.all(children.map((child) => child.end()));
  return ended.flatMap(({ code, errors }) => (code === 0 ? [] : [`it ended with ${code}: ${errors}`]));
}

function faultsOf(directory: string, children: readonly Child[]): string[] {
  const chains = readEvidence(directory);
  return children.flatMap((child) => evidenceFaults(chains, child.log));
}

/** Eight processes make so many calls each into one ledger; one is stopped for a while, one is killed. */
export async function runEight(calls: number): Promise<EightReport> {
  const folder = makeFolder();
  const directory = join(folder.path, 'ledger');
  const options = { directory, lanes: LANES, calls, callMs: 2, isHeld: true };
  const children = Array.from(
    { length: 8 },
    (_, index) => new Child('calling-program.js', options, join(folder.path, `log-${index}`)),
  );
  const [stopped, killed, ...six] = children as [Child, Child, ...Child[]];
  try {
    await Promise.all(children.map((child) => child.until(({ isReady }) => isReady)));
    for (const child of children) child.go();
    const isUnderWay = ({ ended }: CallLog): boolean => ended.length >= calls / 5;
    await Promise.all([
      stopped.until(isUnderWay).then(() => stopped.kill('SIGSTOP')),
      killed.until(isUnderWay).then(() => killed.kill('SIGKILL')),
    ]);
    const faults = await endAll(six);
    await killed.end();
    // A recovery beside a process that is stopped: it is not dead, and its calls get no other end than its own.
    const recovering = await openLedger({ directory });
    await recovering.close();
    stopped.kill('SIGCONT');
    faults.push(...(await endAll([stopped])));
    const logs = six.map(({ log }) => log);
    const chains = readEvidence(directory);
    return {
      faults: [
        ...faults,
        ...faultsOf(directory, children),
        ...recoveryFaults(chains, stopped.log, []),
        ...(await verdictFaults(directory, [0, 2])),
      ],
      served: servedWhenFirstEnded(logs),
      longestMs: Math.max(...logs.map(({ longestMs }) => longestMs)),
      hasStoppedEnded: stopped.log.ended.length === calls,
    };
  } finally {
    for (const child of children) child.kill('SIGKILL');
    await Promise.all(children.map((child) => child.end()));
    folder.remove();
  }
}
