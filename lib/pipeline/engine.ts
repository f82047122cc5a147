import type { Tracer } from '@opentelemetry/api';
import { context, propagation, trace } from '@opentelemetry/api';
import type { TracerProvider } from '@opentelemetry/sdk-trace';
import { state } from '../core/state.js';
import { attachProcessor } from './host.js';
import { SpanRouter } from './router.js';
import { SwitchSampler } from './sampler.js';
import type { Sdk } from './sdk.js';
import { loadSdk } from './sdk.js';

const OTEL_API = Symbol.for('opentelemetry.js.api.1');
const home = globalThis as { [OTEL_API]?: Record<string, unknown> };

function isRegistered(kind: 'trace' | 'context' | 'propagation'): boolean {
  return home[OTEL_API]?.[kind] !== undefined;
}

function registerContextManager({ hooks }: Sdk): () => void {
  if (isRegistered('context')) return () => {};
  const manager = new hooks.AsyncLocalStorageContextManager();
  context.setGlobalContextManager(manager.enable());
  return () => context.disable();
}

function registerPropagator({ core }: Sdk): () => void {
  if (isRegistered('propagation')) return () => {};
  const { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } = core;
  propagation.setGlobalPropagator(
    new CompositePropagator({ propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()] }),
  );
  return () => propagation.disable();
}

/**
 * Provider, router and sampler for the life of the process, shared by all copies of the package. What they do is
 * swapped; the objects stay, so that tracers obtained before a new configuration keep working.
 */
export class Engine {
  readonly sdk: Sdk;
  readonly router = new SpanRouter();
  readonly sampler: SwitchSampler;
  readonly #provider: TracerProvider;
  #holders = 0;
  #unregister: (() => void) | undefined;
  #ownsTrace = false;
  #isAttached = false;

  constructor(sdk: Sdk) {
    this.sdk = sdk;
    this.sampler = new SwitchSampler(this.router, sdk);
    this.#provider = new sdk.trace.TracerProvider({ sampler: this.sampler, spanProcessors: [this.router] });
  }

  tracer(): Tracer {
    return this.#provider.getTracer('spanwright');
  }

  /** True when the registered provider is not ours. */
  get isHosted(): boolean {
    return isRegistered('trace') && !this.#ownsTrace;
  }

  /** True when spans of a host's provider reach the router. */
  get isAttached(): boolean {
    return this.#isAttached;
  }

  /** Registers what the application has not; the returned function undoes it when the last holder lets go. */
  hold(): () => void {
    this.#holders++;
    if (this.#holders === 1) this.#register();
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#holders--;
      if (this.#holders > 0) return;
      this.#unregister?.();
      this.#unregister = undefined;
    };
  }

  /** Lets calls inside a scope nest although no provider is registered; returns the undo. */
  holdContext(): () => void {
    return registerContextManager(this.sdk);
  }

  #register(): void {
    const undo = [registerContextManager(this.sdk), registerPropagator(this.sdk)];
    if (isRegistered('trace')) {
      const detach = attachProcessor(trace.getTracerProvider(), this.router);
      this.#isAttached = detach !== undefined;
      undo.push(() => {
        this.#isAttached = false;
        detach?.();
      });
    } else {
      trace.setGlobalTracerProvider(this.#provider);
      this.#ownsTrace = true;
      undo.push(() => {
        this.#ownsTrace = false;
        trace.disable();
      });
    }
    this.#unregister = () => {
      for (const step of undo) step();
    };
  }
}

/** The engine of this process; made, and the SDK loaded, at the first call. Throws `MissingPackage`. */
export function getEngine(): Engine {
  const known = state.engine as Engine | undefined;
  if (known !== undefined) return known;
  const made = new Engine(loadSdk());
  state.engine = made;
  return made;
}

/** The engine when somebody made it already. */
export function tryGetEngine(): Engine | undefined {
  return state.engine as Engine | undefined;
}
