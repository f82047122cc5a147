import { after } from '../core/clock.js';
import { state } from '../core/state.js';
import type { Watched } from './registered.js';
import { BUSY, SILENT, findTwinApi, ownApi, registeredSource } from './registered.js';

/** A function of any shape, as a wrapper sees it. */
export type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

// Looking for an absent global costs 10 ns, more than all else that an idle wrapper does. So a registration is noticed by
// the delegate that it sets in the API, and by `state.wakers` where it is ours; an API from elsewhere in the tree gives no
// sign, so the global is looked at again after a while. Figures: docs/decisions/0004-idle-and-unsampled-calls.md.
const LOOK_AGAIN_MS = 20;

// While nobody listens, the two instances of the API; else BUSY. Read by every wrapper of this file without a call between.
let first: Watched = BUSY;
let second: Watched | undefined;
let twin: Watched | undefined;

function wake(): void {
  first = BUSY;
}

state.wakers.add(wake);

function look(): boolean {
  if (state.activeScopes > 0 || registeredSource() !== undefined) return false;
  twin ??= findTwinApi();
  if (first === BUSY) after(LOOK_AGAIN_MS, wake);
  first = ownApi;
  second = twin === SILENT ? undefined : twin;
  return true;
}

/** Tells whether nobody listens: no provider is registered and no tracing of ours runs without one. */
export function isIdle(): boolean {
  return (
    (first._proxyTracerProvider._delegate === undefined &&
      (second === undefined || second._proxyTracerProvider._delegate === undefined)) ||
    look()
  );
}

type Wrap = (method: AnyFunction, traced: AnyFunction) => AnyFunction;

// A method has no [[Construct]] and no `prototype`; neither has its wrapper.
const wrapAny: Wrap = (method, traced) =>
  ({
    wrapped(this: unknown): unknown {
      return Reflect.apply(isIdle() ? method : traced, this, arguments);
    },
  }).wrapped;

// So small that they are inlined. `arguments` is counted and handed on, which does not make it.
const OF_ARITY: readonly Wrap[] = [
  (method, otherwise) =>
    ({
      wrapped(this: unknown): unknown {
        return arguments.length === 0 &&
          first._proxyTracerProvider._delegate === undefined &&
          (second === undefined || second._proxyTracerProvider._delegate === undefined)
          ? method.call(this)
          : Reflect.apply(otherwise, this, arguments);
      },
    }).wrapped,
  (method, otherwise) =>
    ({
      wrapped(this: unknown, a: unknown): unknown {
        return arguments.length === 1 &&
          first._proxyTracerProvider._delegate === undefined &&
          (second === undefined || second._proxyTracerProvider._delegate === undefined)
          ? method.call(this, a)
          : Reflect.apply(otherwise, this, arguments);
      },
    }).wrapped,
  (method, otherwise) =>
    ({
      wrapped(this: unknown, a: unknown, b: unknown): unknown {
        return arguments.length === 2 &&
          first._proxyTracerProvider._delegate === undefined &&
          (second === undefined || second._proxyTracerProvider._delegate === undefined)
          ? method.call(this, a, b)
          : Reflect.apply(otherwise, this, arguments);
      },
    }).wrapped,
  (method, otherwise) =>
    ({
      wrapped(this: unknown, a: unknown, b: unknown, c: unknown): unknown {
        return arguments.length === 3 &&
          first._proxyTracerProvider._delegate === undefined &&
          (second === undefined || second._proxyTracerProvider._delegate === undefined)
          ? method.call(this, a, b, c)
          : Reflect.apply(otherwise, this, arguments);
      },
    }).wrapped,
];

/** Makes a wrapper that is the method itself while nobody listens, at the price of a plain call, and `traced` else. */
export function wrapIdle(method: AnyFunction, traced: AnyFunction): AnyFunction {
  const any = wrapAny(method, traced);
  // A function with a `call` of its own is called as the language does it.
  const wrap = method.call === Function.prototype.call ? OF_ARITY[method.length] : undefined;
  return wrap === undefined ? any : wrap(method, any);
}
