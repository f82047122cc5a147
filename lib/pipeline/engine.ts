import type { Tracer } from '@opentelemetry/api';
import { context, propagation, trace } from '@opentelemetry/api';
import type { TracerProvider } from '@opentelemetry/sdk-trace';
import { guarded } from '../core/guard.js';
import { state } from '../core/state.js';
import { registered, registeredProvider } from './globals.js';
import type { Registration } from './globals.js';
import { sayClosed, sayRefused, saySecond, sayUnfitApi } from './host-warnings.js';
import { HeadSampler } from './head-sampler.js';
import { attachProcessor, isOpen } from './host.js';
import { Ids } from './ids.js';
import { loadedApis, watchRegistrations } from './registration-watch.js';
import { SpanRouter } from './router.js';
import { SwitchSampler } from './sampler.js';
import type { Sdk } from './sdk.js';
import { loadSdk } from './sdk.js';

// The application may have put its own in place meanwhile; that is not ours to take down.
// The SDK's 128 would drop what is set last, and that is how many tokens a call used.
const MAX_ATTRIBUTES = 512;

function undoOf(kind: Registration, disable: () => void): () => void {
  const ours = registered(kind);
  return () => {
    if (registered(kind) === ours) disable();
  };
}

function registerContextManager({ hooks }: Sdk): (() => void) | undefined {
  if (registered('context') !== undefined) return undefined;
  const manager = new hooks.AsyncLocalStorageContextManager();
  if (!context.setGlobalContextManager(manager.enable())) sayRefused('context manager');
  return undoOf('context', () => context.disable());
}

function registerPropagator({ core }: Sdk): (() => void) | undefined {
  if (registered('propagation') !== undefined) return undefined;
  const { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } = core;
  propagation.setGlobalPropagator(
    new CompositePropagator({ propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()] }),
  );
  return undoOf('propagation', () => propagation.disable());
}

type Make = () => (() => void) | undefined;

// Holders come and go in any order; each makes what is not there, and the last one undoes what was made.
class Shared {
  readonly #make: Make;
  #undo: (() => void)[] = [];
  #holders = 0;

  constructor(make: Make) {
    this.#make = make;
  }

  get isHeld(): boolean {
    return this.#holders > 0;
  }

  /** Makes again what somebody took down meanwhile. */
  renew(): void {
    const undo = this.#make();
    if (undo !== undefined) this.#undo.push(undo);
  }

  hold(): () => void {
    this.#holders++;
    this.renew();
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#holders--;
      if (this.#holders > 0) return;
      const undo = this.#undo;
      this.#undo = [];
      for (const step of undo) step();
    };
  }

