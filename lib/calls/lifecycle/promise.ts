import type { Call } from '../call.js';

type SettleValue = (value: unknown, call: Call) => unknown;

/** Tells a promise of this realm's own class, without properties that a caller may look for on it. */
function isOrdinary(promise: object): boolean {
  return Object.getPrototypeOf(promise) === Promise.prototype;
}

// An async function and not `then`: V8 follows it, so the stack of an error still shows the callers that awaited.
async function follow(promise: unknown, call: Call, settleValue: SettleValue): Promise<unknown> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    call.fail(error);
    throw error;
  }
  return settleValue(value, call);
}

// What some libraries hang on a promise (`child` of a promisified exec) belongs to the caller.
function copyExtras(from: object, to: object): void {
  for (const key of Object.keys(from)) {
    Object.defineProperty(to, key, Object.getOwnPropertyDescriptor(from, key) as PropertyDescriptor);
  }
}

/**
 * Watches a native promise. The caller gets a derived promise of the same kind: with the original, a rejection that
 * nobody handles would no longer be reported, because our watching counts as handling.
 */
export function watchPromise(promise: Promise<unknown>, call: Call, settleValue: SettleValue): unknown {
  const derived: object = isOrdinary(promise)
    ? follow(promise, call, settleValue)
    : Promise.prototype.then.call(
        promise,
        (value) => settleValue(value, call),
        (error: unknown) => {
          call.fail(error);
          throw error;
        },
      );
  copyExtras(promise, derived);
  call.wait(promise);
  return derived;
}
