// States of a writer: open → (doomed | broken) → closed. Doomed: takes nothing, what it holds is still written. Broken: a
// write or a sync failed, nothing is written any more, and nobody knows what the file holds.
import { FRAME_HEADER_BYTES } from '../frame.js';
import { Admission, type StoreCounters } from './admission.js';
import { auditError, reasonOf } from './audit-error.js';
import { startsEarly } from './early-start.js';
import type { FileSeries } from './file-series.js';
import { whenDone } from './file-system.js';
import { Flight } from './flight.js';
import { type Group, GroupMemory } from './group.js';
import type { PayloadJournal } from './payload-journal.js';
import { createJournal, runWhenIdle, type SegmentWriterParts, startSegments } from './segment-writer-parts.js';
import type { Admitted, Append, LedgerWriter } from './store.js';
import { SyncDeadline } from './sync-deadline.js';

/** Writes one chain into segments, group by group. */
export class SegmentWriter implements LedgerWriter {
  readonly wid: string;
  durable = 0;
  poison: Error | undefined;
  readonly admission: Admission;
  readonly #segments: FileSeries;
  readonly #journal: PayloadJournal;
  readonly #counters: StoreCounters;
  readonly #deadline: SyncDeadline;
  readonly #onClosed: () => Promise<void>;
  readonly #memory = new GroupMemory();
  readonly #waiting: Group[] = [];
  readonly #start = (): void => this.#next();
  #flight: Flight | undefined;
  #isScheduled = false;
  #isBroken = false;
  #isEnded = false;
  #isClosing = false;
  #closing: Promise<void> | undefined;
  #filing: Promise<void> = Promise.resolve();
  #whenDrained: (() => void) | undefined;

  constructor(parts: SegmentWriterParts) {
    const onDoubt = (error: Error): void => void this.#fail(error);
    this.wid = parts.wid;
    this.#counters = parts.counters;
    this.#onClosed = parts.onClosed;
    this.#segments = startSegments(parts, onDoubt);
    this.#journal = createJournal(parts, onDoubt, () => this.#flight === undefined);
    this.admission = new Admission(parts.bounds, parts.counters, parts.space, {
      entries: this.#segments,
      payloads: this.#journal,
    });
    this.#deadline = new SyncDeadline(parts.deadlineMs, () => this.#unsettled());
  }

  admit(as: Admitted, bytes: number, payloadBytes = 0): void {
    if (this.poison !== undefined) throw this.poison;
    this.admission.admit(as, bytes, payloadBytes);
  }

