import type { CallEnd, RecordedCall } from '../ledger.js';
import type { CallFacts } from '../current-ledger.js';
import { guarded } from '../../core/guard.js';

type Ending = Pick<CallEnd, 'status' | 'error'>;

/** How an answer ends when nobody says better. */
export interface AnswerOptions {
  /** When all of it was read. */
  readonly whenRead: Ending;
  /** When it was not: `cancelled` or `abandoned`, unless the answer itself is an error. */
  readonly whenLeft?: Ending | undefined;
  /** One more item before the end: what is known of the request by then. */
  readonly lastItem?: (() => unknown) | undefined;
  /** Told of each piece that counts; what it knows at the end. */
  readonly reader?: AnswerReader | undefined;
  /** Runs once, when the outcome is on its way. */
  readonly atEnd?: (() => void) | undefined;
}

/** Reads the facts of an answer as it passes. */
export interface AnswerReader {
  take(bytes: Uint8Array): void;
  facts(): CallFacts | undefined;
}

/**
 * One answer that is read piece by piece, by one reader or by the readers of several branches.
 * States: open → ending (the outcome is on its way) → ended. Each byte counts once, when the first branch gets it.
 * It references none of the streams, so that what nobody reads can be collected.
 */
export class GatheredAnswer {
  readonly #call: RecordedCall;
  readonly #options: AnswerOptions;
  #counted = 0;
  #branches = 0;
  #wasCancelled = false;
  #ending: Promise<void> | undefined;

  constructor(call: RecordedCall, options: AnswerOptions) {
    this.#call = call;
    this.#options = options;
  }

  get hasEnded(): boolean {
    return this.#ending !== undefined;
  }

  /** Adds a branch, which ends by `leave`, or with the answer. */
  join(): void {
    this.#branches++;
  }

  /** A branch is not read further. The answer ends with the last one. */
  leave(how: 'cancelled' | 'abandoned'): Promise<void> {
    if (how === 'cancelled') this.#wasCancelled = true;
    if (--this.#branches > 0) return Promise.resolve();
    const { whenLeft } = this.#options;
    return this.end(whenLeft ?? { status: this.#wasCancelled ? 'cancelled' : 'abandoned' });
  }

  /** A branch got bytes that stand at this place of the answer. */
  takeBytes(at: number, bytes: Uint8Array, media: string): void {
    const fresh = at < this.#counted ? bytes.subarray(this.#counted - at) : bytes;
    if (this.hasEnded || fresh.byteLength === 0) return;
    this.#counted += fresh.byteLength;
    guarded('ENGINE', () => this.#options.reader?.take(fresh));
    this.#call.chunk({ bytes: fresh, media });
  }

  /** A branch got the item of this number, from 0. */
  takeValue(at: number, value: unknown): void {
    if (this.hasEnded || at < this.#counted) return;
    this.#counted = at + 1;
    this.#call.chunk({ value });
  }

  /** All of it was read. */
  read(): Promise<void> {
    return this.end(this.#options.whenRead);
  }

  /** Ends once; later calls wait for the first. Rejects with `AUDIT_OUTCOME_LOST`. */
  end(ending: Ending, cause?: { readonly thrown: unknown }): Promise<void> {
    this.#ending ??= this.#end(ending, cause);
    return this.#ending;
  }

  #end(ending: Ending, cause: { readonly thrown: unknown } | undefined): Promise<void> {
    const { atEnd, lastItem, reader } = this.#options;
    const last = guarded('ENGINE', () => lastItem?.());
    if (last !== undefined) this.#call.chunk({ value: last });
    const facts = guarded('ENGINE', () => reader?.facts());
    atEnd?.();
    const ended = this.#call.end({ ...facts, ...ending }, cause);
    // Whoever waits is told; of an answer that nobody waits for, the ledger itself tells.
    ended.catch(() => {});
    return ended;
  }
}
