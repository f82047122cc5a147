import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { deadline } from '../core/clock.js';
import { warn, warnsOnStderr } from '../core/diagnostics.js';
import { state } from '../core/state.js';
import { announcementOf } from './announcement.js';
import { Captured } from './delivery/captured.js';
import type { LastResort } from './delivery/last-resort.js';
import type { MemoryDestination } from './destinations/memory.js';
import type { FinishedSpan } from './finished-span.js';
import type { ExportPreview } from './handle.js';
import type { MeasuredDestination } from './health-metrics.js';
import type { Outlet } from './outlet.js';
import { originOf } from './projection/origins.js';
import type { DestinationHealth, FlushReport } from './report.js';
import { Readers } from './readers.js';
import { spanNames } from './span-names.js';

/** What else hangs on a pipeline. */
export interface PipelineHooks {
  readonly lastResort: LastResort;
  readonly putContent?: ((span: object) => void) | undefined;
  readonly onClose?: (() => void) | undefined;
}

/** The outlets of one configuration. */
export class Pipeline {
  readonly missing: readonly { readonly name: string; readonly reason: string }[];
  readonly lastResort: LastResort;
  /** Puts content on a span that is about to end; in force while `state` names it. */
  readonly putContent: ((span: object) => void) | undefined;
  readonly #outlets: readonly Outlet[];
  readonly #onClose: (() => void) | undefined;
  readonly #readers: Readers;
  #isActive = true;
  #areDown = false;
  #report: Promise<FlushReport> | undefined;

  /** `missing` names the destinations that could not be made. */
  constructor(
    outlets: readonly Outlet[],
    missing: Pipeline['missing'],
    { lastResort, putContent, onClose }: PipelineHooks,
  ) {
    this.#outlets = outlets;
    this.missing = missing;
    this.lastResort = lastResort;
    this.putContent = putContent;
    this.#onClose = onClose;
    this.#readers = new Readers(outlets, putContent !== undefined, () => this.#pressure());
  }

  get active(): boolean {
    return this.#isActive;
  }

  /** True when none of its destinations could be made. */
  get isEmpty(): boolean {
    return this.#outlets.length === 0;
  }

  accept(span: ReadableSpan): void {
    let captured: Captured | undefined;
    const capture = (): Captured => (captured ??= new Captured(span));
    for (const outlet of this.#outlets) if (outlet.takes(span)) outlet.accept(span, capture);
    spanNames.note(span);
  }

  /** Tells destinations that ask for it that a workflow has started. */
  announce(span: ReadableSpan): void {
    const outlets = this.#outlets.filter((outlet) => outlet.rules.announceStarts && outlet.takes(span));
    if (outlets.length === 0) return;
    const announcement = announcementOf(span);
    let captured: Captured | undefined;
    for (const outlet of outlets) outlet.accept(announcement, () => (captured ??= new Captured(announcement)));
  }

  /** Spans that a flush would still have to deliver. */
  get unfinished(): number {
    return this.#outlets.reduce((sum, outlet) => sum + outlet.unfinished, 0);
  }

  /** What metrics show of the destinations. */
  get measured(): readonly MeasuredDestination[] {
    return this.#outlets.map((outlet) => {
      const { name, provider, delivery } = outlet.rules;
      return { name, provider, maxQueue: delivery.maxQueue, health: () => outlet.health() };
    });
  }

  finishedSpans(name: string): FinishedSpan[] {
    const outlet = this.#outlets.find(({ rules }) => rules.name === name);
    const memory = outlet?.destination as Partial<MemoryDestination> | undefined;
    return memory?.finished?.() ?? [];
  }

  preview(span: FinishedSpan): Record<string, ExportPreview> {
    const ended = originOf(span);
    return Object.fromEntries(this.#outlets.map((outlet) => [outlet.rules.name, outlet.preview(ended)]));
  }

  health(): Record<string, DestinationHealth> {
    return Object.fromEntries(this.#outlets.map((outlet) => [outlet.rules.name, outlet.health()]));
  }

  /** True when every destination fails. */
  get isOut(): boolean {
    return this.#outlets.length > 0 && this.#outlets.every(({ isOut }) => isOut);
  }

  /** Delivers what waits, for at most this long. Never rejects. */
  flush(deadlineMs: number): Promise<FlushReport> {
    return this.#flush(deadlineMs, false);
  }

  /** Flushes and ends every destination, for at most this long. A second call gives the same report. Never rejects. */
  close(deadlineMs: number): Promise<FlushReport> {
    this.#report ??= this.#close(deadlineMs);
    return this.#report;
  }

  /** Says once when nobody takes spans any more, and once when somebody does again. */
  noteBreakers(): void {
    const queued = this.#outlets.filter(({ isQueued }) => isQueued);
    const areDown = queued.length > 0 && queued.every(({ isDown }) => isDown);
    if (areDown === this.#areDown || !this.#isActive) return;
    // A trial is neither: it is up again when something was taken.
    if (!areDown && !queued.some(({ isUp }) => isUp)) return;
    this.#areDown = areDown;
    const names = queued.map(({ rules }) => `"${rules.name}"`).join(', ');
    const message = areDown
      ? `all destinations down (${names})`
      : `recovered: destinations take spans again (${names})`;
    this.lastResort.say(message);
    // Once in one place.
    if (this.lastResort.isStderr && warnsOnStderr()) return;
    warn({ code: areDown ? 'EXPORT_ALL_DOWN' : 'EXPORT_RECOVERED', message });
  }

  async #flush(deadlineMs: number, isLast: boolean): Promise<FlushReport> {
    const before = this.#outlets.map(({ delivered, lost, nextPlace }) => ({ delivered, lost, nextPlace }));
    const limit = deadline(deadlineMs);
    const end = performance.now() + deadlineMs;
    await Promise.race([Promise.allSettled(this.#outlets.map((outlet) => outlet.flush(end, isLast))), limit.passed]);
    limit.cancel();
    const destinations = Object.fromEntries(
      this.#outlets.map((outlet, index) => {
        const { delivered = 0, lost = 0, nextPlace = 0 } = before[index] ?? {};
        // What ended meanwhile is left to the next flush; after the last one there is none.
        const pending = isLast ? outlet.pending : outlet.pendingBefore(nextPlace);
        return [
          outlet.rules.name,
          { delivered: outlet.delivered - delivered, undelivered: pending + outlet.lost - lost },
        ];
      }),
    );
    return { complete: Object.values(destinations).every(({ undelivered }) => undelivered === 0), destinations };
  }

  async #close(deadlineMs: number): Promise<FlushReport> {
    const end = performance.now() + deadlineMs;
    const report = await this.#flush(deadlineMs, true);
    this.#isActive = false;
    this.#onClose?.();
    if (state.putContentOnSpan === this.putContent) state.putContentOnSpan = undefined;
    this.#readers.leave();
    for (const { rules } of this.#outlets) rules.selection.close();
    const limit = deadline(Math.max(0, end - performance.now()));
    await Promise.race([Promise.allSettled(this.#outlets.map((outlet) => outlet.close())), limit.passed]);
    limit.cancel();
    return report;
  }

  #pressure(): Promise<void> | undefined {
    const waits = this.#outlets.flatMap(({ pressure }) => pressure ?? []);
    return waits.length === 0 ? undefined : Promise.all(waits).then(() => {});
  }
}
