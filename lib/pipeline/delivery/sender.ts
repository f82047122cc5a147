import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { after, soon } from '../../core/clock.js';
import type { Batch, QueuedDestination } from '../destinations/destination.js';
import type { FinishedSpan } from '../finished-span.js';
import { delayBefore } from './backoff.js';
import type { Breaker } from './breaker.js';
import type { Captured } from './captured.js';
import type { Group, Line } from './line.js';
import { load } from './load.js';
import type { Outcome } from './outcome.js';
import type { Quiet } from './quiet.js';
import { reasonOf } from './reason.js';

/** How batches are cut. */
export interface SendRules {
  readonly maxSpans: number;
  readonly maxBytes: number;
  readonly delayMs: number;
  /** Bytes of memory that one batch may hold. */
  readonly maxHeldBytes: number;
  readonly waitsForResources: boolean;
}

/** What a sender works with, and whom it tells. */
export interface SenderParts {
  readonly line: Line;
  readonly breaker: Breaker;
  readonly destination: QueuedDestination;
  readonly quiet: Quiet;
  readonly rules: SendRules;
  readonly project: (span: ReadableSpan) => FinishedSpan | undefined;
  readonly onUnreadable: (captured: Captured) => void;
  /** A group was sent, or could not be; what comes back of it is put in the line before this returns. */
  readonly onOutcome: (group: Group, outcome: Outcome, ms: number) => void;
  /** Counts the body of a request; the returned function ends that. */
  readonly carry: (bytes: number) => () => void;
  /** A batch is over, whatever became of it. */
  readonly onOver: () => void;
}

interface Flight {
  readonly place: number;
  size: number;
}

/**
 * Takes spans out of a line, in batches, several of them on their way at a time. States: idle → waiting (for more spans,
 * at most `delayMs`) → sending; paused while a backend asked for it or did not answer; still while the breaker is open.
 */
