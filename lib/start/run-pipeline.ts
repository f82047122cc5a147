import { abandonWaitingCalls } from '../calls/live.js';
import type { ResolvedConfig } from '../config/resolve.js';
import { state } from '../core/state.js';
import type { PipelineGate } from '../pipeline/create.js';
import { createPipeline, createResource, warnMissing } from '../pipeline/create.js';
import type { Engine } from '../pipeline/engine.js';
import { getEngine } from '../pipeline/engine.js';
import { deliverBeforeLeaving } from '../pipeline/leaving.js';
import type { Pipeline } from '../pipeline/pipeline.js';
import { runMetrics } from '../pipeline/run-metrics.js';
import { MissingPackage } from '../pipeline/sdk.js';
import type { Running } from '../pipeline/session.js';
import { HOST_DECIDES } from '../pipeline/session.js';
import type { Privacy } from '../privacy/privacy.js';

/** The engine; undefined where a package is missing, which is said. */
export function tryEngine(what: string, provider?: string): Engine | undefined {
  try {
    return getEngine();
  } catch (error) {
    if (!(error instanceof MissingPackage)) throw error;
    warnMissing(error, what, provider);
    return undefined;
  }
}

/** Makes the pipeline of a configuration. */
export function buildPipeline(
  config: ResolvedConfig,
  engine: Engine,
  privacy: Privacy,
  scoped: Pick<PipelineGate, 'scope' | 'onClose'> = {},
): Pipeline {
  const resource = engine.isHosted ? undefined : createResource(engine.sdk, config.resource);
  return createPipeline(config.destinations, engine.sdk, resource, {
    ...gateOf(config, privacy),
    ...scoped,
  });
}

/** What a configuration lets through. */
export function gateOf({ privacy: rules, ...rest }: ResolvedConfig, privacy: Privacy): PipelineGate {
  const { hidden, contentOnSpan, maxContentChars } = rules;
  const { maxBytes, lastResort } = rest;
  return { privacy, hidden: new Set(hidden), contentOnSpan, maxContentChars, maxBytes, lastResort };
}

/** The same for a scope: the spans that other processors see are those of the process. */
export function ofScope(config: ResolvedConfig): ResolvedConfig {
  return { ...config, privacy: { ...config.privacy, contentOnSpan: false } };
}

/** Runs a configuration in the process; undefined where a package is missing. */
export function run(config: ResolvedConfig, privacy: Privacy, stopHiding: () => void): Running | undefined {
  const engine = tryEngine('tracing');
  if (engine === undefined) return undefined;
  const release = engine.hold();
  const ineffectiveInHost = engine.isHosted ? HOST_DECIDES : ['sampling'];
  const pipeline = buildPipeline(config, engine, privacy);
  engine.router.setPipeline(pipeline);
  state.putContentOnSpan = pipeline.putContent;
  engine.sampler.use(config.sampling);
  engine.sayWhenClosed();
  const measuring = runMetrics(config.metrics, config.resource, { sdk: engine.sdk, privacy, pipeline });
  const onDelivered = deliverBeforeLeaving(pipeline, abandonWaitingCalls);
  const stop = (): void => {
    // When a later configuration took over, what stands there now is not ours to take down.
    if (engine.router.pipeline === pipeline) {
      abandonWaitingCalls();
      engine.router.setPipeline(undefined);
      engine.sampler.use(undefined);
      stopHiding();
    }
    // After the calls that were abandoned: their tokens count.
    measuring.stop();
    release();
  };
  const whyOff = (): string | undefined => (engine.isRegistered ? undefined : 'trace.disable() took its provider down');
  const { started } = measuring;
  return { engine, pipeline, ...(started && { metrics: started }), ineffectiveInHost, whyOff, stop, onDelivered };
}
