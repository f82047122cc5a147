import type { Attributes } from '@opentelemetry/api';
import { SpanKind } from '@opentelemetry/api';
import type { CallArguments, CallTarget, Facet, Outcome } from '../calls/facet.js';
import { guarded, refusePromise } from '../core/guard.js';
import { state } from '../core/state.js';
import { override, withoutBill } from '../genai/amend.js';
import { Exchange } from '../genai/exchange.js';
import { toAttributes } from '../genai/facts.js';
import { knownEndpoints } from '../genai/known-endpoints.js';
import { measureCall, measureChunk, metricAttributes } from '../genai/metrics.js';
import { GEN_AI } from '../genai/vocabularies/gen-ai-names.js';
import { withCost } from '../genai/pricing.js';
import type { Answerer } from '../genai/recognise.js';
import { answererOf } from '../genai/recognise.js';
import type { CallRecord, Operation } from '../genai/record.js';
import { streamOf } from './answer-stream.js';
import { Attempts } from './attempts.js';
import { createCallFacet } from './call-facet.js';
import { externalAttributes, latencyMs, noteStart, statusOf } from './external-facts.js';
import type { LooseOptions } from './loose-options.js';
import { contentFields, promptOf, writePrompt } from './model-content.js';
import { keepRecord } from './model-record.js';
import { overridesOf } from './overrides.js';

/** What makes one decorator for calls to models different from another. */
export interface ModelKind {
  readonly type: string;
  readonly rank: number;
  readonly operation: Operation;
  readonly callType: string;
  /** True when messages are kept as content without being asked for. */
  readonly keepsMessages: boolean;
}

// What is known of one call while it runs; the notes of the call hold it.
interface Progress {
  readonly exchange: Exchange;
  readonly attempts: Attempts | undefined;
  extracted: CallRecord | undefined;
  isCached: boolean;
  status: unknown;
  firstChunkMs: number | undefined;
  lastChunkMs: number | undefined;
  /** Of the times between chunks; found once, because a stream has thousands. */
  chunkAttributes: Attributes | undefined;
}

// The schema of a tool's arguments stands eight levels down in a request, and has some of its own.
export const EXCHANGE_DEPTH = 24;

type Hook = (...args: unknown[]) => unknown;

