import type { Captured } from './captured.js';

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

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  get used(): number {
    return this.#used;
  }

  join(holder: Holder): void {
    this.#holders.add(holder);
  }

  leave(holder: Holder): void {
    this.#holders.delete(holder);
  }

  /** True when the span has room as it is. */
  hasRoom(captured: Captured): boolean {
    return captured.holders > 0 || this.#used + captured.bytes <= this.maxBytes;
  }

  /** The holder that gives way for others; undefined when nobody holds anything. */
  largest(): Holder | undefined {
    let largest: Holder | undefined;
    for (const holder of this.#holders) {
      if (holder.heldBytes > 0 && holder.heldBytes > (largest?.heldBytes ?? 0)) largest = holder;
    }
    return largest;
  }

  /** Lets holders give way until the span has room; false when it cannot have any. */
  makeRoom(captured: Captured): boolean {
    if (captured.bytes > this.maxBytes) return false;
    while (!this.hasRoom(captured)) {
      if (this.largest()?.evict() !== true) return false;
    }
    return true;
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
