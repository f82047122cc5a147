// What it takes to make bytes of 1,000 ended spans, in milliseconds: the official serialisers, and our projection and what
// comes after it. Processor time, so that what other programs take is none of it. Prints medians, least and most.
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { createSpanProcessor } from 'spanwright';

import { resolveConfig } from '#lib/config/resolve.js';
import { OtlpProtobufEncoder } from '#lib/pipeline/encoding/otlp-protobuf.js';
import { projectSpan } from '#lib/pipeline/projection/project-span.js';
import { EVERY_SPAN } from '#lib/pipeline/selection/selection.js';
import { lazyPrivacy } from '#lib/privacy/lazy-privacy.js';

import { watchCpu } from './gauges.mjs';
import { spread } from './spread.mjs';
import { producerOf } from './spans.mjs';

const [roundsText = '21'] = process.argv.slice(2);
const SPANS = 1000;
const BATCH = 500;
const WARM = 6;

const kept = new InMemorySpanExporter();
// Holds content, so that calls keep it; the spans go elsewhere.
const processor = createSpanProcessor({ destinations: [{ provider: 'memory' }] });
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(kept)] });
provider.register();
const tracer = provider.getTracer('bench');
const privacy = lazyPrivacy(resolveConfig({}).privacy.rules);

const rulesAt = (content) => ({
  name: 'bench',
  content,
  selection: EVERY_SPAN,
  vocabulary: 'gen-ai',
  hidden: new Set(),
  maxContentChars: undefined,
  resource: undefined,
  privacy,
});

function makeSpans(kind) {
  const produce = producerOf(kind, tracer);
  for (let count = 0; count < SPANS; count++) produce();
  const spans = [...kept.getFinishedSpans()];
  kept.reset();
  return spans;
}

function inBatches(spans, work) {
  for (let start = 0; start < spans.length; start += BATCH) work(spans.slice(start, start + BATCH));
}

const project = (content) => (spans) => spans.map((span) => projectSpan(span, rulesAt(content)));
const asIs = (spans) => spans;
const json = (spans) => JsonTraceSerializer.serializeRequest(spans);
const protobuf = (spans) => ProtobufTraceSerializer.serializeRequest(spans);

function encode(spans) {
  const encoder = new OtlpProtobufEncoder();
  for (const span of spans) encoder.add(span);
  encoder.finish();
}

// `before` is not measured.
const steps = {
  'SDK json': { kind: 'ready', before: asIs, work: json },
  'SDK protobuf': { kind: 'ready', before: asIs, work: protobuf },
  'projection, full': { kind: 'ready', before: asIs, work: project('full') },
  'projection, record': { kind: 'record', before: asIs, work: project('redacted') },
  'encoding, full': { kind: 'ready', before: project('full'), work: encode },
  'encoding, record': { kind: 'record', before: project('redacted'), work: encode },
};

const seen = Object.fromEntries(Object.keys(steps).map((name) => [name, []]));
for (let round = 0; round < WARM + Number(roundsText); round++) {
  for (const [name, { kind, before, work }] of Object.entries(steps)) {
    const spans = before(makeSpans(kind));
    const stop = watchCpu();
    inBatches(spans, work);
    if (round >= WARM) seen[name].push(stop());
  }
}
await processor.shutdown();
console.log(JSON.stringify(Object.fromEntries(Object.entries(seen).map(([name, times]) => [name, spread(times)]))));
