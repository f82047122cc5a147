import { deadline } from '../../core/clock.js';
import type { Outcome } from '../delivery/outcome.js';
import type { FinishedSpan } from '../finished-span.js';
import type { Sdk } from '../sdk.js';
import type { Carrier } from './carrier.js';
import type { Batch, QueuedDestination } from './destination.js';
import { ExporterBatch } from './exporter-batch.js';

const ENDED: Outcome = { kind: 'retry', reason: 'tracing ended' };

/** Hands batches to an exporter that somebody else wrote, one at a time. */
export class ExporterDestination implements QueuedDestination {
  readonly isImmediate = false;
  readonly showsSpans = true;
  readonly concurrency = 1;
  readonly #carrier: Carrier;
  readonly #timeoutMs: number;
  readonly #sdk: Sdk;

  constructor(carrier: Carrier, timeoutMs: number, sdk: Sdk) {
    this.#carrier = carrier;
    this.#timeoutMs = timeoutMs;
    this.#sdk = sdk;
  }

  open(): Batch {
    return new ExporterBatch(this.#sdk, (spans, signal) => this.#send(spans, signal));
  }

  async flush(): Promise<void> {
    await this.#carrier.flush?.();
  }

  async close(): Promise<void> {
    await this.#carrier.close?.();
  }

  // One that never answers must not hold its queue for ever, and what it still does must not deliver a batch twice.
  async #send(spans: readonly FinishedSpan[], signal: AbortSignal): Promise<Outcome> {
    if (signal.aborted) return ENDED;
    const giveUp = new AbortController();
    const limit = deadline(this.#timeoutMs, false);
    const late: Outcome = { kind: 'retry', reason: `the exporter did not answer within ${this.#timeoutMs} ms` };
    let end = (): void => {};
    const ended = new Promise<Outcome>((resolve) => {
      end = () => resolve(ENDED);
    });
    signal.addEventListener('abort', end, { once: true });
    try {
      const sent = this.#carrier.send(spans, giveUp.signal);
      const outcome = await Promise.race([sent, limit.passed.then(() => late), ended]);
      if (outcome === late || outcome === ENDED) giveUp.abort();
      return outcome;
    } finally {
      limit.cancel();
      signal.removeEventListener('abort', end);
    }
  }
}
