import type { Attributes, Context, Span, SpanContext } from '@opentelemetry/api';
import { context as contextApi, SpanKind, trace } from '@opentelemetry/api';
import { toAttributes as toUserAttributes } from '../calls/attributes.js';
import { factsOf } from '../calls/context.js';
import { writeThrown } from '../calls/exception.js';
import { tracerFor } from '../calls/active.js';
import { hideInFacts, writeFacts } from '../calls/hidden-attributes.js';
import { NO_ATTRIBUTES } from '../calls/plan.js';
import { captureLate, copyFor, isContentWanted, keepHidden } from '../core/capture.js';
import { guarded } from '../core/guard.js';
import { hideText } from '../core/hide-text.js';
import { state } from '../core/state.js';
import { stepsOf } from '../genai/exchange-steps.js';
import { Exchange } from '../genai/exchange.js';
import { toAttributes } from '../genai/facts.js';
import { knownEndpoints } from '../genai/known-endpoints.js';
import { measureUsage } from '../genai/metrics.js';
import { withCost } from '../genai/pricing.js';
import { answererOf } from '../genai/recognise.js';
import type { CallRecord } from '../genai/record.js';
import type { RecordedAuditOptions } from './audited-row.js';
import { recordRow } from './audited-row.js';
import { contentFields } from './model-content.js';
import { EXCHANGE_DEPTH } from './model-facet.js';
import type { ModelOptions } from './model-options.js';
import type { AttributeInputs } from './options.js';

/** What is known of a call that is over. */
export interface RecordedCallOptions extends ModelOptions {
  /** The span's name. Default by the conventions: `chat gpt-4o`. */
  name?: string;
  /** When it began: a date, or milliseconds since 1970. Default the end. */
  startTime?: Date | number;
  /** When it ended: a date, or milliseconds since 1970. Default now. */
  endTime?: Date | number;
  /** The span above: a context, or the ids of a span of another process. Default the call that is active. */
  parent?: Context | SpanContext;
  /** Attributes of the span, as given. */
  attributes?: AttributeInputs;
  /** What the call failed with, where it did. */
  error?: unknown;
}

/** What is known of a call that is over and must be recorded in the ledger as well. */
export interface RecordedRowOptions extends RecordedCallOptions {
  /** Adds an intent and an outcome to the ledger for each answer: `true`, or what they say besides. */
  audit: true | RecordedAuditOptions;
}

function contextOf(parent: Context | SpanContext | undefined): Context {
  if (parent === undefined) return contextApi.active();
  return 'traceId' in parent ? trace.setSpanContext(contextApi.active(), parent) : parent;
}

function startSpan(exchange: Exchange, context: Context, options: RecordedCallOptions): Span | undefined {
  const { request, operation = 'chat' } = exchange.facts(true);
  const model = request?.model ?? options.model;
  const name = options.name ?? (model === undefined ? operation : `${operation} ${model}`);
  const facts = hideInFacts(factsOf(context) ?? NO_ATTRIBUTES);
  const attributes: Attributes = { ...facts.shown, ...toUserAttributes(options.attributes ?? {}) };
  const startTime = options.startTime ?? options.endTime ?? Date.now();
  const spanOptions = { kind: SpanKind.CLIENT, startTime, attributes };
  const span = tracerFor(context)?.startSpan(hideText(name), spanOptions, context);
  if (span?.isRecording() === true && facts.hidden !== undefined) keepHidden(span.spanContext(), facts.hidden);
  return span;
}

function recordOf(exchange: Exchange, model: string | undefined): CallRecord {
  const facts = exchange.facts(true);
  const request =
    model === undefined || facts.request?.model !== undefined ? facts.request : { ...facts.request, model };
  return { operation: 'chat', ...facts, ...(request === undefined ? {} : { request }) };
}

function write(
  span: Span,
  exchange: Exchange,
  request: unknown,
  response: unknown,
  options: RecordedCallOptions,
): void {
  const copy =
    span.isRecording() && isContentWanted()
      ? (value: unknown): unknown => copyFor(span.spanContext(), value, EXCHANGE_DEPTH)
      : undefined;
  exchange.keepRequest(copy);
  const isAnswered = exchange.answer(response, copy);
  const record = recordOf(exchange, options.model);
  // Its tokens alone: how long a row of a batch lay in a queue is no operation's duration.
  measureUsage(record);
  if (!span.isRecording()) return;
  writeFacts(span, toAttributes(withCost(record)));
  if (copy !== undefined) {
    const read = exchange.contentReader();
    captureLate(span.spanContext(), () => contentFields(read()));
  }
  if (options.error !== undefined) writeThrown(span, options.error, true, request);
  else if (!isAnswered) state.unrecognisedResponses++;
}

function recordOne(request: unknown, response: unknown, context: Context, options: RecordedCallOptions): void {
  const exchange = new Exchange({
    ...answererOf(options.provider, knownEndpoints()),
    maxChars: state.maxCaptureBytes,
  });
  exchange.ask([request]);
  const span = startSpan(exchange, context, options);
  if (span === undefined) return;
  try {
    // The tokens of what is sampled out count all the same.
    if (span.isRecording() || state.metrics !== undefined) write(span, exchange, request, response, options);
  } finally {
    span.end(options.endTime);
  }
}

function writeSpans(request: unknown, response: unknown, options: RecordedCallOptions): void {
  guarded('HOOK_FACET', () => {
    const context = contextOf(options.parent);
    // What nobody listens to is not looked at either.
    if (tracerFor(context) === undefined) return;
    for (const { request: asked, response: answer, error } of stepsOf(request, response)) {
      recordOne(asked, answer, context, error === undefined ? options : { error, ...options });
    }
  });
}

function isAudited(options: RecordedCallOptions | RecordedRowOptions): options is RecordedRowOptions {
  const audit = guarded('HOOK_FACET', () => (options as Partial<RecordedRowOptions> | null)?.audit !== undefined);
  return audit === true;
}

async function writeAudited(request: unknown, response: unknown, options: RecordedRowOptions): Promise<void> {
  const { audit, error, provider, model } = options;
  const context = contextOf(options.parent);
  const steps = stepsOf(request, response);
  await recordRow({ steps, response, error, provider, model, context }, audit === true ? {} : audit);
  writeSpans(request, response, options);
}

/**
 * Writes a span for a call to a model that is over: an answer, a row of a batch, or an agent's result, each of whose steps
 * becomes a span: `steps` of the AI SDK, `messages` of LangChain, `rawResponses` of OpenAI's agents. Request and answer are
 * what a client takes and gives, or parsed JSON. Does nothing while nobody listens, and never throws.
 *
 * With `audit` each answer gets an intent and an outcome in the ledger, and then its span: await the promise before you change
 * what you gave. It rejects with `AUDIT_…` where they cannot be kept; there is no span then.
 *
 * @example
 * recordLlmCall(row.request, row.response, { startTime: row.createdAt, endTime: row.completedAt });
 */
export function recordLlmCall(request: unknown, response: unknown, options: RecordedRowOptions): Promise<void>;
export function recordLlmCall(request: unknown, response: unknown, options?: RecordedCallOptions): void;
export function recordLlmCall(
  request: unknown,
  response: unknown,
  options: RecordedCallOptions | RecordedRowOptions = {},
): void | Promise<void> {
  return isAudited(options) ? writeAudited(request, response, options) : writeSpans(request, response, options);
}
