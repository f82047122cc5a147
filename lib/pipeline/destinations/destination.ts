import type { Outcome } from '../delivery/outcome.js';
import type { FinishedSpan } from '../finished-span.js';

/** One request in the making. */
export interface Batch {
  /** Adds a span. Throws when it cannot be written, and is then as before. */
  add(span: FinishedSpan): void;
  readonly count: number;
  /** Bytes of the request so far, before compression; an estimate where somebody else writes it. */
  readonly bytes: number;
  /** Sends it, once; the signal gives up. Never rejects for what a backend does. */
  send(signal: AbortSignal): Promise<Outcome>;
}

/** Where spans go from a queue, batch by batch. */
export interface QueuedDestination {
  readonly isImmediate: false;
  /** Others get the spans themselves, and may ask what destinations got of them. */
  readonly showsSpans?: boolean;
  /** Batches that may be on their way at the same time. */
  readonly concurrency: number;
  open(): Batch;
  /** Delivers what it keeps back, once the queue is empty. */
  flush?(): Promise<void> | void;
  close?(): Promise<void> | void;
}

/** Where spans go inside of `span.end()`: what it does is cheap enough, and it has no queue. */
export interface ImmediateDestination {
  readonly isImmediate: true;
  /** Takes a span that is made when it is needed, or cannot be. */
  take(make: () => FinishedSpan | undefined): void;
  /** Spans that are held back for order or shape. */
  readonly held?: number;
  /** Delivers what is held back. */
  flush?(): Promise<void> | void;
  close?(): Promise<void> | void;
}

/** Where spans go. Made by a sibling for each kind; the outlet in front of it queues and counts. */
export type Destination = QueuedDestination | ImmediateDestination;