export class Sender {
  readonly #parts: SenderParts;
  readonly #flights = new Set<Flight>();
  readonly #giveUp = new AbortController();
  #isLoading = false;
  #isSoon = false;
  #hurries = 0;
  #ripePlace = 0;
  #cancelTimer: (() => void) | undefined;
  #cancelPause: (() => void) | undefined;
  #pausedUntil = 0;
  #isPauseAsked = false;
  #attempts = 0;

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  /** Spans on their way. */
  get inFlight(): number {
    let count = 0;
    for (const { size } of this.#flights) count += size;
    return count;
  }

  /** The place of whoever waits longest, in the line or on its way. */
  get firstPlace(): number {
    let first = this.#parts.line.firstPlace;
    for (const { place } of this.#flights) if (place < first) first = place;
    return first;
  }

  /** Spans in front of a place, in the line or on their way. */
  countBefore(place: number): number {
    let count = this.#parts.line.countBefore(place);
    for (const flight of this.#flights) if (flight.place < place) count += flight.size;
    return count;
  }

  /** How long nothing will be sent, in milliseconds, because the backend asked for it or did not answer. */
  get pauseMs(): number {
    return this.#cancelPause === undefined ? 0 : Math.max(0, this.#pausedUntil - performance.now());
  }

  /** Somebody joined the line, or something else changed. */
  wake(): void {
    if (this.#isDue) this.#pumpSoon();
    else this.#cancelTimer ??= this.#parts.quiet.run(() => after(this.#parts.rules.delayMs, () => this.#ripen()));
  }

  /** One trial may be made: now, unless the backend asked for peace. */
  try(): void {
    if (!this.#isPauseAsked) {
      this.#cancelPause?.();
      this.#cancelPause = undefined;
    }
    this.wake();
  }

  /** Sends what there is without waiting for more; until it is called, the returned function ends that. */
  hurry(): () => void {
    this.#hurries++;
    this.#pumpSoon();
    return () => {
      this.#hurries--;
    };
  }

  /** Gives up what is on its way, for good. */
  stop(): void {
    this.#cancelTimer?.();
    this.#cancelPause?.();
    this.#giveUp.abort();
  }

  // Enough for a batch, as far as anybody can say before it is written.
  get #isDue(): boolean {
    const { line, rules } = this.#parts;
    if (this.#hurries > 0 || line.hasGroups || line.length >= rules.maxSpans) return true;
    return line.freshBytes >= Math.min(rules.maxBytes * 2, rules.maxHeldBytes) || line.firstPlace < this.#ripePlace;
  }

  // Whoever waits at this moment has waited long enough, and if it takes several batches.
  #ripen(): void {
    this.#ripePlace = this.#parts.line.nextPlace;
    this.#pump();
  }

  get #mayStart(): boolean {
    const { breaker, destination } = this.#parts;
    if (this.#isLoading || this.#cancelPause !== undefined || this.#giveUp.signal.aborted) return false;
    if (breaker.state === 'open') return false;
    return this.#flights.size < (breaker.state === 'half_open' ? 1 : destination.concurrency);
  }

  #pumpSoon(): void {
    if (this.#isSoon) return;
    this.#isSoon = true;
    this.#parts.quiet.run(() =>
      soon(() => {
        this.#isSoon = false;
        this.#pump();
      }),
    );
  }

  #pump(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    if (this.#parts.line.length === 0 || !this.#mayStart) return;
    if (this.#isDue) void this.#sendNext();
    else this.wake();
  }

  // Never rejects.
  async #sendNext(): Promise<void> {
    const { line, rules, project, onUnreadable } = this.#parts;
    const flight: Flight = { place: this.#parts.line.firstPlace, size: 0 };
    this.#flights.add(flight);
    this.#isLoading = true;
    const batch = this.#open();
    const group =
      'kind' in batch
        ? { entries: [], place: flight.place }
        : await load(batch, line, {
            ...rules,
            project,
            onTaken: (count) => {
              flight.size += count;
            },
            onUnreadable: (captured) => {
              flight.size--;
              onUnreadable(captured);
            },
          });
    this.#isLoading = false;
    // Others go while this one is on its way.
    if (line.length > 0) this.wake();
    const start = performance.now();
    const outcome = 'kind' in batch ? batch : await this.#outcomeOf(batch, group);
    this.#flights.delete(flight);
    if (outcome !== undefined) this.#settle(group, outcome, performance.now() - start);
    this.#parts.onOver();
    if (line.length > 0) this.wake();
  }

  #open(): Batch | Outcome {
    try {
      return this.#parts.destination.open();
    } catch (error) {
      return { kind: 'retry', reason: reasonOf(error) };
    }
  }

  async #outcomeOf(batch: Batch, { entries }: Group): Promise<Outcome | undefined> {
    if (entries.length === 0) return undefined;
    const putDown = this.#parts.carry(batch.bytes);
    try {
      return await batch.send(this.#giveUp.signal);
    } catch (error) {
      // A backend gives outcomes; what throws is the writing of the batch, and another attempt would throw again.
      return { kind: 'refused', reason: reasonOf(error) };
    } finally {
      putDown();
    }
  }

  #settle(group: Group, outcome: Outcome, ms: number): void {
    const { breaker, onOutcome } = this.#parts;
    // What is given up says nothing of the backend, and nobody waits for another attempt.
    if (this.#giveUp.signal.aborted) {
      onOutcome(group, outcome, ms);
      return;
    }
    if (outcome.kind === 'retry') {
      // Those that were on their way together failed together.
      if (this.#cancelPause === undefined) this.#attempts++;
      if (outcome.isBusy !== true) breaker.fail();
      this.#pause(delayBefore(this.#attempts, outcome.afterMs), outcome.afterMs !== undefined);
    } else {
      this.#attempts = 0;
      if (outcome.kind === 'blocked') breaker.block();
      else breaker.succeed();
    }
    onOutcome(group, outcome, ms);
  }

  #pause(ms: number, isAsked: boolean): void {
    const end = performance.now() + ms;
    if (this.#cancelPause !== undefined && end <= this.#pausedUntil) return;
    this.#cancelPause?.();
    this.#pausedUntil = end;
    this.#isPauseAsked = isAsked;
    this.#cancelPause = this.#parts.quiet.run(() =>
      after(ms, () => {
        this.#cancelPause = undefined;
        this.#pumpSoon();
      }),
    );
  }
}
