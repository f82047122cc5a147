import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { deadline } from '../core/clock.js';
import { state } from '../core/state.js';
import type { ExportPreview } from './handle.js';
import type { MemoryDestination } from './destinations/memory.js';
import type { Outlet } from './outlet.js';
import type { DestinationHealth, FlushReport } from './report.js';
import type { FinishedSpan } from './finished-span.js';
import { originOf } from './projection/origins.js';
import { spanNames } from './span-names.js';

/** What else hangs on a pipeline. */
export interface PipelineHooks {
  readonly putContent?: ((span: object) => void) | undefined;
  readonly onClose?: (() => void) | undefined;
}

/** The outlets of one configuration. */
export class Pipeline {
  readonly missing: readonly { readonly name: string; readonly reason: string }[];
  readonly #outlets: readonly Outlet[];
  /** Puts content on a span that is about to end; in force while `state` names it. */
  readonly putContent: ((span: object) => void) | undefined;
  readonly #onClose: (() => void) | undefined;
  readonly #contentReaders: number;
  readonly #digestReaders: number;
  readonly #levelReaders: number;
  #isActive = true;
  #report: Promise<FlushReport> | undefined;

  /** `missing` names the destinations that could not be made. */
  constructor(
    outlets: readonly Outlet[],
    missing: Pipeline['missing'] = [],
    { putContent, onClose }: PipelineHooks = {},
  ) {
    this.#outlets = outlets;
    this.missing = missing;
    this.putContent = putContent;
    this.#onClose = onClose;
    const readers = outlets.filter(({ rules }) => rules.content !== 'none').length;
    this.#contentReaders = readers + (putContent === undefined ? 0 : 1);
    this.#digestReaders = outlets.filter(({ rules }) => rules.content === 'digest').length;
    this.#levelReaders = outlets.filter(({ rules }) => rules.granularity !== 'full').length;
    state.contentReaders += this.#contentReaders;
    state.digestReaders += this.#digestReaders;
    state.levelReaders += this.#levelReaders;
  }

  get active(): boolean {
    return this.#isActive;
  }

  accept(span: ReadableSpan): void {
    for (const outlet of this.#outlets) outlet.accept(span);
    spanNames.note(span);
  }

  /** Spans that a flush would still have to deliver. */
  get unfinished(): number {
    return this.#outlets.reduce((sum, outlet) => sum + outlet.unfinished, 0);
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

  /** Delivers what waits, for at most this long. Never rejects. */
  async flush(deadlineMs: number): Promise<FlushReport> {
    const before = this.#outlets.map(({ delivered, lost }) => ({ delivered, lost }));
    const limit = deadline(deadlineMs);
    await Promise.race([Promise.allSettled(this.#outlets.map((outlet) => outlet.flush())), limit.passed]);
    limit.cancel();
    const destinations = Object.fromEntries(
      this.#outlets.map((outlet, index) => {
        const { delivered = 0, lost = 0 } = before[index] ?? {};
        return [
          outlet.rules.name,
          { delivered: outlet.delivered - delivered, undelivered: outlet.pending + outlet.lost - lost },
        ];
      }),
    );
    return { complete: Object.values(destinations).every(({ undelivered }) => undelivered === 0), destinations };
  }

  /** Flushes and ends every destination, for at most this long. A second call gives the same report. Never rejects. */
  close(deadlineMs: number): Promise<FlushReport> {
    this.#report ??= this.#close(deadlineMs);
    return this.#report;
  }

  async #close(deadlineMs: number): Promise<FlushReport> {
    const end = performance.now() + deadlineMs;
    const report = await this.flush(deadlineMs);
    this.#isActive = false;
    this.#onClose?.();
    if (state.putContentOnSpan === this.putContent) state.putContentOnSpan = undefined;
    state.contentReaders -= this.#contentReaders;
    state.digestReaders -= this.#digestReaders;
    state.levelReaders -= this.#levelReaders;
    const limit = deadline(Math.max(0, end - performance.now()));
    await Promise.race([Promise.allSettled(this.#outlets.map((outlet) => outlet.close())), limit.passed]);
    limit.cancel();
    return report;
  }
}
