import type { Tracer } from '@opentelemetry/api';
import { context, propagation, trace } from '@opentelemetry/api';
import type { TracerProvider } from '@opentelemetry/sdk-trace';
import { state } from '../core/state.js';
import { HeadSampler } from './head-sampler.js';
import { attachProcessor } from './host.js';
import { Ids } from './ids.js';
import { SpanRouter } from './router.js';
import { SwitchSampler } from './sampler.js';
import type { Sdk } from './sdk.js';
import { loadSdk } from './sdk.js';

const OTEL_API = Symbol.for('opentelemetry.js.api.1');
const home = globalThis as { [OTEL_API]?: Record<string, unknown> };

type Registration = 'trace' | 'context' | 'propagation';

function registered(kind: Registration): unknown {
  return home[OTEL_API]?.[kind];
}

function isRegistered(kind: Registration): boolean {
  return registered(kind) !== undefined;
}

// The application may have put its own in place meanwhile; that is not ours to take down.
function undoOf(kind: Registration, disable: () => void): () => void {
  const ours = registered(kind);
  return () => {
    if (registered(kind) === ours) disable();
  };
}

function registerContextManager({ hooks }: Sdk): () => void {
  if (isRegistered('context')) return () => {};
  const manager = new hooks.AsyncLocalStorageContextManager();
  context.setGlobalContextManager(manager.enable());
  return undoOf('context', () => context.disable());
}

function registerPropagator({ core }: Sdk): () => void {
  if (isRegistered('propagation')) return () => {};
  const { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } = core;
  propagation.setGlobalPropagator(
    new CompositePropagator({ propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()] }),
  );
  return undoOf('propagation', () => propagation.disable());
}

// Holders come and go in any order; the last one undoes what the first one made.
class Shared {
  readonly #make: () => () => void;
  #undo: (() => void) | undefined;
  #holders = 0;

  constructor(make: () => () => void) {
    this.#make = make;
  }

  hold(): () => void {
    this.#holders++;
    if (this.#holders === 1) this.#undo = this.#make();
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#holders--;
      if (this.#holders === 0) this.#undo?.();
    };
  }
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
  readonly #ids = new Ids();
  readonly #registrations = new Shared(() => this.#register());
  readonly #contexts = new Shared(() => registerContextManager(this.sdk));
  #ownTrace: unknown;
  #isAttached = false;

  constructor(sdk: Sdk) {
    this.sdk = sdk;
    this.sampler = new SwitchSampler(this.router, sdk);
    this.#provider = new sdk.trace.TracerProvider({
      sampler: this.sampler,
      spanProcessors: [this.router],
      idGenerator: this.#ids,
    });
  }

  tracer(): Tracer {
    return this.#provider.getTracer('spanwright');
  }

  /** True when the registered provider is not ours. */
  get isHosted(): boolean {
    return isRegistered('trace') && registered('trace') !== this.#ownTrace;
  }

  /** True when spans of a host's provider reach the router. */
  get isAttached(): boolean {
    return this.#isAttached;
  }

  /** Registers what the application has not; the returned function undoes it when the last holder lets go. */
  hold(): () => void {
    return this.#registrations.hold();
  }

  /** Lets calls inside a scope nest although no provider is registered; returns the undo. */
  holdContext(): () => void {
    return this.#contexts.hold();
  }

  #register(): () => void {
    const undo = [this.holdContext(), registerPropagator(this.sdk), this.#registerProvider()];
    return () => {
      for (const step of undo) step();
    };
  }

  #registerProvider(): () => void {
    if (isRegistered('trace')) {
      const detach = attachProcessor(trace.getTracerProvider(), this.router);
      this.#isAttached = detach !== undefined;
      return () => {
        this.#isAttached = false;
        detach?.();
      };
    }
    trace.setGlobalTracerProvider(this.#provider);
    this.#ownTrace = registered('trace');
    state.headSampling = new HeadSampler(this.#ownTrace, this.router, this.sampler, this.#ids);
    const undo = undoOf('trace', () => trace.disable());
    return () => {
      state.headSampling = undefined;
      undo();
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
