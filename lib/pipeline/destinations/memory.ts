import type { FinishedSpan } from '../finished-span.js';
import type { ImmediateDestination } from './destination.js';

type Kept = FinishedSpan | (() => FinishedSpan | undefined);

/** Keeps the latest spans in memory; the oldest go first. A span is projected when somebody looks, and not in its call. */
export class MemoryDestination implements ImmediateDestination {
  readonly isImmediate = true;
  readonly #maxSpans: number;
  #spans: Kept[] = [];

  constructor(maxSpans: number) {
    this.#maxSpans = maxSpans;
  }

  take(make: () => FinishedSpan | undefined): void {
    this.#spans.push(make);
    // Twice the bound before a cut, so that a full store does not move on every span.
    if (this.#spans.length >= this.#maxSpans * 2) this.#spans = this.#spans.slice(-this.#maxSpans);
  }

  finished(): FinishedSpan[] {
    this.#spans = this.#spans
      .slice(-this.#maxSpans)
      .flatMap((kept) => (typeof kept === 'function' ? (kept() ?? []) : kept));
    return this.#spans.slice() as FinishedSpan[];
  }

  reset(): void {
    this.#spans = [];
  }
}
