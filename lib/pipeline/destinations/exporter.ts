import { deadline } from '../../core/clock.js';
import type { Outcome } from '../delivery/outcome.js';
import type { FinishedSpan } from '../finished-span.js';
import type { Sdk } from '../sdk.js';
import { reasonOf } from '../delivery/reason.js';
import { outcomeOf } from '../transport/answer.js';
import type { Batch, QueuedDestination } from './destination.js';

/** What an exporter says when it is done, in the shape of the SDK's own. */
interface ExportResult {
  readonly code: number;
  readonly error?: Error;
}

/** An exporter of OpenTelemetry, of any line and of anybody. */
export interface SpanExporterLike {
  export(spans: readonly FinishedSpan[], done: (result: ExportResult) => void): void;
  forceFlush?(): Promise<void>;
  shutdown?(): Promise<void>;
}

/** A function in place of an exporter: what it returns is awaited, a throw or a rejection is a failure. */
export type ExportFunction = (spans: readonly FinishedSpan[]) => unknown;

// OTLP/gRPC, "Failures": INVALID_ARGUMENT, FAILED_PRECONDITION and ALREADY_EXISTS are about the batch; NOT_FOUND,
// PERMISSION_DENIED, UNIMPLEMENTED and UNAUTHENTICATED about us; the others may pass.
const GRPC_REFUSED = new Set([3, 6, 9]);
const GRPC_BLOCKED = new Set([5, 7, 12, 16]);

// The official exporters name the status of HTTP or of gRPC in their error.
function outcomeOfError(error: unknown): Outcome {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  const reason =
    error === undefined ? 'the exporter gave no reason' : typeof message === 'string' ? message : reasonOf(error);
  if (typeof code !== 'number') return { kind: 'retry', reason };
  if (GRPC_REFUSED.has(code)) return { kind: 'refused', reason };
  if (GRPC_BLOCKED.has(code)) return { kind: 'blocked', reason };
  if (code < 300 || code > 599) return { kind: 'retry', reason };
  const outcome = outcomeOf({ status: code, headers: {}, body: Buffer.alloc(0) });
  return 'reason' in outcome ? { ...outcome, reason } : outcome;
}

class ExporterBatch implements Batch {
  readonly #spans: FinishedSpan[] = [];
  readonly #export: (spans: readonly FinishedSpan[], signal: AbortSignal) => Promise<Outcome>;
  #bytes = 0;

  constructor(exporting: (spans: readonly FinishedSpan[], signal: AbortSignal) => Promise<Outcome>) {
    this.#export = exporting;
  }

  get count(): number {
    return this.#spans.length;
  }

  get bytes(): number {
    return this.#bytes;
  }

  add(span: FinishedSpan): void {
    this.#spans.push(span);
    this.#bytes += 200;
    for (const [key, value] of Object.entries(span.attributes)) {
      this.#bytes += key.length + (typeof value === 'string' ? value.length : 8);
    }
  }

  send(signal: AbortSignal): Promise<Outcome> {
    return this.#export(this.#spans, signal);
  }
}

/** Hands batches to an exporter that somebody else wrote, one at a time. */
export class ExporterDestination implements QueuedDestination {
  readonly isImmediate = false;
  readonly concurrency = 1;
  readonly #make: () => SpanExporterLike | ExportFunction;
  readonly #timeoutMs: number;
  readonly #success: number;
  #exporter: SpanExporterLike | ExportFunction | undefined;

  /** `make` is called with the first batch. */
  constructor(make: () => SpanExporterLike | ExportFunction, timeoutMs: number, sdk: Sdk) {
    this.#make = make;
    this.#timeoutMs = timeoutMs;
    this.#success = sdk.core.ExportResultCode.SUCCESS;
  }

  open(): Batch {
    return new ExporterBatch((spans, signal) => this.#send(spans, signal));
  }

  async close(): Promise<void> {
    const exporter = this.#exporter;
    if (exporter !== undefined && typeof exporter !== 'function') await exporter.shutdown?.();
  }

  // One that never calls back must not hold its queue for ever.
  async #send(spans: readonly FinishedSpan[], signal: AbortSignal): Promise<Outcome> {
    const limit = deadline(this.#timeoutMs, false);
    const late = limit.passed.then((): Outcome => {
      return { kind: 'retry', reason: `the exporter did not answer within ${this.#timeoutMs} ms` };
    });
    let giveUp = (): void => {};
    const aborted = new Promise<Outcome>((resolve) => {
      giveUp = () => resolve({ kind: 'retry', reason: 'tracing ended' });
    });
    signal.addEventListener('abort', giveUp);
    try {
      return await Promise.race([this.#export(spans), late, aborted]);
    } catch (error) {
      return outcomeOfError(error);
    } finally {
      limit.cancel();
      // The signal lives as long as the queue does.
      signal.removeEventListener('abort', giveUp);
    }
  }

  async #export(spans: readonly FinishedSpan[]): Promise<Outcome> {
    const exporter = (this.#exporter ??= this.#make());
    if (typeof exporter === 'function') {
      await exporter(spans);
      return { kind: 'delivered' };
    }
    return await new Promise<Outcome>((resolve) => {
      exporter.export(spans, ({ code, error }) => {
        resolve(code === this.#success ? { kind: 'delivered' } : outcomeOfError(error));
      });
    });
  }
}
