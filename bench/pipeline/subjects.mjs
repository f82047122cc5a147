// What is compared: a provider with the SDK's processor and an official exporter, or with ours.
import { trace } from '@opentelemetry/api';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { CompressionAlgorithm } from '@opentelemetry/otlp-exporter-base';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { createSpanProcessor } from 'spanwright';

const MIB = 1024 ** 2;
const FLUSH_MS = 30_000;
const DEFAULT_BYTES = 40 * MIB;
const DEFAULT_QUEUE = 100_000;

function withProvider(processor, rest) {
  const provider = new NodeTracerProvider({ spanProcessors: [processor] });
  provider.register();
  const close = async () => {
    await provider.shutdown();
    trace.disable();
  };
  return { tracer: trace.getTracer('bench'), flush: () => processor.forceFlush(), close, ...rest };
}

function sdkSubject(endpoint, { encoding, compression: name = 'none', maxQueue = 2048 }) {
  const Exporter = encoding === 'json' ? JsonExporter : ProtobufExporter;
  const compression = name === 'gzip' ? CompressionAlgorithm.GZIP : CompressionAlgorithm.NONE;
  const processor = new BatchSpanProcessor(new Exporter({ url: endpoint, compression }), { maxQueueSize: maxQueue });
  // The one place where the SDK says how much waits.
  const waiting = Reflect.get(processor, '_finishedSpans') === undefined ? undefined : '_finishedSpans';
  if (waiting === undefined) throw new Error('the queue of BatchSpanProcessor has another name');
  return withProvider(processor, {
    isFull: () => processor[waiting].length >= maxQueue - 64,
    health: () => undefined,
    // It rejects, and gives up, when the exporter has too much in flight.
    flush: () => processor.forceFlush().catch(() => {}),
  });
}

function ourSubject(endpoint, { maxBytes, others = [], span: _span, kind: _kind, ...destination }) {
  const first = { provider: 'otlp', name: 'bench', endpoint, ...destination };
  const processor = createSpanProcessor({
    destinations: [first, ...others.map((one) => ({ provider: 'otlp', ...one }))],
    ...(maxBytes === undefined ? {} : { maxBytes }),
  });
  const { maxQueue = DEFAULT_QUEUE } = destination;
  const mostBytes = maxBytes ?? DEFAULT_BYTES;
  const health = () => processor.pipeline.health();
  return withProvider(processor, {
    mostBytes,
    // As long as the SDK gives each batch of its own.
    flush: () => processor.pipeline.flush(FLUSH_MS),
    isFull: () => {
      const { queued, queuedBytes = 0 } = health().bench;
      return queued >= maxQueue - 64 || queuedBytes >= mostBytes * 0.95;
    },
    health,
  });
}

/** Makes the provider of a variant: `kind` is `sdk`, `ours`, or `idle`, which makes no spans. */
export function createSubject(endpoint, variant) {
  if (variant.kind === 'sdk') return sdkSubject(endpoint, variant);
  if (variant.kind === 'ours') return ourSubject(endpoint, variant);
  return {
    tracer: trace.getTracer('idle'),
    isFull: () => false,
    flush: async () => {},
    close: async () => {},
    health: () => undefined,
  };
}
