import { SpanwrightError } from '../core/errors.js';
import type { ChainBody, Link } from './chain.js';
import { Chain } from './chain.js';
import type { EntryCall, EntryIntent } from './entry-fields.js';
import type { Slots } from './payload-slots.js';
import { closedError } from './ledger-errors.js';
import type { LedgerWriter } from './stores/store.js';

/** An intent that was refused because its sync took too long; it may become durable still. */
export interface LateIntent {
  readonly call: EntryCall;
  readonly intent: EntryIntent;
}

const POLL_MS = 50;

/**
 * One writer of this process, from its genesis to its last entry. After a fault another session takes its place; calls that
 * began in this one cannot end any more.
 */
export class Session {
  readonly chain: Chain;
  readonly writer: LedgerWriter;
  readonly slots: Slots;
  /** Writers that it has the right to recover. */
  readonly claimed = new Map<string, readonly string[]>();
  /** Calls whose intent is durable and whose outcome is not yet. */
  readonly open = new Set<object>();
  readonly late: LateIntent[] = [];
  /** Intents that became durable when their calls could not be made any more. */
  readonly refused: LateIntent[] = [];
  /** Whether its last entry is written. */
  isOver = false;
  /** Intents that wait for their sync. */
  starting = 0;
  #onIdle: (() => void) | undefined;
  #poll: NodeJS.Timeout | undefined;

  constructor(writer: LedgerWriter, ledger: { readonly lid: string; readonly inc: string }, slots: Slots) {
    this.writer = writer;
    this.chain = new Chain(writer, ledger);
    this.slots = slots;
  }

  /** Why it takes no more entries; undefined while it does. */
  get fault(): SpanwrightError | undefined {
    const { poison } = this.writer;
    if (poison === undefined) return undefined;
    return new SpanwrightError('AUDIT_POISONED', `the ledger takes no more calls: got "${poison.message}"`, {
      cause: poison,
    });
  }

  /** Why a call that began in it cannot go on; undefined where it can. */
  get refusal(): SpanwrightError | undefined {
    return this.isOver ? closedError() : this.fault;
  }

  /** Whether there is an entry that others can follow: not where its genesis failed. */
  get isBegun(): boolean {
    return this.chain.head.wseq >= 0;
  }

  /** Calls that have no outcome in its chain. */
  get dangling(): number {
    return this.open.size + this.starting + this.late.length + this.refused.length;
  }

  /** Refuses everything from now on. */
  doom(what: string, cause: unknown): void {
    if (this.writer.poison !== undefined) return;
    this.writer.doom(new SpanwrightError('AUDIT_POISONED', what, { cause }));
  }

  /** A call is over, or was not made. */
  leave(call?: object): void {
    if (call === undefined) this.starting--;
    else this.open.delete(call);
    if (this.starting === 0 && this.open.size === 0) this.#onIdle?.();
  }

  /** Resolves when no call is in flight, or after the deadline. */
  async idle(deadlineMs: number): Promise<void> {
    if (this.starting === 0 && this.open.size === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, deadlineMs);
      this.#onIdle = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#onIdle = undefined;
  }

  /** Remembers a refused intent, so that it gets its entry when it turns out to be durable. */
  noteLate(late: LateIntent): void {
    this.late.push(late);
    this.#poll ??= setInterval(() => this.settleLate(), POLL_MS).unref();
  }

  /** Says of refused intents that are durable by now that their calls were not made. */
  settleLate(): void {
    if (this.writer.poison !== undefined) this.#stopPoll();
    while (this.writer.poison === undefined) {
      const [first] = this.late;
      if (first === undefined) return this.#stopPoll();
      if (this.writer.durable <= first.intent.wseq) return;
      this.late.shift();
      const body: ChainBody = { kind: 'denied', code: 'AUDIT_INTENT_NOT_DURABLE', ...first };
      try {
        // In the room that the intent had reserved for its outcome.
        this.chain.append({ body, as: 'outcome' }).done.catch(() => {
          // What is not durable is found by whoever recovers this writer.
        });
      } catch {
        // The same.
      }
    }
  }

  /** Writes the last entry; tells whether every call has its outcome. */
  async finish(): Promise<boolean> {
    const link = this.#lastLink();
    if (link === undefined) return false;
    await this.chain.append(link).done;
    return link.body.dangling === 0;
  }

  /** The same in the call. Throws. */
  finishSync(): boolean {
    const link = this.#lastLink();
    if (link === undefined) return false;
    this.chain.appendSync(link);
    return link.body.dangling === 0;
  }

  /** Ends what it started besides the writer. */
  stop(): void {
    this.#stopPoll();
    this.slots.close();
  }

  // Undefined where there is one already, or nothing is taken.
  #lastLink(): (Link & { readonly body: { readonly dangling: number } }) | undefined {
    const isLast = this.isBegun && !this.isOver && this.fault === undefined;
    this.isOver = true;
    // Never refused, as an outcome is not.
    return isLast ? { body: { kind: 'close', dangling: this.dangling }, as: 'outcome' } : undefined;
  }

  #stopPoll(): void {
    clearInterval(this.#poll);
    this.#poll = undefined;
  }
}