  append(append: Append): Promise<void> {
    if (this.poison !== undefined) return Promise.reject(this.poison);
    const group = this.#take(append);
    const isFree = this.#flight === undefined;
    if (isFree && startsEarly(group.entries, this.#counters)) this.#next();
    else if (isFree && !this.#isScheduled) {
      this.#isScheduled = true;
      // After every callback and promise of this turn: those who call together share a sync.
      setImmediate(this.#start);
    }
    return group.promise;
  }

  appendSync(append: Append): void {
    if (this.poison !== undefined) throw this.poison;
    this.#take(append);
    this.#drainSync();
  }

  canKeep(bytes: number): boolean {
    return this.poison === undefined && this.admission.canKeep(bytes);
  }

  release(): void {
    this.admission.release();
  }

  doom(error: Error): void {
    this.poison ??= error;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close().catch((error: unknown) => {
      // Asked again it looks again, as long as bytes of it are on their way.
      if (this.#segments.isBusy) this.#closing = undefined;
      throw error;
    });
    return this.#closing;
  }

  closeSync(): void {
    this.#refuseMore();
    try {
      if (!this.#isBroken && this.#unsettled().length > 0) this.#drainSync();
    } finally {
      this.#end();
    }
  }

  async #close(): Promise<void> {
    this.#refuseMore();
    try {
      if (!this.#isBroken && this.#unsettled().length > 0) {
        await this.#deadline.limit(whenDone((done) => (this.#whenDrained = () => done(null))));
      }
      await this.#deadline.limit(Promise.all([this.#segments.idle(), this.#isBroken || this.#journal.idle()]));
    } catch (error) {
      this.#isBroken = true;
      for (const group of this.#unsettled()) group.giveUpWaiting(error as Error);
      throw error;
    } finally {
      this.#end();
    }
    await this.#filing;
  }

  #refuseMore(): void {
    this.#isClosing ||= this.poison === undefined;
    this.doom(auditError('AUDIT_CLOSED', 'the ledger was closed'));
  }

  #end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#deadline.stop();
    const how = this.#isBroken ? 'abandon' : 'close';
    try {
      this.#segments[how]();
    } finally {
      try {
        this.#journal[how]();
      } finally {
        this.#filing = runWhenIdle(this.#segments, this.#onClosed);
      }
    }
  }

  #unsettled(): Group[] {
    return [...(this.#flight === undefined ? [] : [this.#flight.group]), ...this.#waiting];
  }

  #take({ entry, as, payload }: Append): Group {
    let group = this.#waiting.at(-1);
    if (group?.takes(entry) !== true) {
      group = this.#memory.open(this.#deadline.clockMs);
      this.#waiting.push(group);
      this.#deadline.watch();
    }
    group.add(entry, payload, this.durable);
    this.admission.take(as, FRAME_HEADER_BYTES + entry.length, payload === undefined ? 0 : payload.bytes.length);
    return group;
  }

  #next(): void {
    this.#isScheduled = false;
    const group = this.#waiting[0];
    if (this.#flight !== undefined || this.#isBroken || group === undefined) return;
    const batch = group.payloads === undefined ? undefined : this.#journal.place(group, this.#start);
    if (group.payloads !== undefined && batch === undefined) return;
    const file = this.#segments.place(group.length, this.#start);
    if (file === undefined) return;
    this.#waiting.shift();
    group.stamp(this.durable);
    const flight = new Flight(group, file, batch);
    this.#flight = flight;
    flight.start((error) => this.#landed(flight, error));
    this.#segments.topUp(this.admission.wanted);
  }

  #landed(flight: Flight, error: Error | null): void {
    this.#memory.release(flight.group);
    if (error !== null) return void this.#fail(error);
    if (flight.isOvertaken || this.#isBroken) return;
    this.#flight = undefined;
    flight.arrive();
    this.#settle(flight);
    if (this.#waiting.length > 0) this.#next();
    else this.#whenDrained?.();
  }

  /** What is handed over is written now; bytes on their way are written again where they belong. */
  #drainSync(): void {
    const flown = this.#flight;
    const flights = flown ? [flown] : [];
    try {
      flown?.repeatSync();
      for (let group = this.#waiting[0]; group !== undefined; group = this.#waiting[0]) {
        const batch = group.payloads === undefined ? undefined : this.#journal.placeSync(group);
        const file = this.#segments.placeSync(group.length);
        // A segment is begun when all before it is durable.
        const former = flights.at(-1)?.file;
        if (former !== file) former?.syncSync();
        const flight = new Flight(group, file, batch);
        this.#waiting.shift();
        group.stamp(this.durable);
        flights.push(flight);
        flight.repeatSync();
      }
      for (const file of new Set(flights.flatMap((flight) => flight.files))) file.syncSync();
    } catch (error) {
      const failure = this.#fail(error as Error);
      for (const { group } of flights) if (!group.isSettled) this.#drop(group, failure);
      throw failure;
    }
    this.#flight = undefined;
    for (const flight of flights) {
      if (flight === flown) flight.isOvertaken = true;
      else this.#memory.release(flight.group);
      this.#settle(flight);
    }
    this.#segments.topUp(this.admission.wanted);
    this.#whenDrained?.();
  }

  #settle(flight: Flight): void {
    const { group, batch } = flight;
    if (batch !== undefined) this.#journal.landed();
    this.durable += group.entries;
    this.admission.leave(group.entries, group.length, group.payloadBytes);
    this.#deadline.confirm();
    flight.count(this.#counters);
    group.resolve();
  }

  #fail(cause: Error): Error {
    const error = auditError('AUDIT_POISONED', `the ledger cannot tell what it holds: ${reasonOf(cause)}`, cause);
    if (this.#isBroken) return this.poison ?? error;
    this.#isBroken = true;
    // That it was closed is no reason why it holds less.
    if (this.poison === undefined || this.#isClosing) this.poison = error;
    const waiting = this.#unsettled();
    this.#flight = undefined;
    for (const group of waiting) this.#drop(group, error);
    this.#waiting.length = 0;
    this.#whenDrained?.();
    return error;
  }

  #drop(group: Group, error: Error): void {
    group.reject(error);
    this.admission.leave(group.entries, group.length, group.payloadBytes);
  }
}
