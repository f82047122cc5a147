import type { Attributes, Histogram } from '@opentelemetry/api';
import { hideText } from '../core/hide-text.js';
import { perMeter, SECONDS_BUCKETS } from '../core/meter.js';
import type { CallRecord, Usage } from './record.js';
import { GEN_AI } from './vocabularies/gen-ai-names.js';

// Names, units and buckets: GenAI semantic conventions 1.41.
const TOKENS_BUCKETS = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864];

interface Instruments {
  readonly tokens: Histogram;
  readonly duration: Histogram;
  readonly firstChunk: Histogram;
  readonly perChunk: Histogram;
}

const instruments = perMeter((meter): Instruments => {
  const histogram = (name: string, unit: string, buckets: number[], description: string): Histogram =>
    meter.createHistogram(name, { unit, description, advice: { explicitBucketBoundaries: buckets } });
  return {
    tokens: histogram(
      'gen_ai.client.token.usage',
      '{token}',
      TOKENS_BUCKETS,
      'Number of input and output tokens used.',
    ),
    duration: histogram('gen_ai.client.operation.duration', 's', SECONDS_BUCKETS, 'GenAI operation duration.'),
    firstChunk: histogram(
      'gen_ai.client.operation.time_to_first_chunk',
      's',
      SECONDS_BUCKETS,
      'Time from the request to the first chunk of a streamed answer.',
    ),
    perChunk: histogram(
      'gen_ai.client.operation.time_per_output_chunk',
      's',
      SECONDS_BUCKETS,
      'Time from the chunk before, for each chunk of a streamed answer after the first.',
    ),
  };
});

/** What was measured of a call to a model. */
export interface CallMeasures {
  /** How long it took; absent where nobody knows, because its stream was left unread. */
  readonly seconds: number | undefined;
  readonly firstChunkSeconds: number | undefined;
  readonly errorType: string | undefined;
}

// What the user's own `attributes` say of these beats what was found; the server is known from there alone.
const STATED = [
  GEN_AI.operationName,
  GEN_AI.providerName,
  GEN_AI.requestModel,
  GEN_AI.responseModel,
  GEN_AI.serverAddress,
  GEN_AI.serverPort,
];

const MAX_CHARS = 255;
// Hidden before the cut: a piece of a secret is one that nobody knows.
const MAX_SEEN_CHARS = 4096;

function put(attributes: Attributes, name: string, value: unknown): void {
  if (typeof value === 'string' && value !== '')
    attributes[name] = hideText(value.slice(0, MAX_SEEN_CHARS)).slice(0, MAX_CHARS);
  else if (typeof value === 'number') attributes[name] = value;
}

/** The attributes of a call's metrics: few values each, and no content. `given` are those of the decorators' options. */
export function metricAttributes(record: CallRecord, given: Attributes): Attributes {
  const { operation, provider, request, response } = record;
  const attributes: Attributes = {};
  put(attributes, GEN_AI.operationName, operation);
  put(attributes, GEN_AI.providerName, provider);
  put(attributes, GEN_AI.requestModel, request?.model);
  put(attributes, GEN_AI.responseModel, response?.model);
  for (const name of STATED) put(attributes, name, given[name]);
  return attributes;
}

function measureTokens(tokens: Histogram, usage: Usage, attributes: Attributes): void {
  const counts = { input: usage.inputTokens, output: usage.outputTokens };
  for (const [type, count] of Object.entries(counts)) {
    // A user may have made the counts; a histogram takes whatever is a number.
    if (Number.isFinite(count) && (count as number) >= 0) {
      tokens.record(count as number, { ...attributes, [GEN_AI.tokenType]: type });
    }
  }
}

/** Measures a call to a model that is over. Does nothing while metrics are off. */
export function measureCall(record: CallRecord, given: Attributes, measures: CallMeasures): void {
  const into = instruments();
  if (into === undefined) return;
  const { seconds, firstChunkSeconds, errorType } = measures;
  const attributes = metricAttributes(record, given);
  if (record.usage !== undefined) measureTokens(into.tokens, record.usage, attributes);
  if (firstChunkSeconds !== undefined) into.firstChunk.record(firstChunkSeconds, attributes);
  if (seconds === undefined) return;
  into.duration.record(
    seconds,
    errorType === undefined ? attributes : { ...attributes, [GEN_AI.errorType]: errorType },
  );
}

/** Measures the tokens alone of a call that was recorded afterwards. Does nothing while metrics are off. */
export function measureUsage(record: CallRecord): void {
  const into = instruments();
  if (into !== undefined && record.usage !== undefined) {
    measureTokens(into.tokens, record.usage, metricAttributes(record, {}));
  }
}

/** Measures the time between two chunks of one answer. */
export function measureChunk(seconds: number, attributes: Attributes): void {
  instruments()?.perChunk.record(seconds, attributes);
}
