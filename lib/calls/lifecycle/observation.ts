import type { Context } from '@opentelemetry/api';
import { onCollected } from '../../core/collected.js';
import { warnOnce } from '../../core/diagnostics.js';
import { countGuarded } from '../../core/guard.js';
import type { Call } from '../call.js';

/** Where a watched object reports to. */
export interface Sink {
  /** True when somebody looks at the items. */
  readonly takesChunks: boolean;
  chunk(item: unknown): void;
  succeed(): void;
  fail(error: unknown): void;
  cancel(): void;
  /** True when what ends is handed on only after its record is kept. */
  readonly holds: boolean;
  /** Runs work of what is watched inside of the call that holds. */
  inside<R>(work: () => R): R;
  /** What is waited for before the end is handed on; undefined where that is nothing. Throws, or rejects, where the record is lost. */
  hold(): Promise<void> | undefined;
}

/**
 * One object that is watched until it is finished, for every call that returned it.
 * States: watched (collecting it means abandoned; once its work runs on without it, what that work must call is watched
 * instead) → finished. It must never reference the watched object: that would keep it from being collected.
 */
export class Observation implements Sink {
  readonly #calls: Call[];
  #isFinished = false;
  #unwatch: (() => void) | undefined;

  constructor(call: Call) {
    this.#calls = [call];
  }

  /** The innermost call's context: lazy work of the object runs in it. */
  get context(): Context {
    return (this.#calls[0] as Call).context;
  }

  get isFinished(): boolean {
    return this.#isFinished;
  }

  get takesChunks(): boolean {
    return this.#calls.some((call) => call.takesChunks);
  }

  get holds(): boolean {
    return this.#calls.some((call) => call.isHeld);
  }

  inside<R>(work: () => R): R {
    const holding = this.#calls.find((call) => call.isHeld);
    return holding === undefined ? work() : holding.inside(work);
  }

  hold(): Promise<void> | undefined {
    const holds = this.#calls.flatMap((call) => call.hold() ?? []);
    if (holds.length === 0) return undefined;
    return Promise.all(holds).then(() => undefined);
  }

  join(call: Call): void {
    this.#calls.push(call);
  }

  /** Ends the calls as abandoned when this object, instead of any former one, is collected. */
  watch(target: object): void {
    this.#unwatch?.();
    if (!this.#isFinished) this.#unwatch = onCollected(target, () => this.abandon());
  }

  chunk(item: unknown): void {
    for (const call of this.#calls) call.chunk(item);
  }

  succeed(): void {
    this.#finish((call) => call.succeed());
  }

  fail(error: unknown): void {
    this.#finish((call) => call.fail(error));
  }

  cancel(): void {
    this.#finish((call) => call.cancel());
  }

  abandon(): void {
    this.#finish((call) => call.abandon());
  }

  /** Hands a value that a lazy promise resolved to on to each call; they may wait for a stream in it. */
  settle(value: unknown, settleValue: (value: unknown, call: Call) => unknown): unknown {
    if (this.#isFinished) return value;
    this.#isFinished = true;
    this.#unwatch?.();
    return this.#calls.reduce((current, call) => settleValue(current, call), value);
  }

  #finish(end: (call: Call) => void): void {
    if (this.#isFinished) return;
    this.#isFinished = true;
    this.#unwatch?.();
    for (const call of this.#calls) end(call);
  }
}

// On the object and not in a WeakMap, whose table never shrinks; hidden, so that nobody copies it along.
const OBSERVATION = Symbol.for('spanwright.observation.1');

function observationOf(target: object): Observation | undefined {
  const own = Object.getOwnPropertyDescriptor(target, OBSERVATION);
  return own?.value as Observation | undefined;
}

function isPatchable(target: object): boolean {
  if (Object.isExtensible(target)) return true;
  warnOnce({
    code: 'RESULT_FROZEN',
    message: 'a traced method returned a frozen promise or stream; its call ends when it is returned',
    hint: 'return it unfrozen to have the span cover its whole life',
  });
  return false;
}

/** Watches an object for a call; a second call that returns the same object joins the first one's observation. */
export function observe(target: object, call: Call, patch: (target: object, observation: Observation) => void): void {
  const known = observationOf(target);
  // What was patched for calls that hold nothing back is patched once more for one that does.
  if (known !== undefined && (known.isFinished || known.holds || !call.isHeld)) {
    if (known.isFinished) {
      call.succeed();
    } else {
      known.join(call);
      call.waitForStream();
    }
    return;
  }
  if (!isPatchable(target)) {
    call.succeed();
    return;
  }
  const observation = new Observation(call);
  try {
    patch(target, observation);
  } catch (error) {
    countGuarded('ENGINE', error);
    observation.succeed();
    return;
  }
  Object.defineProperty(target, OBSERVATION, { value: observation, configurable: true });
  observation.watch(target);
  call.waitForStream();
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Replaces a method on the object itself; what was not enumerable stays so. `make` gets the former method. */
export function patchMethod(target: object, key: PropertyKey, make: (method: Method) => Method): void {
  const method: unknown = Reflect.get(target, key);
  if (typeof method !== 'function') return;
  Object.defineProperty(target, key, {
    value: make(method as Method),
    writable: true,
    enumerable: Object.getOwnPropertyDescriptor(target, key)?.enumerable ?? false,
    configurable: true,
  });
}
