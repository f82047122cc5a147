import type { EntryExternal, EntryOperation } from '../entry-fields.js';
import { type AttemptEntries, pairAttempts, stateOf } from './call-attempts.js';
import { callOf } from './explain.js';
import type { CallState } from './explanation.js';
import { type FoundEntries, findEntries, takeEntries } from './find-entries.js';
import type { EntryIndex } from './entry-index.js';

/** A call of a run, with those below it. */
export interface LineageCall {
  readonly callId: string;
  readonly seqInParent?: number;
  readonly row?: string;
  /** Wall time of the first intent. */
  readonly t?: string;
  readonly op?: EntryOperation;
  readonly ext?: EntryExternal;
  readonly attempts: number;
  /** Of the last attempt. */
  readonly state: CallState;
  /** Of the last attempt, microseconds. */
  readonly durUs?: number;
  readonly isVerified: boolean;
  readonly children: readonly LineageCall[];
}

/** What a ledger knows of a run. */
export interface Lineage {
  readonly run: string;
  /** What the run said of itself, in the order of the ledger. */
  readonly notes: readonly { readonly t: string; readonly data?: unknown }[];
  readonly calls: number;
  /** Calls whose parent is none of the run's. */
  readonly roots: readonly LineageCall[];
}

interface Node {
  readonly parent: string | undefined;
  readonly call: Omit<LineageCall, 'children'>;
}

/** Options of `lineage`. */
export interface LineageOptions {
  /** Finds the entries without reading the whole ledger; then nothing is proved, and `isVerified` is false. */
  readonly index?: EntryIndex | undefined;
}

/**
 * Gives the calls of a run as a tree. Reads the whole ledger, but with an index. Rejects with `AUDIT_LEDGER_UNREADABLE` where
 * there is none.
 */
export async function lineage(directory: string, runId: string, options: LineageOptions = {}): Promise<Lineage> {
  const stored = options.index?.byRun(runId);
  const found = await (stored === undefined
    ? findEntries(directory, (entry) => (entry.kind === 'run' ? entry.run === runId : callOf(entry)?.run === runId))
    : takeEntries(directory, stored));
  const nodes = toNodes(found);
  const notes = found.entries.flatMap(({ entry }) =>
    entry.kind === 'run' ? [{ t: entry.t, ...(entry.data !== undefined && { data: entry.data }) }] : [],
  );
  return { run: runId, notes, calls: nodes.size, roots: toTree(nodes) };
}

function toNodes(found: FoundEntries): Map<string, Node> {
  const attempts = new Map<string, AttemptEntries[]>();
  for (const attempt of pairAttempts(found.entries)) {
    const id = (attempt.intent ?? attempt.end)?.entry.call?.id;
    if (id === undefined) continue;
    const others = attempts.get(id);
    if (others === undefined) attempts.set(id, [attempt]);
    else others.push(attempt);
  }
  return new Map([...attempts].map(([id, all]) => [id, toNode(id, all, found)]));
}

function toNode(callId: string, attempts: readonly AttemptEntries[], { ledger, tampered }: FoundEntries): Node {
  const sorted = [...attempts].sort((left, right) => attemptOf(left) - attemptOf(right));
  const [first, last] = [sorted[0] ?? {}, sorted.at(-1) ?? {}];
  const { intent } = first;
  const call = (intent ?? first.end)?.entry.call;
  const end = last.end?.entry;
  const durUs = end?.kind === 'outcome' ? end.durUs : undefined;
  const places = sorted.flatMap((one) => [one.intent?.place, one.end?.place]);
  return {
    parent: call?.parent,
    call: {
      callId,
      ...(call?.seqInParent !== undefined && { seqInParent: call.seqInParent }),
      ...(call?.row !== undefined && { row: call.row }),
      ...(intent && { t: intent.entry.t, op: intent.entry.op, ext: intent.entry.ext }),
      attempts: sorted.length,
      state: stateOf(last, ledger.alive),
      ...(durUs !== undefined && { durUs }),
      isVerified: places.every((place) => place === undefined || !tampered.has(place.wid)),
    },
  };
}

function attemptOf({ intent, end }: AttemptEntries): number {
  return (intent ?? end)?.entry.call?.attempt ?? 1;
}

function toTree(nodes: ReadonlyMap<string, Node>): LineageCall[] {
  const calls = new Map([...nodes].map(([id, { call }]) => [id, { ...call, children: [] as LineageCall[] }]));
  const below = new Map<string, string[]>();
  const tops: string[] = [];
  for (const [id, { parent }] of nodes) {
    if (parent === undefined || !nodes.has(parent)) tops.push(id);
    else below.set(parent, pushed(below.get(parent), id));
  }
  const placed = new Set<string>();
  const roots: LineageCall[] = [];
  // A ledger that was tampered with may hold calls that are their own ancestors, of any depth.
  for (const top of [...tops, ...nodes.keys()]) {
    const root = calls.get(top);
    if (root === undefined || placed.has(top)) continue;
    placed.add(top);
    roots.push(root);
    for (const waiting = [root]; waiting.length > 0;) {
      const call = waiting.pop();
      for (const id of below.get(call?.callId ?? '') ?? []) {
        const child = calls.get(id);
        if (call === undefined || child === undefined || placed.has(id)) continue;
        placed.add(id);
        call.children.push(child);
        waiting.push(child);
      }
      call?.children.sort(bySeq);
    }
  }
  return roots;
}

function pushed(ids: string[] | undefined, id: string): string[] {
  if (ids === undefined) return [id];
  ids.push(id);
  return ids;
}

function bySeq(left: LineageCall, right: LineageCall): number {
  return (left.seqInParent ?? 0) - (right.seqInParent ?? 0);
}
