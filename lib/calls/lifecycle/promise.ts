import type { Call } from '../call.js';

type SettleValue = (value: unknown, call: Call) => unknown;

// What some libraries hang on a promise (`child` of a promisified exec) belongs to the caller.
function copyExtras(from: object, to: object): void {
  for (const key of Object.keys(from)) {
    Object.defineProperty(to, key, Object.getOwnPropertyDescriptor(from, key) as PropertyDescriptor);
  }
}

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

// V8 follows `then` as it follows `await`: the stack of an error still shows the callers that awaited.
function derive(promise: object, call: Call, settleValue: SettleValue): object {
  // `then` asks the promise for its constructor; one that hides it may have code there.
  if (Object.hasOwn(promise, 'constructor')) return follow(promise, call, settleValue);
  return Promise.prototype.then.call(
    promise,
    (value) => settleValue(value, call),
    (error: unknown) => {
      call.fail(error);
      throw error;
    },
  );
}

/**
 * Watches a native promise. The caller gets a derived promise of the same kind: with the original, a rejection that
 * nobody handles would no longer be reported, because our watching counts as handling.
 */
export function watchPromise(promise: object, call: Call, settleValue: SettleValue): unknown {
  const derived = derive(promise, call, settleValue);
  copyExtras(promise, derived);
  call.wait(promise);
  return derived;
}
