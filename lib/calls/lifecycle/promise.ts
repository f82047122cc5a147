import { guarded } from '../../core/guard.js';
import { state } from '../../core/state.js';
import type { Call } from '../call.js';

type SettleValue = (value: unknown, call: Call) => unknown;

// What some libraries hang on a promise (`child` of a promisified exec) belongs to the caller.
function copyExtras(from: object, to: object): void {
  for (const key of Object.keys(from)) {
    Object.defineProperty(to, key, Object.getOwnPropertyDescriptor(from, key) as PropertyDescriptor);
  }
}

/** What a call waits for where the user asked a destination to slow calls down; undefined as long as it keeps up. */
export function pressure(): Promise<unknown> | undefined {
  if (state.pressures.size === 0) return undefined;
  const waits = [...state.pressures].flatMap((wait) => guarded('PIPELINE', () => [wait()])?.[0] ?? []);
  return waits.length === 0 ? undefined : Promise.all(waits);
}

async function follow(promise: unknown, call: Call, settleValue: SettleValue): Promise<unknown> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    call.fail(error);
    void call.hold();
    await pressure();
    throw error;
  }
  const settled = settleValue(value, call);
  await pressure();
  return settled;
}

// V8 follows `then` as it follows `await`: the stack of an error still shows the callers that awaited.
function derive(promise: object, call: Call, settleValue: SettleValue): object {
  // `then` asks the promise for its constructor; one that hides it may have code there.
  if (Object.hasOwn(promise, 'constructor')) return follow(promise, call, settleValue);
  return Promise.prototype.then.call(
    promise,
    (value) => {
      const settled = settleValue(value, call);
      const wait = pressure();
      return wait === undefined ? settled : wait.then(() => settled);
    },
    (error: unknown) => {
      call.fail(error);
      void call.hold();
      const wait = pressure();
      if (wait === undefined) throw error;
      return wait.then(() => {
        throw error;
      });
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
