import type { FinishedSpan } from '../finished-span.js';

/** Where spans go. Made by a folder sibling for each kind; the outlet in front of it queues, counts and retries nothing. */
export interface Destination {
  /** True when `export` is cheap enough to run inside `span.end()`; such a destination has no queue. */
  readonly isImmediate: boolean;
  /** Keeps a span that is made for it when somebody looks, or cannot be; in place of `export`. */
  keep?(make: () => FinishedSpan | undefined): void;
  /** Delivers a batch; resolves when it is delivered, rejects when it is lost. Immediate ones return nothing. */
  export(spans: readonly FinishedSpan[]): Promise<void> | void;
  /** Spans that are held back for order or shape. */
  readonly held?: number;
  /** Delivers what is held back. */
  flush?(): Promise<void> | void;
  close?(): Promise<void> | void;
}
