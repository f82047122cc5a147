import { envDetector } from '@opentelemetry/resources';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { KeptSpans, LateDetector } from './kept-spans.mjs';

/** A provider as the documentation of this line makes it, with an exporter of its own. */
export function createHost(...spanProcessors) {
  const exporter = new KeptSpans();
  const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter), ...spanProcessors] });
  return { exporter, provider, start: () => provider.register(), shutdown: () => provider.shutdown() };
}

/** The same through `NodeSDK`. */
export function createNodeSdk(...spanProcessors) {
  const exporter = new KeptSpans();
  const late = new LateDetector();
  const sdk = new NodeSDK({
    resourceDetectors: [envDetector, late],
    spanProcessors: [new SimpleSpanProcessor(exporter), ...spanProcessors],
  });
  const start = async () => {
    sdk.start();
    await late.settled;
  };
  return { exporter, start, shutdown: () => sdk.shutdown() };
}
