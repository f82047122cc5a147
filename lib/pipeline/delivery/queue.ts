import { measureExport } from '../health-metrics.js';
import type { DropReason } from './accounts.js';
import type { BreakerState } from './breaker.js';
import { Breaker } from './breaker.js';
import type { Holder } from './budget.js';
import type { Captured } from './captured.js';
import type { Group } from './line.js';
import { Line } from './line.js';
import { Losses } from './losses.js';
import type { Outcome } from './outcome.js';
import { Pressure } from './pressure.js';
import type { QueueParts } from './queue-parts.js';
import { Sender } from './sender.js';
import { doubt, part } from './split.js';

/** The spans that wait for one destination, bounded in number and in bytes, and what becomes of them. */
export class Queue implements Holder {
  readonly #parts: QueueParts;
  readonly #line = new Line();
  readonly #breaker: Breaker;
  readonly #sender: Sender;
  readonly #pressure: Pressure;
  readonly #losses: Losses;
  readonly #watchers = new Set<() => void>();
  #heldBytes = 0;
  #isClosed = false;

  constructor(parts: QueueParts) {
    const { settings, destination, quiet, requestBytes, waitsForResources, project, budget } = parts;
    this.#parts = parts;
    this.#breaker = new Breaker(settings.breaker, () => this.#sender.try());
    const maxBytes = Math.min(settings.batch.maxBytes, requestBytes ?? Infinity);
    this.#sender = new Sender({
      line: this.#line,
      breaker: this.#breaker,
      destination,
      quiet,
      rules: {
        ...settings.batch,
        maxBytes,
        // Asked for each batch: others may have joined.
        get maxHeldBytes() {
          return budget.shareOnItsWay / destination.concurrency;
        },
        waitsForResources,
      },
      project,
      onUnreadable: (captured) => this.#drop('projection_failed', [captured]),
      onOutcome: (group, outcome, ms) => this.#settle(group, outcome, ms),
      carry: (bytes) => budget.carry(bytes),
      onOver: () => this.#finish(),
    });
    this.#pressure = new Pressure(settings, () => this.pending, budget);
    this.#losses = new Losses(parts.name, parts.accounts, parts.lastResort);
    budget.join(this);
  }

  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** Spans that wait or are on their way. */
  get pending(): number {
    return this.#line.length + this.#sender.inFlight;
  }

  /** The place behind all that wait at this moment. */
  get nextPlace(): number {
    return this.#line.nextPlace;
  }

  /** Spans in front of a place that wait or are on their way. */
  pendingBefore(place: number): number {
    return this.#sender.countBefore(place);
  }

  get breaker(): BreakerState {
    return this.#breaker.state;
  }

  /** What an asynchronous call waits for, where the queue is nearly full and slows calls down. */
  get pressure(): Promise<void> | undefined {
    return this.#pressure.wait();
  }

  /** Takes a span, or makes room for it; what has to go is dropped and counted. */
  push(captured: Captured): void {
    const { accounts, settings, budget } = this.#parts;
    accounts.accept();
    if (this.#isClosed) return this.#losses.lose('closed', 1);
    const keepsOld = settings.onFull === 'drop_newest';
    if (this.pending >= settings.maxQueue && (keepsOld || !this.evict())) return this.#loseForRoom();
    // Who keeps what it has does not push itself out; others give way to it as they do for anybody.
    if (!budget.hasRoom(captured) && keepsOld && budget.largest() === this) return this.#loseForRoom();
    if (!budget.makeRoom(captured, this)) return this.#loseForRoom();
    budget.take(captured);
    this.#heldBytes += captured.bytes;
    this.#line.push(captured);
    this.#sender.wake();
  }

  evict(): boolean {
    const captured = this.#parts.settings.onFull === 'drop_newest' ? this.#line.dropNewest() : this.#line.dropOldest();
    if (captured === undefined) return false;
    this.#release([captured]);
    this.#loseForRoom();
    return true;
  }

  /**
   * Delivers what waits now; returns when that is done, or cannot be: nothing answers, or the backend asked for peace
   * beyond `end`. `isLast` tries once more even so.
   */
  async flush(end: number, isLast: boolean): Promise<void> {
    const place = this.#line.nextPlace;
    if (isLast) this.#breaker.allowTrial();
    const calm = this.#sender.hurry();
    try {
      while (this.#sender.firstPlace < place && this.#mayStillSend(end)) await this.#change();
    } finally {
      calm();
    }
  }

  /** Ends it; what still waits is dropped and counted. */
  close(): void {
    this.#isClosed = true;
    this.#sender.stop();
    this.#breaker.stop();
    this.#dropRest();
    this.#parts.budget.leave(this);
    this.#tell();
  }

  #dropRest(): void {
    const rest: Captured[] = [];
    for (let one = this.#line.dropOldest(); one !== undefined; one = this.#line.dropOldest()) rest.push(one);
    this.#drop('shutdown', rest);
  }

  #mayStillSend(end: number): boolean {
    if (this.#isClosed || this.pending === 0 || this.#breaker.state === 'open') return false;
    return performance.now() + this.#sender.pauseMs < end;
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#watchers.add(resolve);
    });
  }

  #settle(group: Group, outcome: Outcome, ms: number): void {
    const { accounts, failures, onBreaker } = this.#parts;
    accounts.noteExport(ms);
    measureExport(this.#parts, ms, outcome.kind === 'delivered' ? undefined : outcome.kind);
    const { entries } = group;
    // What was given up says nothing of the backend.
    if (this.#isClosed && outcome.kind !== 'delivered') return this.#drop('shutdown', entries);
    switch (outcome.kind) {
      case 'delivered':
        this.#deliver(group, outcome);
        break;
      case 'refused':
      case 'too_large':
        this.#part(group, outcome);
        break;
      case 'blocked':
        this.#line.putBack([group]);
        failures.block(outcome, entries.length);
        break;
      default:
        this.#retry(group, outcome);
        failures.fail(outcome.reason, entries.length, 'they stay queued');
    }
    onBreaker();
  }

  #deliver({ entries, split }: Group, { rejected = 0, reason }: Extract<Outcome, { kind: 'delivered' }>): void {
    const { accounts, failures } = this.#parts;
    if (split !== undefined) split.wasTaken = true;
    const refused = Math.min(rejected, entries.length);
    this.#release(entries);
    accounts.deliver(entries.length - refused);
    this.#losses.lose('rejected', refused);
    // One that was on its way when the backend closed its doors says nothing of now.
    if (refused === 0 && this.#breaker.state === 'open') return;
    if (refused === 0) failures.succeed(accounts.lost);
    else failures.lose(reason ?? 'it gave no reason', refused);
  }

  #retry(group: Group, { mayBeBatch, reason }: Extract<Outcome, { kind: 'retry' }>): void {
    const again = mayBeBatch === true ? doubt(group, this.#parts.accounts.delivered) : group;
    if (again === undefined) this.#part(group, { kind: 'refused', reason });
    else this.#line.putBack([again]);
  }

  #part(group: Group, { kind, reason }: Extract<Outcome, { kind: 'refused' | 'too_large' }>): void {
    const parted = part(group);
    if (parted.kind === 'halves') return this.#line.putBack(parted.halves);
    this.#drop(kind, group.entries);
    this.#parts.failures.lose(reason, group.entries.length);
  }

  #drop(reason: DropReason, entries: readonly Captured[]): void {
    this.#release(entries);
    this.#losses.lose(reason, entries.length);
  }

  #release(entries: readonly Captured[]): void {
    for (const captured of entries) {
      this.#heldBytes -= captured.bytes;
      this.#parts.budget.release(captured);
    }
    this.#pressure.ease();
  }

  #loseForRoom(): void {
    const { settings, budget } = this.#parts;
    this.#losses.loseForRoom(settings.maxQueue, budget.maxBytes);
  }

  #finish(): void {
    if (this.#isClosed) this.#dropRest();
    this.#tell();
  }

  #tell(): void {
    const watchers = [...this.#watchers];
    this.#watchers.clear();
    for (const watcher of watchers) watcher();
  }
}
