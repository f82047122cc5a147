// Spans of this line, as the official serialiser of this line writes them and as the one in the package does.
import { createTraceState, SpanKind, SpanStatusCode, trace, ROOT_CONTEXT } from '@opentelemetry/api';
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { KeptSpans } from './kept-spans.mjs';
import { OtlpJsonEncoder } from './node_modules/spanwright/dist/esm/pipeline/encoding/otlp-json.js';
import { OtlpProtobufEncoder } from './node_modules/spanwright/dist/esm/pipeline/encoding/otlp-protobuf.js';

const exporter = new KeptSpans();
const provider = new TracerProvider({
  resource: resourceFromAttributes(
    { 'service.name': 'encoding', nested: { list: [1, 'a'] } },
    { schemaUrl: 'urn:resource' },
  ),
  spanProcessors: [new SimpleSpanProcessor({ exporter })],
  spanLimits: { attributeCountLimit: 20, eventCountLimit: 3, linkCountLimit: 2, attributePerEventCountLimit: 2 },
});
const tracers = [
  provider.getTracer('one', '1.0.0', { schemaUrl: 'urn:scope' }),
  provider.getTracer('two'),
  provider.getTracer('three', '3', { attributes: { kind: 'scope' } }),
];

const VALUES = [
  'text',
  '',
  'wide – 二 𝒳',
  '\uD800',
  'x'.repeat(2048),
  'é'.repeat(70_000),
  0,
  -0,
  1.5,
  -7,
  2 ** 53,
  2 ** 63,
  -(2 ** 63),
  NaN,
  Infinity,
  true,
  false,
  null,
  undefined,
  [],
  ['a', null, undefined],
  [1, 'a', true],
  { deep: { list: [{ a: [0.5] }], none: null } },
  new Uint8Array([0, 1, 255]),
  [[1], [2, [3]]],
  {},
  { '': '' },
];
const remote = {
  traceId: 'AB'.repeat(16),
  spanId: 'cd'.repeat(8),
  traceFlags: 3,
  isRemote: true,
  traceState: createTraceState('vendor=a,other=b'),
};

for (let round = 0; round < 60; round++) {
  const above = round % 3 === 0 ? trace.setSpanContext(ROOT_CONTEXT, remote) : ROOT_CONTEXT;
  const value = VALUES[round % VALUES.length];
  const span = tracers[round % tracers.length].startSpan(
    `span ${round}`,
    {
      kind: [SpanKind.INTERNAL, SpanKind.SERVER, SpanKind.CLIENT, SpanKind.PRODUCER, SpanKind.CONSUMER][round % 5],
      links:
        round % 4 === 0
          ? [{ context: remote, attributes: { value } }, { context: { ...remote, isRemote: false } }]
          : [],
      attributes: { value, list: [value, value] },
    },
    above,
  );
  for (let index = 0; index < round % 25; index++)
    span.setAttribute(`key ${index}`, VALUES[(round + index) % VALUES.length]);
  for (let index = 0; index < round % 5; index++) span.addEvent(`event ${index}`, { value, a: 1, b: 2 });
  if (round % 2 === 0)
    span.setStatus({ code: SpanStatusCode.ERROR, message: round % 4 === 0 ? 'wrong – 二' : undefined });
  if (round % 7 === 0) span.recordException(new TypeError('bad'));
  span.end();
}

function encode(encoder) {
  for (const span of exporter.finished) encoder.add(span);
  return Buffer.from(encoder.finish()).toString('base64');
}

const { finished } = exporter;
const types = new Set(
  finished.flatMap(({ attributes }) => Object.values(attributes).map((value) => Object.prototype.toString.call(value))),
);
console.log(
  JSON.stringify({
    spans: finished.length,
    types: [...types].sort(),
    protobuf: {
      ours: encode(new OtlpProtobufEncoder()),
      official: Buffer.from(ProtobufTraceSerializer.serializeRequest(finished)).toString('base64'),
    },
    json: {
      ours: encode(new OtlpJsonEncoder(JsonTraceSerializer)),
      official: Buffer.from(JsonTraceSerializer.serializeRequest(finished)).toString('base64'),
    },
  }),
);
