import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { envDetector } from '@opentelemetry/resources';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { KeptSpans, LateDetector } from './kept-spans.mjs';

/** A provider as the documentation of this line makes it, with an exporter of its own. */
export function createHost(...spanProcessors) {
  const exporter = new KeptSpans();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter }), ...spanProcessors] });
  const start = () => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    propagation.setGlobalPropagator(new W3CTraceContextPropagator());
    trace.setGlobalTracerProvider(provider);
  };
  return { exporter, provider, start, shutdown: () => provider.shutdown() };
}

/** The same through `NodeSDK`. */
export function createNodeSdk(...spanProcessors) {
  const exporter = new KeptSpans();
  const late = new LateDetector();
  const sdk = new NodeSDK({
    resourceDetectors: [envDetector, late],
    spanProcessors: [new SimpleSpanProcessor({ exporter }), ...spanProcessors],
  });
  const start = async () => {
    sdk.start();
    await late.settled;
  };
  return { exporter, start, shutdown: () => sdk.shutdown() };
}
