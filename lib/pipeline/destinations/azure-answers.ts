import type { Outcome } from '../delivery/outcome.js';
import type { FinishedSpan } from '../finished-span.js';
import type { Answer } from '../transport/answer.js';
import { outcomeOf, retryAfterMs } from '../transport/answer.js';

/** One request and what came back. */
export interface Exchange {
  readonly sent: unknown;
  readonly answer: Answer;
}

interface Envelope {
  readonly tags?: Readonly<Record<string, string>>;
  readonly data?: { readonly baseType?: string; readonly baseData?: { readonly id?: string } };
}

interface ItemError {
  readonly index: number;
  readonly statusCode: number;
  readonly message?: string;
}

// What Azure may take later, of one item as of a whole request.
const LATER = new Set([401, 403, 408, 429, 439, 500, 502, 503, 504]);
const MAX_REMEMBERED = 10_000;
const PARTIAL = 206;

const keyOf = (span: FinishedSpan): string => `${span.spanContext().traceId}:${span.spanContext().spanId}`;

// Events and the resource are envelopes as well; a span is one that has an id.
function spanOf(envelope: Envelope | undefined): string | undefined {
  const { baseType, baseData } = envelope?.data ?? {};
  if (baseType !== 'RemoteDependencyData' && baseType !== 'RequestData') return undefined;
  return `${envelope?.tags?.['ai.operation.id']}:${baseData?.id}`;
}

/**
 * Reads answers of Azure Monitor. Of a batch that was taken in part, what was refused for now is sent again and what was
 * taken is not: a span remembered as `taken` or `refused` waits in the queue only for the others of its batch.
 */
export class AzureAnswers {
  readonly #settled = new Map<string, 'taken' | 'refused'>();

  /** The spans of a batch that are still to be sent. */
  unsettled(spans: readonly FinishedSpan[]): readonly FinishedSpan[] {
    return this.#settled.size === 0 ? spans : spans.filter((span) => !this.#settled.has(keyOf(span)));
  }

  /** What became of a batch; `exchange` is undefined where nothing of it was left to send. */
  outcomeOf(spans: readonly FinishedSpan[], exchange: Exchange | undefined): Outcome {
    if (exchange === undefined) return this.#delivered(spans);
    const { answer } = exchange;
    if (answer.status === PARTIAL) return this.#partly(spans, exchange);
    if (answer.status === 400 && answer.body.includes('Invalid instrumentation key')) {
      return { kind: 'blocked', reason: 'HTTP 400: Invalid instrumentation key', hint: 'check the connectionString' };
    }
    const outcome = outcomeOf(answer);
    return outcome.kind === 'delivered' ? this.#delivered(spans) : outcome;
  }

  #delivered(spans: readonly FinishedSpan[], reason = 'some items were not accepted'): Outcome {
    let rejected = 0;
    for (const span of spans) {
      if (this.#settled.get(keyOf(span)) === 'refused') rejected++;
      this.#settled.delete(keyOf(span));
    }
    return rejected === 0
      ? { kind: 'delivered' }
      : { kind: 'delivered', rejected, reason: `it left out ${rejected} spans: ${reason}` };
  }

  #partly(spans: readonly FinishedSpan[], { sent, answer }: Exchange): Outcome {
    const errors = readErrors(answer.body);
    // Nobody knows what was taken: sent again it would arrive twice.
    if (errors === undefined) {
      return { kind: 'delivered', rejected: spans.length, reason: 'HTTP 206 with an answer that cannot be read' };
    }
    const envelopes = JSON.parse(String(sent)) as readonly Envelope[];
    const later = new Set<string>();
    const refused = new Set<string>();
    for (const { index, statusCode, message = '' } of errors) {
      const span = spanOf(envelopes[index]);
      if (span === undefined) continue;
      const isLater = LATER.has(statusCode) && !/sampled out/i.test(message);
      (isLater ? later : refused).add(span);
    }
    if (this.#settled.size > MAX_REMEMBERED) this.#settled.clear();
    for (const span of spans) {
      const key = keyOf(span);
      if (!later.has(key) && !this.#settled.has(key)) this.#settled.set(key, refused.has(key) ? 'refused' : 'taken');
    }
    const first = errors[0];
    const reason = `HTTP 206, ${first?.statusCode ?? ''} ${first?.message ?? ''}`.trim().slice(0, 300);
    if (later.size === 0) return this.#delivered(spans, reason);
    const afterMs = retryAfterMs(answer.headers['retry-after']);
    return { kind: 'retry', reason, isBusy: true, ...(afterMs === undefined ? {} : { afterMs }) };
  }
}

function readErrors(body: Buffer): readonly ItemError[] | undefined {
  try {
    const { errors = [] } = JSON.parse(body.toString('utf8')) as { errors?: readonly ItemError[] | null };
    return Array.isArray(errors) ? (errors as readonly ItemError[]) : [];
  } catch {
    return undefined;
  }
}
