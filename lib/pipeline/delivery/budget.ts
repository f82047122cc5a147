import type { Captured } from './captured.js';

// Share of all bytes that may be on its way: nobody can take these back for others.
const MAX_ON_ITS_WAY = 0.25;

/** A destination that holds spans. */
export interface Holder {
  /** Bytes of the spans it holds. */
  readonly heldBytes: number;
  /** Drops one span that waits, counted; false when none of its spans can go. */
  evict(): boolean;
}

/**
 * The bytes that all destinations of a configuration may hold together. A span counts once, however many hold it.
 * Who holds most gives way first, so that one that is down cannot starve the others: beyond half of the bytes it keeps
 * only what nobody else needs.
 */
export class Budget {
  readonly maxBytes: number;
  readonly #holders = new Set<Holder>();
  #used = 0;
  #carried = 0;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  /** Bytes of spans that wait, and of requests on their way. */
  get used(): number {
    return this.#used + this.#carried;
  }

  /** Bytes of spans that one holder may have on their way. */
  get shareOnItsWay(): number {
    return (this.maxBytes * MAX_ON_ITS_WAY) / Math.max(1, this.#holders.size);
  }

  join(holder: Holder): void {
    this.#holders.add(holder);
  }

  leave(holder: Holder): void {
    this.#holders.delete(holder);
  }

  /** True when the span has room as it is. */
  hasRoom(captured: Captured): boolean {
    return captured.holders > 0 || this.used + captured.bytes <= this.maxBytes;
  }

  /** The holder that gives way for others, of all but those named; undefined when nobody else holds anything. */
  largest(without?: ReadonlySet<Holder>): Holder | undefined {
    let largest: Holder | undefined;
    for (const holder of this.#holders) {
      if (without?.has(holder) === true) continue;
      if (holder.heldBytes > (largest?.heldBytes ?? 0)) largest = holder;
    }
    return largest;
  }

  /** Lets those that hold as much as `asking` or more give way until the span has room; false when it cannot have any. */
  makeRoom(captured: Captured, asking: Holder): boolean {
    if (captured.bytes > this.maxBytes) return false;
    let stuck: Set<Holder> | undefined;
    while (!this.hasRoom(captured)) {
      const holder = this.largest(stuck);
      if (holder === undefined || holder.heldBytes < asking.heldBytes) return false;
      // All that it holds is on its way; the next one may have something that waits.
      if (!holder.evict()) (stuck ??= new Set()).add(holder);
    }
    return true;
  }

  /** Counts the body of a request until the returned function is called: it lies in memory beside its spans. */
  carry(bytes: number): () => void {
    this.#carried += bytes;
    return () => {
      this.#carried -= bytes;
    };
  }

  take(captured: Captured): void {
    if (captured.holders === 0) this.#used += captured.bytes;
    captured.holders++;
  }

  release(captured: Captured): void {
    captured.holders--;
    if (captured.holders === 0) this.#used -= captured.bytes;
  }
}
