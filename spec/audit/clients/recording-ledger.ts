import { setImmediate } from 'node:timers/promises';

import type {
  CallEnd,
  CallStart,
  Captured,
  Ledger,
  LedgerHealth,
  OwnEntry,
  Receipt,
  RecordedCall,
} from '#lib/audit/ledger.js';
import { SpanwrightError } from '#lib/core/errors.js';

/** One call as the ledger was told of it. */
export interface KnownCall {
  readonly id: string;
  readonly start: CallStart;
  readonly items: Captured[];
  end: CallEnd | undefined;
  cause: { readonly thrown: unknown } | undefined;
  isIntentDurable: boolean;
  isOutcomeDurable: boolean;
}

// Objects of a client hold functions, which have no copy.
function copyOf<T>(value: T): T {
  if (typeof value === 'function') return '[function]' as T;
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return structuredClone(value);
  if (Array.isArray(value)) return value.map((item: unknown) => copyOf(item)) as T;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, copyOf<unknown>(field)])) as T;
}

/** A ledger that keeps what it is told for a spec to look at, and fails where it is told to. */
export class RecordingLedger implements Ledger {
  readonly id = 'recording';
  readonly directory = undefined;
  readonly isDurable = false;
  readonly calls: KnownCall[] = [];
  /** Intents are refused with this code. */
  refuseWith: 'AUDIT_DISK_LOW' | undefined;
  losesOutcomes = false;
  #held: Promise<void> | undefined;

  /** Outcomes wait until the returned function is called. */
  holdOutcomes(): () => void {
    let release: () => void = () => {};
    this.#held = new Promise((resolve) => {
      release = resolve;
    });
    return () => {
      this.#held = undefined;
      release();
    };
  }

  /** The only call so far. */
  get only(): KnownCall {
    const [call] = this.calls;
    if (call === undefined || this.calls.length > 1) throw new Error(`${this.calls.length} calls, expected one`);
    return call;
  }

  /** What the request of a call was. */
  request(call: KnownCall): Record<string, unknown> {
    return (call.start.request as { value: Record<string, unknown> }).value;
  }

  /** Bytes of the answer of a call as text. */
  answer(call: KnownCall): string {
    return Buffer.concat(call.items.flatMap((item) => ('bytes' in item ? [item.bytes] : []))).toString();
  }

  async begin(start: CallStart): Promise<RecordedCall> {
    if (this.refuseWith !== undefined) throw new SpanwrightError(this.refuseWith, 'told to refuse');
    const number = this.calls.length + 1;
    const known: KnownCall = {
      id: start.id ?? `call-${number}`,
      start: copyOf(start),
      items: [],
      end: undefined,
      cause: undefined,
      isIntentDurable: false,
      isOutcomeDurable: false,
    };
    this.calls.push(known);
    await setImmediate();
    known.isIntentDurable = true;
    return this.#recorded(known);
  }

  #recorded(known: KnownCall): RecordedCall {
    let children = 0;
    return {
      id: known.id,
      attempt: known.start.attempt ?? 1,
      nextChild: () => ++children,
      chunk: (item) => {
        if (known.end !== undefined) throw new Error('an item after the end');
        known.items.push(copyOf(item));
      },
      end: async (end, cause) => {
        if (known.end !== undefined) throw new Error('ended twice');
        known.end = end;
        known.cause = cause;
        await setImmediate();
        await this.#held;
        if (this.losesOutcomes)
          throw new SpanwrightError('AUDIT_OUTCOME_LOST', 'told to lose it', { cause: cause?.thrown });
        known.isOutcomeDurable = true;
      },
      endSync: () => {
        throw new Error('clients end in their own time');
      },
    };
  }

  beginSync(): never {
    throw new Error('clients begin in their own time');
  }

  append(entry: OwnEntry): Promise<Receipt> {
    return Promise.reject(new Error(`nobody adds ${entry.kind}`));
  }

  recover(): Promise<never> {
    return Promise.reject(new Error('nothing to recover'));
  }

  health(): LedgerHealth {
    const inFlight = this.calls.filter((call) => !call.isOutcomeDurable).length;
    return { state: 'open', inFlight, entries: 0, queued: 0, queuedBytes: 0, refused: {}, lastSyncMs: 0 };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  closeSync(): void {}

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
