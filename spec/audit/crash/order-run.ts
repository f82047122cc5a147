import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Ledger } from '#lib/audit/ledger.js';
import { openLedgerWith } from '#lib/audit/open-ledger.js';
import { makeFolder } from './child.js';
import { DurableRanges } from './durable-ranges.js';
import type { FoundEntry } from './read-evidence.js';
import { readEvidence } from './read-evidence.js';
import { DiskTrace } from './traced-files.js';

/** When a call was made and told, as places in the trace of the disk. */
export interface CallMarks {
  readonly started: number;
  readonly ended: number;
  /** When its span was given to those who export it; absent where there is none. */
  readonly exported?: number;
  readonly told: number;
}

/** Makes one call through a ledger, and gives its id and marks. */
export type CallOnce = (ledger: Ledger, trace: DiskTrace, n: number) => Promise<readonly [string, CallMarks]>;

const LANES = 256;

/** A call through the ledger itself. */
export const callLedger: CallOnce = async (ledger, trace, n) => {
  const request = { value: { text: `question ${n}` } };
  const recorded = await ledger.begin({ op: { method: 'ask' }, system: 'llm', level: 'requestResponse', request });
  const started = trace.mark('start');
  await nextTurn();
  const ended = trace.mark('end');
  await recorded.end({ status: 'ok', response: { value: { text: 'an answer' } } });
  return [recorded.id, { started, ended, told: trace.mark('told') }];
};

async function runCalls(
  { calls, callOnce }: OrderPlan,
  trace: DiskTrace,
  directory: string,
): Promise<Map<string, CallMarks>> {
  const ledger = await openLedgerWith({ directory }, { files: trace.files() });
  const marks = new Map<string, CallMarks>();
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < calls) marks.set(...(await callOnce(ledger, trace, next++)));
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  await ledger.close();
  return marks;
}

/** What is run. */
export interface OrderPlan {
  readonly calls: number;
  readonly callOnce: CallOnce;
  /** Moves every sync behind what follows it: the control. */
  readonly isHasty?: boolean;
}

function orderFaults(
  entries: readonly FoundEntry[],
  marks: ReadonlyMap<string, CallMarks>,
  trace: DiskTrace,
): string[] {
  const { found } = new DurableRanges(trace);
  const at = (name: string | undefined): number => (name === undefined ? -1 : (found.get(name) ?? Infinity));
  const of = (kind: string): Map<string, FoundEntry> =>
    new Map(entries.filter((entry) => entry.kind === kind).map((entry) => [entry.call?.id ?? '', entry]));
  const intents = of('intent');
  const outcomes = of('outcome');
  return [...marks].flatMap(([id, { started, ended, exported, told }]) => {
    const intent = intents.get(id);
    const outcome = outcomes.get(id);
    if (intent?.req?.ref === undefined || outcome?.res?.ref === undefined) return [`${id}: not recorded whole`];
    const order = [
      ['intent before the call', Math.max(at(intent.hash), at(intent.req.ref)), started],
      ['call before its end', started, ended],
      ['outcome after the end', ended, at(outcome.hash)],
      ['outcome before telemetry', Math.max(at(outcome.hash), at(outcome.res.ref)), exported ?? told],
      ['telemetry before the promise', exported ?? told - 1, told],
    ] as const;
    return order
      .filter(([, first, second]) => first >= second)
      .map(([rule, first, second]) => `${id}: ${rule}: ${first} and ${second}`);
  });
}

/**
 * Makes calls, 256 at a time, on a disk that is traced, and tells where the order does not hold: payload and intent durable,
 * call, outcome and its payload durable, telemetry, promise.
 */
export async function runOrder(plan: OrderPlan): Promise<{ calls: number; syncs: number; faults: string[] }> {
  const { path, remove } = makeFolder();
  try {
    const trace = new DiskTrace();
    const directory = join(path, 'ledger');
    const marks = await runCalls(plan, trace, directory);
    const entries = readEvidence(directory).flatMap((chain) => chain.entries);
    if (plan.isHasty === true) trace.delaySyncs();
    const syncs = trace.steps.filter(({ kind }) => kind === 'sync').length;
    return { calls: marks.size, syncs, faults: orderFaults(entries, marks, trace) };
  } finally {
    remove();
  }
}