  /** Leaves what was made where it is, for good. */
  leave(): void {
    this.#undo = [];
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
  readonly #propagators = new Shared(() => registerPropagator(this.sdk));
  // Hosts that were seen since the first holder, and how to leave each; one that takes no processor has nothing to leave.
  readonly #hosts = new Map<unknown, () => void>();
  #stopWatching: (() => void) | undefined;

  constructor(sdk: Sdk) {
    this.sdk = sdk;
    this.sampler = new SwitchSampler(this.router, sdk);
    this.#provider = new sdk.trace.TracerProvider({
      sampler: this.sampler,
      spanProcessors: [this.router],
      idGenerator: this.#ids,
      spanLimits: { attributeCountLimit: MAX_ATTRIBUTES },
    });
  }

  tracer(): Tracer {
    return this.#provider.getTracer('spanwright');
  }

  /** True when any provider is registered, of ours or of a host. */
  get isRegistered(): boolean {
    return registeredProvider() !== undefined;
  }

  /** True when the registered provider is not ours. */
  get isHosted(): boolean {
    return this.isRegistered && registeredProvider() !== this.#provider;
  }

  /** True when spans of the host's provider reach the router. */
  get isAttached(): boolean {
    return this.#hosts.has(registeredProvider()) && isOpen(registeredProvider());
  }

  /** True when somebody waits for spans of the host's provider, which takes no processor. */
  get isLeftOut(): boolean {
    return this.#registrations.isHeld && this.isHosted && !this.isAttached;
  }

  /** Says once that destinations get nothing, when the host's provider takes no processor. */
  sayWhenClosed(): void {
    if (this.isLeftOut && this.router.pipeline?.active === true) sayClosed(registeredProvider());
  }

  /** Registers what the application has not; the returned function undoes it when the last holder lets go. */
  hold(): () => void {
    return this.#registrations.hold();
  }

  /** Lets calls inside a scope nest although no provider is registered; returns the undo. */
  holdContext(): () => void {
    return this.#contexts.hold();
  }

  /** Joins a host that was registered meanwhile, which had its own context manager refused and needs ours from then on. */
  refresh(): void {
    const host = registeredProvider();
    if (!this.#registrations.isHeld || !this.isHosted || this.#hosts.has(host)) return;
    this.#join(host);
    this.#contexts.leave();
    this.#propagators.leave();
  }

  #register(): (() => void) | undefined {
    const isFirst = this.#stopWatching === undefined;
    this.#stopWatching ??= watchRegistrations((provider, proceed) => this.#onRegistration(provider, proceed));
    state.onProviderChange = () => this.refresh();
    const release = isFirst ? [this.#contexts.hold(), this.#propagators.hold()] : [];
    this.#contexts.renew();
    this.#propagators.renew();
    this.#registerProvider();
    sayUnfitApi(this.sdk);
    if (!isFirst) return undefined;
    return () => {
      this.#stopWatching?.();
      this.#stopWatching = undefined;
      state.onProviderChange = undefined;
      state.headSampling = undefined;
      if (registeredProvider() === this.#provider) trace.disable();
      for (const step of release) step();
      for (const leave of this.#hosts.values()) leave();
      this.#hosts.clear();
    };
  }

  #registerProvider(): void {
    if (this.isHosted) this.#join(registeredProvider());
    else if (!this.isRegistered && !trace.setGlobalTracerProvider(this.#provider)) sayRefused('tracer provider');
    this.#decideEarly();
  }

  #decideEarly(): void {
    if (registeredProvider() !== this.#provider) return;
    state.headSampling = new HeadSampler(registered('trace'), this.router, this.sampler, this.#ids);
  }

  #join(host: unknown): void {
    if (this.#hosts.has(host)) return;
    this.#hosts.set(host, attachProcessor(host, this.router) ?? (() => {}));
    this.sayWhenClosed();
  }

  // An application that starts its own OpenTelemetry after us would lose its exporters: where both can have every span,
  // ours steps back and joins.
  #onRegistration(provider: unknown, proceed: () => boolean): boolean {
    if (provider === this.#provider) return proceed();
    const isSecond = registeredProvider() === this.#provider;
    if (isSecond && guarded('HOST', () => isOpen(provider)) === true) {
      for (const api of loadedApis()) api.disable();
    }
    const isAccepted = proceed();
    guarded('HOST', () => {
      if (!isSecond) this.refresh();
      else if (isAccepted) this.#stepBack(provider);
      else this.#stay(provider);
    });
    return isAccepted;
  }

  #stepBack(host: unknown): void {
    this.refresh();
    saySecond(host, true);
  }

  #stay(refused: unknown): void {
    if (!this.isRegistered) trace.setGlobalTracerProvider(this.#provider);
    this.#decideEarly();
    // dd-trace, once refused, puts itself behind the proxy that is registered. Calls would keep the tracer that they have
    // and others get a new one, so the proxy is replaced.
    queueMicrotask(() => {
      guarded('HOST', () => {
        if (registeredProvider() === refused) {
          for (const api of loadedApis()) api.disable();
          trace.setGlobalTracerProvider(refused as TracerProvider);
        } else {
          saySecond(refused, false);
        }
      });
    });
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
