import type { Entry, IntentEntry, OutcomeEntry } from '../audit/entry.js';
import type { EntryPayload } from '../audit/entry-fields.js';
import { auditState, installLedger } from '../audit/current-ledger.js';
import { ledgerOpener } from '../audit/known-opener.js';
import type { Ledger } from '../audit/ledger.js';
import type { MemoryLedger as Kept, MemoryLedgerOptions } from '../audit/memory-ledger.js';
import { describeCall } from '../start/describe-call.js';
import { startWatch } from './outgoing-watch.js';

/** One attempt of an audited call, as it was recorded. */
export interface RecordedAttempt {
  readonly intent: IntentEntry;
  /** Absent while the call is in flight. */
  readonly outcome?: OutcomeEntry;
  /** What was kept of the request: a value, or bytes. Absent at level `metadata`. */
  readonly request?: unknown;
  /** What was kept of the answer. Absent but at level `requestResponse`. */
  readonly response?: unknown;
}

/** The ledger of a test, in memory. */
export interface MemoryLedger extends Disposable {
  /** The ledger itself. */
  readonly ledger: Ledger;
  /** Entries since the start, or since `reset()`. */
  entries(): Entry[];
  /** Attempts of audited calls since then, in the order of their intents. */
  calls(): RecordedAttempt[];
  /** Forgets what was recorded and seen so far; calls in flight get their outcome as new entries. */
  reset(): void;
  /** Takes it out of force and closes it; what was in force before is again. What it holds stays readable; twice is harmless. */
  stop(): void;
}

function keyOf({ wid, wseq }: { readonly wid: string; readonly wseq: number }): string {
  return `${wid} ${wseq}`;
}

class TestLedger implements MemoryLedger {
  readonly ledger: Ledger;
  readonly #kept: Kept;
  readonly #undo: (() => void)[];
  readonly #restart: () => void;
  #forgotten = new Set<string>();

  constructor(options: MemoryLedgerOptions) {
    const kept = ledgerOpener().createMemoryLedger(options);
    auditState().describe ??= describeCall;
    const watch = startWatch();
    this.ledger = kept;
    this.#kept = kept;
    this.#restart = watch.restart;
    this.#undo = [watch.stop, installLedger(kept)];
  }

  entries(): Entry[] {
    return this.#kept.entries().filter((entry) => !this.#forgotten.has(keyOf(entry)));
  }

  calls(): RecordedAttempt[] {
    const all = this.#kept.entries();
    const outcomes = all.filter((entry) => entry.kind === 'outcome');
    const byIntent = new Map(
      outcomes.map((outcome) => [
        keyOf({ wid: outcome.intent.wid ?? outcome.wid, wseq: outcome.intent.wseq }),
        outcome,
      ]),
    );
    return this.entries()
      .filter((entry) => entry.kind === 'intent')
      .map((intent) => this.#attemptOf(intent, byIntent.get(keyOf(intent))));
  }

  reset(): void {
    this.#forgotten = new Set(this.#kept.entries().map(keyOf));
    this.#restart();
  }

  stop(): void {
    for (const step of this.#undo.splice(0)) step();
    this.#kept.closeSync();
  }

  [Symbol.dispose](): void {
    this.stop();
  }

  #attemptOf(intent: IntentEntry, outcome: OutcomeEntry | undefined): RecordedAttempt {
    const request = this.#read(intent.req);
    const response = this.#read(outcome?.res);
    return {
      intent,
      ...(outcome && { outcome }),
      ...(request && { request: request.value }),
      ...(response && { response: response.value }),
    };
  }

  #read(payload: EntryPayload | undefined): { readonly value: unknown } | undefined {
    const bytes = payload?.ref === undefined ? undefined : this.#kept.payload(payload.ref);
    if (bytes === undefined) return undefined;
    // Of what was cut the beginning is no JSON.
    const isValue = payload?.hk === 'canonical' && payload.trunc === undefined;
    return { value: isValue ? (JSON.parse(bytes.toString()) as unknown) : bytes };
  }
}

/**
 * Puts a ledger in memory in force until `stop()`, above what is configured, and starts to look for requests that leave
 * outside of audited calls.
 *
 * @throws `RangeError` for an option out of its range; `AUDIT_PARTS_MISSING`.
 * @example
 * const ledger = memoryLedger();
 * await summarize(ticket);
 * expect(ledger.calls().map(({ outcome }) => outcome?.status)).to.deep.equal(['ok']);
 * expectEveryCallAudited();
 * ledger.stop();
 */
export function memoryLedger(options: MemoryLedgerOptions = {}): MemoryLedger {
  return new TestLedger(options);
}
