import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openLedger } from '#lib/audit/open-ledger.js';
import { evidenceFaults, danglingOf, recoveryFaults } from './check-evidence.js';
import { Child, makeFolder } from './child.js';
import { readEvidence } from './read-evidence.js';
import { verdictFaults } from './verdicts.js';

/** What came of the kills of a run. */
export interface KillReport {
  readonly kills: number;
  /** Kills that left a torn frame or a call without an end. */
  readonly unclean: number;
  readonly torn: number;
  readonly dangling: number;
  /** Calls, outcomes and notes that the killed were told are durable. */
  readonly acknowledged: number;
  readonly faults: readonly string[];
}

/** What kills are made of. */
export interface KillPlan {
  readonly kills: number;
  readonly seed: number;
  /** How many kills one ledger outlives. */
  readonly perLedger: number;
  /** The longest that a process works before it is killed, in milliseconds. */
  readonly workMs: number;
}

const LANES = 64;

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Killed {
  readonly isTorn: boolean;
  readonly dangling: number;
  readonly acknowledged: number;
  readonly faults: readonly string[];
}

async function killOnce(directory: string, logPath: string, afterMs: number): Promise<Killed> {
  const options = { directory, lanes: LANES, callMs: 20, noteEvery: 16 };
  const child = new Child('calling-program.js', options, logPath);
  await child.until(({ isReady }) => isReady);
  await delay(afterMs);
  child.kill('SIGKILL');
  const { signal, errors } = await child.end();
  const log = child.log;
  const found = readEvidence(directory);
  const gone = danglingOf(found);
  const ledger = await openLedger({ directory });
  await ledger.close();
  const after = readEvidence(directory);
  return {
    // Its chain is the newest.
    isTorn: found.at(-1)?.isTorn === true,
    dangling: gone.length,
    acknowledged: log.made.length + log.ended.length + log.notes.length,
    faults: [
      ...(signal === 'SIGKILL' ? [] : [`it was not killed: ${errors}`]),
      ...log.refused.map((code) => `it was refused: ${code}`),
      ...evidenceFaults(found, log),
      ...evidenceFaults(after, log),
      ...recoveryFaults(after, log, gone),
      ...(await verdictFaults(directory, [0, 2])),
    ],
  };
}

/** Kills processes with 64 calls in flight at times drawn from the seed, and looks at what each leaves. */
export async function runKills({ kills, seed, perLedger, workMs }: KillPlan): Promise<KillReport> {
  const random = seeded(seed);
  const killed: Killed[] = [];
  for (let first = 0; first < kills; first += perLedger) {
    const folder = makeFolder();
    try {
      for (let n = first; n < Math.min(first + perLedger, kills); n++) {
        const afterMs = random() * workMs;
        const one = await killOnce(join(folder.path, 'ledger'), join(folder.path, `log-${n}`), afterMs);
        const where = `kill ${n} after ${afterMs.toFixed(1)} ms`;
        killed.push({ ...one, faults: one.faults.map((fault) => `${where}: ${fault}`) });
      }
    } finally {
      folder.remove();
    }
  }
  const sum = (of: (one: Killed) => number): number => killed.reduce((total, one) => total + of(one), 0);
  return {
    kills,
    unclean: killed.filter(({ isTorn, dangling }) => isTorn || dangling > 0).length,
    torn: killed.filter(({ isTorn }) => isTorn).length,
    dangling: sum(({ dangling }) => dangling),
    acknowledged: sum(({ acknowledged }) => acknowledged),
    faults: killed.flatMap(({ faults }) => faults),
  };
}
