import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openLedger, openLedgerWith } from '#lib/audit/open-ledger.js';
import type { CallLog } from './call-log.js';
import { danglingOf, evidenceFaults, recoveryFaults } from './check-evidence.js';
import { makeFolder } from './child.js';
import { DiskImage } from './disk-image.js';
import { seeded } from './kill-run.js';
import { readEvidence } from './read-evidence.js';
import { DiskTrace } from './traced-files.js';
import { verdictFaults } from './verdicts.js';

const ROUNDS = 5;
const TOGETHER = 4;

async function runCalls(trace: DiskTrace, directory: string): Promise<void> {
  const ledger = await openLedgerWith({ directory }, { files: trace.files() });
  const call = async (n: number): Promise<void> => {
    const request = { value: { text: `question ${n}`.padEnd(700, '.') } };
    const recorded = await ledger.begin({ op: { method: 'ask' }, system: 'llm', level: 'requestResponse', request });
    trace.mark(`made ${recorded.id}`);
    await recorded.end({ status: 'ok', response: { value: { text: `answer ${n}`.padEnd(700, '.') } } });
    trace.mark(`ended ${recorded.id}`);
  };
  for (let round = 0; round < ROUNDS; round++) {
    await Promise.all(Array.from({ length: TOGETHER }, (_, n) => call(round * TOGETHER + n)));
    const { wid, wseq, hash } = await ledger.append({ kind: 'note', data: { round } });
    trace.mark(`note ${wid} ${wseq} ${hash}`);
  }
  await ledger.close();
}

// What the program was told until then.
function logUntil(trace: DiskTrace, until: number): CallLog {
  const marks = trace.steps.slice(0, until).flatMap((step) => (step.kind === 'mark' ? [step.what] : []));
  const of = (what: string): string[] =>
    marks.filter((mark) => mark.startsWith(`${what} `)).map((mark) => mark.slice(what.length + 1));
  const lists = { made: of('made'), ended: of('ended'), notes: of('note') };
  return { isReady: true, isClosed: false, ...lists, refused: [], times: [], longestMs: 0 };
}

/** How the images of a run are made. */
export interface PowerLossPlan {
  /** So many moments, half of them each right after an acknowledgement, drawn from the seed. */
  readonly images: number;
  readonly seed: number;
  /** False for the control: a disk that says it synced, and did not. */
  readonly isSyncing: boolean;
  /** Whether sectors that were not synced may be there, drawn from the seed. */
  readonly isTearing: boolean;
}

async function imageFaults(trace: DiskTrace, home: string, until: number, isKept?: () => boolean): Promise<string[]> {
  const directory = join(home, 'ledger');
  const image = new DiskImage(trace, until, isKept);
  const log = logUntil(trace, until);
  if (!image.has(join(directory, 'ledger.json'))) return log.made.map((id) => `without a ledger: ${id}`);
  const copy = join(home, `image-${until}`);
  mkdirSync(copy, { mode: 0o700 });
  image.write(home, copy);
  // Keys are written by other means, and made durable before they are used.
  if (existsSync(`${directory}.keys`)) cpSync(`${directory}.keys`, join(copy, 'ledger.keys'), { recursive: true });
  const there = join(copy, 'ledger');
  const found = readEvidence(there);
  const before = evidenceFaults(found, log);
  if (before.length > 0) return before;
  const gone = danglingOf(found);
  const ledger = await openLedger({ directory: there });
  await ledger.close();
  return [...recoveryFaults(readEvidence(there), log, gone), ...(await verdictFaults(there, [0, 2]))];
}

/** Runs twenty calls, and lets the power fail after each acknowledgement and at moments between. */
export async function runPowerLoss(plan: PowerLossPlan): Promise<{ images: number; faults: string[] }> {
  const { path: home, remove } = makeFolder();
  try {
    const trace = new DiskTrace();
    await runCalls(trace, join(home, 'ledger'));
    if (!plan.isSyncing) trace.forgetSyncs();
    const random = seeded(plan.seed);
    const count = trace.steps.length;
    const acknowledged = trace.steps.flatMap((step, index) => (step.kind === 'mark' ? [index + 1] : []));
    const drawn = Array.from({ length: plan.images }, (_, n) =>
      n % 2 === 0 ? (acknowledged[Math.floor(random() * acknowledged.length)] ?? count) : Math.ceil(random() * count),
    );
    const moments = [...new Set([...drawn, count])].sort((one, other) => one - other);
    const faults: string[] = [];
    for (const until of moments) {
      const found = await imageFaults(trace, home, until, plan.isTearing ? () => random() < 0.5 : undefined).catch(
        (error: unknown) => [String(error)],
      );
      faults.push(...found.map((fault) => `after step ${until} of ${count}: ${fault}`));
    }
    return { images: moments.length, faults };
  } finally {
    remove();
  }
}