/** The facet of a decorator for calls to models: finds request and answer by their shapes, and writes what they say. */
export function createModelFacet(kind: ModelKind, options: LooseOptions): Facet {
  const base = createCallFacet(kind.type, kind.rank, { ...options, spanName: options.spanName ?? options.name });
  let answerer: Answerer | undefined;
  const stated = options.operation as Operation | undefined;
  const key = {};
  // Made when the name or the first attributes are asked for, taken over by `begin` of the same call.
  // By the arguments, which are of one call alone: a span that is sampled out must not keep its request.
  const opened = new WeakMap<CallArguments, Exchange>();
  const entered = new WeakMap<CallArguments, Attempts>();

  function open(self: unknown, args: CallArguments): Exchange {
    const known = opened.get(args);
    if (known !== undefined) return known;
    answerer ??= answererOf(options.provider, knownEndpoints());
    const exchange = new Exchange({ ...answerer, maxChars: state.maxCaptureBytes });
    const pick = options.request as Hook | undefined;
    const asked =
      pick === undefined
        ? args
        : guarded('HOOK_ARGS', () => [refusePromise(Reflect.apply(pick, self, args) as unknown)]);
    if (asked !== undefined) exchange.ask(asked);
    opened.set(args, exchange);
    return exchange;
  }

  function recordOf(exchange: Exchange, isOver = false): CallRecord & { readonly operation: Operation } {
    const found = exchange.facts(isOver);
    const operation = stated ?? found.operation ?? kind.operation;
    const { model } = options;
    if (model === undefined || found.request?.model !== undefined) return { ...found, operation };
    return { ...found, operation, request: { ...found.request, model } };
  }

  function copyOf(call: CallTarget): ((value: unknown) => unknown) | undefined {
    const isKept = kind.keepsMessages && call.recording && call.wantsContent;
    return isKept ? (value) => call.copy(value, EXCHANGE_DEPTH) : undefined;
  }

  function settle(call: CallTarget, self: unknown, value: unknown): void {
    const progress = call.notes.get(key) as Progress | undefined;
    if (progress === undefined) return;
    progress.status = value;
    const { extract, cached } = options;
    if (extract !== undefined) {
      progress.extracted = guarded('HOOK_ON_RESULT', () => Reflect.apply(extract as Hook, self, [value]) as CallRecord);
    }
    if (cached !== undefined) {
      progress.isCached = guarded('HOOK_ON_RESULT', () => Reflect.apply(cached as Hook, self, [value])) === true;
    }
    progress.exchange.answer(value, copyOf(call));
  }

  function takeChunk(call: CallTarget, item: unknown): void {
    const progress = call.notes.get(key) as Progress | undefined;
    if (progress === undefined) return;
    if (state.metrics !== undefined) {
      takeMeasuredChunk(call, progress, item);
      return;
    }
    progress.firstChunkMs ??= latencyMs(call);
    // Nobody looked at the time of this one.
    progress.lastChunkMs = undefined;
    progress.exchange.chunk(item, copyOf(call));
  }

  function takeMeasuredChunk(call: CallTarget, progress: Progress, item: unknown): void {
    const atMs = latencyMs(call);
    const beforeMs = progress.lastChunkMs;
    progress.firstChunkMs ??= atMs;
    progress.lastChunkMs = atMs;
    progress.exchange.chunk(item, copyOf(call));
    if (beforeMs === undefined || progress.isCached) return;
    progress.chunkAttributes ??= chunkAttributes(call, progress);
    const { chunkAttributes: attributes } = progress;
    call.emit(() => measureChunk((atMs - beforeMs) / 1000, attributes));
  }

  function chunkAttributes(call: CallTarget, { exchange, extracted }: Progress): Attributes {
    exchange.peek();
    return metricAttributes(override(recordOf(exchange, true), extracted), call.given);
  }

  function measure(call: CallTarget, record: CallRecord, { firstChunkMs }: Progress, outcome: Outcome): void {
    const measured = {
      // When the answer of an abandoned call ended, nobody knows.
      seconds: outcome === 'abandoned' ? undefined : latencyMs(call) / 1000,
      firstChunkSeconds: firstChunkMs === undefined ? undefined : firstChunkMs / 1000,
      errorType: call.errorType,
    };
    call.emit(() => measureCall(record, call.given, measured));
  }

  function finish(call: CallTarget, outcome: Outcome): void {
    const progress = call.notes.get(key) as Progress | undefined;
    if (progress === undefined) return;
    const { exchange } = progress;
    progress.attempts?.stop();
    exchange.finish(copyOf(call));
    const overrides = overridesOf(call);
    const said = override(override(recordOf(exchange, true), progress.extracted), overrides);
    if (state.metrics !== undefined && !progress.isCached) measure(call, said, progress, outcome);
    const isAnswered = exchange.isAnswered || progress.extracted !== undefined || overrides !== undefined;
    if (outcome === 'ok' && !isAnswered) state.unrecognisedResponses++;
    const record = progress.isCached ? withoutBill(said) : withCost(said);
    keepRecord(call.notes, record);
    if (call.recording) write(call, progress, record, outcome);
  }

  function write(call: CallTarget, progress: Progress, record: CallRecord, outcome: Outcome): void {
    const { exchange } = progress;
    const external = externalAttributes(call, {
      callType: kind.callType,
      provider: record.provider,
      status: statusOf(progress.status, outcome),
    });
    const attributes: Attributes = Object.assign(toAttributes(record), external);
    if (progress.firstChunkMs !== undefined && exchange.isStreamed) {
      attributes[GEN_AI.timeToFirstChunk] = progress.firstChunkMs / 1000;
      attributes[GEN_AI.stream] = true;
    }
    if (progress.isCached) attributes['spanwright.cached'] = true;
    if (exchange.isCut) attributes['spanwright.content_dropped'] = true;
    for (const given of Object.keys(call.given)) delete attributes[given];
    call.setAttributes(attributes);
    if (kind.keepsMessages && call.wantsContent) {
      const read = exchange.contentReader();
      const own = progress.extracted?.messages;
      call.captureLate(() => contentFields({ ...read(), ...own }), exchange.streamedChars);
    }
  }

  return {
    ...base,
    defaultKind: SpanKind.CLIENT,
    measures: true,
    takesContent: true,
    conventionalName: (_subject, self, args) => {
      const { operation, request } = recordOf(open(self, args));
      return request?.model === undefined ? operation : `${operation} ${request.model}`;
    },
    opening: (self, args) => {
      // Which interface it is goes by other names for OpenAI, and only the answer tells who it is.
      const { apiType: _apiType, ...record } = recordOf(open(self, args));
      return toAttributes(record);
    },
    streamIn: streamOf,
    enter: (context, _subject, _self, args) => {
      const attempts = new Attempts();
      entered.set(args, attempts);
      return attempts.enter(context);
    },
    begin: (call, self, args, subject) => {
      const exchange = open(self, args);
      const attempts = entered.get(args);
      opened.delete(args);
      attempts?.watch(call);
      exchange.keepRequest(copyOf(call));
      if (!kind.keepsMessages) call.captureForDigest('request', args.length === 1 ? args[0] : Array.from(args));
      call.notes.set(key, {
        exchange,
        attempts,
        extracted: undefined,
        isCached: false,
        status: undefined,
        firstChunkMs: undefined,
        lastChunkMs: undefined,
        chunkAttributes: undefined,
      });
      if (call.recording) {
        writePrompt(call, promptOf(options.prompt, self, args));
        base.begin?.(call, self, args, subject);
      }
      noteStart(call);
    },
    settled: (call, self, value) => {
      settle(call, self, value);
      if (call.recording) base.settled?.(call, self, value);
    },
    chunk: (call, item) => {
      takeChunk(call, item);
      if (call.recording) base.chunk?.(call, item);
    },
    done: (call, outcome) => {
      finish(call, outcome);
      if (call.recording) base.done?.(call, outcome);
    },
  };
}
