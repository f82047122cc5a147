import { isSpanwrightError } from '../core/errors.js';
import type { ChainBody } from './chain.js';
import type { EntryOperation } from './entry-fields.js';

interface Waiting {
  count: number;
  readonly op: EntryOperation | undefined;
}

const WRITE_MS = 500;

/** Calls that were refused: counted by code, and summed until the ledger takes an entry again. */
export class Refusals {
  readonly #write: (body: ChainBody) => void;
  readonly #total: Record<string, number> = {};
  readonly #waiting = new Map<string, Waiting>();
  #timer: NodeJS.Timeout | undefined;

  /** `write` throws where an entry is not taken. */
  constructor(write: (body: ChainBody) => void) {
    this.#write = write;
  }

  /** By code, since the start. */
  get total(): Readonly<Record<string, number>> {
    return { ...this.#total };
  }

  /** Counts one that has no entry. `readOperation` may throw. */
  note(error: unknown, readOperation: () => EntryOperation): void {
    const code = isSpanwrightError(error) ? error.code : 'AUDIT_INTENT_NOT_DURABLE';
    this.count(code);
    // Of a ledger that is closed there are no more entries.
    if (code === 'AUDIT_CLOSED') return;
    const waiting = this.#waiting.get(code);
    if (waiting === undefined) this.#waiting.set(code, { count: 1, op: tryRead(readOperation) });
    else waiting.count++;
    this.#plan();
  }

  /** Counts one whose intent may be there; `noteMissing` tells which were not. */
  count(code: string): void {
    this.#total[code] = (this.#total[code] ?? 0) + 1;
  }

  /** Some that were counted have no entry of their own. */
  noteMissing(code: string, count: number): void {
    if (count > 0) this.#waiting.set(code, { count: (this.#waiting.get(code)?.count ?? 0) + count, op: undefined });
  }

  /** Writes the sums; what is not taken waits on. */
  flush(): void {
    this.stop();
    try {
      for (const [code, { count, op }] of this.#waiting) {
        this.#write({ kind: 'denied', code, ...(count === 1 && op ? { op } : {}), ...(count > 1 && { count }) });
        this.#waiting.delete(code);
      }
    } catch {
      this.#plan();
    }
  }

  /** Writes nothing more on its own. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #plan(): void {
    this.#timer ??= setTimeout(() => this.flush(), WRITE_MS).unref();
  }
}

function tryRead(readOperation: () => EntryOperation): EntryOperation | undefined {
  try {
    return readOperation();
  } catch {
    // What the caller gave is why it was refused.
    return undefined;
  }
}
