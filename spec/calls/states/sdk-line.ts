import { context, propagation, trace } from '@opentelemetry/api';
import type { Span } from '@opentelemetry/api';
import type * as SdkTrace from '@opentelemetry/sdk-trace';
import type * as SdkTraceNode from '@opentelemetry/sdk-trace-node';
import type { FinishedSpan } from 'spanwright/testing';

import { disableGlobals } from '../../testing/otel-globals.js';

/** What an application gives its provider. */
export interface HostOptions {
  readonly sampler?: SdkTrace.Sampler;
  readonly spanProcessor?: SdkTrace.SpanProcessor;
}

/** A provider that the application made and registered, with an exporter of its own. */
export interface Host {
  finished(): FinishedSpan[];
  /** Shuts it down and takes it off the globals. */
  close(): Promise<void>;
}

type Exporter = Pick<SdkTrace.InMemorySpanExporter, 'getFinishedSpans'>;

// Loaded when a state needs it: these specs run in processes without any SDK, too.
function loadSdk(): Promise<typeof SdkTrace> {
  return import('@opentelemetry/sdk-trace');
}

async function loadNodeSdk(): Promise<typeof SdkTraceNode | undefined> {
  try {
    return await import('@opentelemetry/sdk-trace-node');
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

function hostOf(exporter: Exporter, provider: { shutdown(): Promise<void> }): Host {
  return {
    finished: () => exporter.getFinishedSpans(),
    close: async () => {
      await provider.shutdown();
      disableGlobals();
    },
  };
}

// The 2.x line: a provider for Node that registers itself, the context manager and the propagator.
function startNodeProvider(sdk: typeof SdkTraceNode, { sampler, spanProcessor }: HostOptions): Host {
  const exporter = new sdk.InMemorySpanExporter();
  const own: SdkTraceNode.SpanProcessor[] = [new sdk.SimpleSpanProcessor(exporter)];
  const provider = new sdk.NodeTracerProvider({
    ...(sampler === undefined ? {} : { sampler }),
    spanProcessors: spanProcessor === undefined ? own : [...own, spanProcessor],
  });
  provider.register();
  return hostOf(exporter, provider);
}

// The 3.x line: one provider for all platforms, and each global is the application's to set.
async function startProvider({ sampler, spanProcessor }: HostOptions): Promise<Host> {
  const sdk = await loadSdk();
  const { AsyncLocalStorageContextManager } = await import('@opentelemetry/context-async-hooks');
  const { W3CTraceContextPropagator } = await import('@opentelemetry/core');
  const exporter = new sdk.InMemorySpanExporter();
  const own: SdkTrace.SpanProcessor[] = [new sdk.SimpleSpanProcessor({ exporter })];
  const provider = new sdk.TracerProvider({
    ...(sampler === undefined ? {} : { sampler }),
    spanProcessors: spanProcessor === undefined ? own : [...own, spanProcessor],
  });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  return hostOf(exporter, provider);
}

/** Starts an application's provider of the line that is installed. */
export async function startHost(options: HostOptions = {}): Promise<Host> {
  const node = await loadNodeSdk();
  return node === undefined ? await startProvider(options) : startNodeProvider(node, options);
}

/** A root that a provider without a registration samples out. */
export async function startUnsampledRoot(): Promise<Span> {
  const { AlwaysOffSampler, TracerProvider } = await loadSdk();
  return new TracerProvider({ sampler: new AlwaysOffSampler() }).getTracer('elsewhere').startSpan('root');
}

/** Lets an application's spans be recorded for its processors and sampled for nobody. */
export async function createRecordOnlySampler(): Promise<SdkTrace.Sampler> {
  const { SamplingDecision } = await loadSdk();
  return { shouldSample: () => ({ decision: SamplingDecision.RECORD }), toString: () => 'RecordOnly' };
}
