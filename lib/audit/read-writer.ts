import { setImmediate as nextTurn } from 'node:timers/promises';
import { SpanwrightError } from '../core/errors.js';
import type { Entry } from './entry.js';
import type { EntryCall, EntryIntent } from './entry-fields.js';
import { NO_HASH } from './entry.js';
import { leafHash } from './leaf.js';
import type { Receipt } from './ledger.js';
import type { LedgerStore, StoredTail } from './stores/store.js';

/** An intent that has neither an outcome nor a denial in its own chain. */
export interface DanglingIntent {
  readonly call: EntryCall;
  readonly intent: EntryIntent & { readonly wid: string };
}

/** What recovering needs to know of a writer that is gone. */
export interface FormerWriter {
  /** Its last entry. */
  readonly head: Receipt;
  readonly dangling: ReadonlyMap<number, DanglingIntent>;
  /** Whether it wrote its last entry. */
  readonly isClosed: boolean;
  readonly tail: StoredTail;
}

// A chain may be long, and calls of the program are made meanwhile.
const ENTRIES_PER_TURN = 2048;

function parse(bytes: Uint8Array, wid: string): Entry {
  try {
    return JSON.parse(Buffer.from(bytes).toString()) as Entry;
  } catch {
    // What is wrong with it quotes the entry.
    throw new SpanwrightError(
      'AUDIT_LEDGER_UNREADABLE',
      `writer ${wid}: got an entry that does not read, expected JSON`,
    );
  }
}

/** Reads the chain of a writer that is gone, up to the first bytes that are no entry. */
export async function readFormerWriter(store: LedgerStore, wid: string): Promise<FormerWriter> {
  const reader = store.reader(wid);
  const dangling = new Map<number, DanglingIntent>();
  let head: Receipt = { wid, wseq: -1, hash: NO_HASH };
  let isClosed = false;
  for (const { bytes } of reader.entries()) {
    const entry = parse(bytes, wid);
    head = { wid, wseq: entry.wseq, hash: leafHash(bytes) };
    if ((entry.wseq + 1) % ENTRIES_PER_TURN === 0) await nextTurn();
    isClosed = entry.kind === 'close';
    if (entry.kind === 'intent') {
      dangling.set(entry.wseq, { call: entry.call, intent: { wid, wseq: entry.wseq, hash: head.hash } });
    } else if ((entry.kind === 'outcome' || entry.kind === 'denied') && entry.intent !== undefined) {
      if ((entry.intent.wid ?? wid) === wid) dangling.delete(entry.intent.wseq);
    }
  }
  return { head, dangling, isClosed, tail: reader.tail() };
}

/** What another writer's chain says of one that it began to recover. */
export interface EarlierRecovery {
  readonly isNamed: boolean;
  /** Numbers of intents that it settled. */
  readonly settled: ReadonlySet<number>;
}

/** Reads what the chain of `by` says of the writer `of`. */
export async function readEarlierRecovery(store: LedgerStore, by: string, of: string): Promise<EarlierRecovery> {
  const settled = new Set<number>();
  let isNamed = false;
  for (const { bytes } of store.reader(by).entries()) {
    const entry = parse(bytes, by);
    if ((entry.wseq + 1) % ENTRIES_PER_TURN === 0) await nextTurn();
    if (entry.kind === 'recovered') isNamed ||= entry.of.wid === of;
    else if ((entry.kind === 'outcome' || entry.kind === 'denied') && entry.intent?.wid === of) {
      settled.add(entry.intent.wseq);
    }
  }
  return { isNamed, settled };
}
