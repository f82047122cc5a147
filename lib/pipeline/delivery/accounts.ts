/** Why spans were dropped; the reasons of `health().destinations.*.dropped`. */
export type DropReason =
  /** The queue was full, of spans or of bytes. */
  | 'queue_full'
  /** The backend refused this span. */
  | 'refused'
  /** The backend took a batch and said that it left out so many. */
  | 'rejected'
  /** One span alone is larger than the backend takes. */
  | 'too_large'
  /** It could not be made into what the destination sees. */
  | 'projection_failed'
  /** A destination without a queue threw. */
  | 'export_failed'
  /** It still waited when tracing ended. */
  | 'shutdown'
  /** It ended after tracing did. */
  | 'closed';

const SLOT_MS = 10_000;
const SLOTS = 6;

interface Slot {
  at: number;
  accepted: number;
  dropped: number;
  exports: number;
  exportMs: number;
}

/** What happened within the last minute. */
export interface Recent {
  readonly dropRatio: number;
  /** Mean time of an export in milliseconds; undefined without one. */
  readonly latencyMs: number | undefined;
}

/** What one destination was given and what became of it, in all and within the last 60 seconds. */
export class Accounts {
  readonly #dropped: Record<string, number> = {};
  readonly #now: () => number;
  #slots: Slot[] = [];
  #accepted = 0;
  #delivered = 0;
  #lost = 0;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  get accepted(): number {
    return this.#accepted;
  }

  get delivered(): number {
    return this.#delivered;
  }

  get lost(): number {
    return this.#lost;
  }

  get dropped(): Record<string, number> {
    return { ...this.#dropped };
  }

  accept(): void {
    this.#accepted++;
    this.#slot().accepted++;
  }

  deliver(count: number): void {
    this.#delivered += count;
  }

  /** What was thought delivered is lost after all. */
  undeliver(reason: DropReason): void {
    this.#delivered--;
    this.drop(reason, 1);
  }

  drop(reason: DropReason, count: number): void {
    if (count <= 0) return;
    this.#dropped[reason] = (this.#dropped[reason] ?? 0) + count;
    this.#lost += count;
    this.#slot().dropped += count;
  }

  noteExport(ms: number): void {
    const slot = this.#slot();
    slot.exports++;
    slot.exportMs += ms;
  }

  recent(): Recent {
    const oldest = Math.floor(this.#now() / SLOT_MS) - SLOTS;
    const slots = this.#slots.filter(({ at }) => at > oldest);
    const sum = (read: (slot: Slot) => number): number => slots.reduce((total, slot) => total + read(slot), 0);
    const dropped = sum((slot) => slot.dropped);
    const exports = sum((slot) => slot.exports);
    return {
      // What is dropped may have come before.
      dropRatio:
        dropped === 0
          ? 0
          : dropped /
            Math.max(
              dropped,
              sum((slot) => slot.accepted),
            ),
      latencyMs: exports === 0 ? undefined : sum((slot) => slot.exportMs) / exports,
    };
  }

  #slot(): Slot {
    const at = Math.floor(this.#now() / SLOT_MS);
    const last = this.#slots.at(-1);
    if (last?.at === at) return last;
    const slot: Slot = { at, accepted: 0, dropped: 0, exports: 0, exportMs: 0 };
    this.#slots = [...this.#slots.slice(-(SLOTS - 1)), slot];
    return slot;
  }
}
