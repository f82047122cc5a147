import type { FinishedSpan } from '../finished-span.js';
import type { Destination } from './destination.js';

/** Keeps the latest spans in memory; the oldest go first. */
export class MemoryDestination implements Destination {
  readonly isImmediate = true;
  readonly #maxSpans: number;
  #spans: FinishedSpan[] = [];

  constructor(maxSpans: number) {
    this.#maxSpans = maxSpans;
  }

  export(spans: readonly FinishedSpan[]): void {
    this.#spans.push(...spans);
    // Twice the bound before a cut, so that a full store does not move on every span.
    if (this.#spans.length >= this.#maxSpans * 2) this.#spans = this.#spans.slice(-this.#maxSpans);
  }

  finished(): FinishedSpan[] {
    return this.#spans.slice(-this.#maxSpans);
  }

  reset(): void {
    this.#spans = [];
  }
}
