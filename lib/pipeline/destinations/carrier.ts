import type { Outcome } from '../delivery/outcome.js';
import type { FinishedSpan } from '../finished-span.js';
import { outcomeOfError, outcomeOfResult } from './export-outcome.js';
import type { ExportResult } from './export-outcome.js';

/** What carries spans to a backend in somebody else's way. */
export interface Carrier {
  /** Sends spans; the signal gives up. Never rejects. */
  send(spans: readonly FinishedSpan[], signal: AbortSignal): Promise<Outcome>;
  /** Delivers what it keeps back. */
  flush?(): Promise<void> | void;
  close?(): Promise<void> | void;
}

/** An exporter of OpenTelemetry, of any line and of anybody. */
export interface SpanExporterLike {
  export(spans: readonly FinishedSpan[], done: (result: ExportResult) => void): void;
  forceFlush?(): Promise<void>;
  shutdown?(): Promise<void>;
}

/** A function in place of an exporter: what it returns is awaited, a throw or a rejection is a failure. */
export type ExportFunction = (spans: readonly FinishedSpan[]) => unknown;

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}

/** Hands spans to an exporter; its first word counts, be it a call back, a throw or a rejection. */
export function exportTo(
  exporter: SpanExporterLike,
  spans: readonly FinishedSpan[],
  success: number,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const fail = (error: unknown): void => resolve(outcomeOfError(error));
    try {
      const returned: unknown = exporter.export(spans, (result: ExportResult | undefined) => {
        resolve(outcomeOfResult(result, success));
      });
      // Nobody else looks at what an asynchronous one returns: its rejection would end the process.
      if (isThenable(returned)) void returned.then(undefined, fail);
    } catch (error) {
      fail(error);
    }
  });
}

// An application may hand one exporter to several configurations, the next of which begins before the last has ended.
const users = new WeakMap<object, number>();

/** Carries spans through an exporter of the application's, which it shuts down when nobody uses it any more. */
export class CustomCarrier implements Carrier {
  readonly #exporter: SpanExporterLike | ExportFunction;
  readonly #success: number;

  constructor(exporter: SpanExporterLike | ExportFunction, success: number) {
    this.#exporter = exporter;
    this.#success = success;
    users.set(exporter, (users.get(exporter) ?? 0) + 1);
  }

  async send(spans: readonly FinishedSpan[]): Promise<Outcome> {
    const exporter = this.#exporter;
    if (typeof exporter !== 'function') return await exportTo(exporter, spans, this.#success);
    try {
      await exporter(spans);
      return { kind: 'delivered' };
    } catch (error) {
      return outcomeOfError(error);
    }
  }

  async flush(): Promise<void> {
    if (typeof this.#exporter !== 'function') await this.#exporter.forceFlush?.();
  }

  async close(): Promise<void> {
    const left = (users.get(this.#exporter) ?? 1) - 1;
    users.set(this.#exporter, left);
    if (left === 0 && typeof this.#exporter !== 'function') await this.#exporter.shutdown?.();
  }
}
