import { context as contextApi } from '@opentelemetry/api';
import type { Call } from '../call.js';
import type { Observation } from './observation.js';
import { patchMethod } from './observation.js';

type SettleValue = (value: unknown, call: Call) => unknown;
type Callback = (value: unknown) => unknown;

function isCallback(value: unknown): value is Callback {
  return typeof value === 'function';
}

/**
 * Watches a lazy promise or a subclass of Promise in place. It is never triggered by us: the call ends when the
 * program's own `then` (or `await`) has its answer. The work runs in the call's context, callbacks in the consumer's.
 */
export function patchThenable(settleValue: SettleValue): (target: object, observation: Observation) => void {
  return (target, observation) => {
    if (hasMethod(target, 'unwrap') && hasMethod(target, 'withRawResponse')) {
      patchUnwrapping(target, observation, settleValue);
      return;
    }
    patchMethod(
      target,
      'then',
      (then) =>
        function watched(this: unknown, onFulfilled, onRejected) {
          const consumer = contextApi.active();
          const answered: Callback = (value) => {
            const settled = observation.settle(value, settleValue);
            return isCallback(onFulfilled) ? contextApi.with(consumer, onFulfilled, undefined, settled) : settled;
          };
          const refused: Callback = (error) => {
            observation.fail(error);
            if (isCallback(onRejected)) return contextApi.with(consumer, onRejected, undefined, error);
            throw error;
          };
          observation.watch(answered);
          try {
            return contextApi.with(observation.context, () => Reflect.apply(then, this, [answered, refused]));
          } catch (error) {
            observation.fail(error);
            throw error;
          }
        },
    );
  };
}

function hasMethod(target: object, key: string): boolean {
  return typeof Reflect.get(target, key) === 'function';
}

/**
 * Watches an `HttpResponsePromise` of the SDKs that Fern generates (Cohere's and others): `then`, `catch` and `finally`
 * go through `unwrap`, and `withRawResponse` past it.
 */
function patchUnwrapping(target: object, observation: Observation, settleValue: SettleValue): void {
  let unwrapped: unknown;
  const follow = (promise: unknown, answered: Callback): unknown => {
    observation.watch(answered);
    return (promise as Promise<unknown>).then(answered, (error: unknown) => {
      observation.fail(error);
      throw error;
    });
  };
  patchMethod(
    target,
    'unwrap',
    (unwrap) => () =>
      (unwrapped ??= follow(
        contextApi.with(observation.context, () => Reflect.apply(unwrap, target, [])),
        (value) => observation.settle(value, settleValue),
      )),
  );
  patchMethod(
    target,
    'withRawResponse',
    (withRawResponse) => () =>
      follow(
        contextApi.with(observation.context, () => Reflect.apply(withRawResponse, target, [])),
        (both) => {
          observation.settle((both as { data?: unknown }).data, settleValue);
          return both;
        },
      ),
  );
}

/**
 * Watches an `APIPromise` of the generated SDKs (OpenAI, Anthropic and their relatives): `then`, `catch`, `finally` and
 * `withResponse` all go through `parse`, so the body is read once and by the program alone. The promise of a list has
 * these methods as its own, bound to a second promise; it is asked through its `then`.
 */
export function patchApiPromise(settleValue: SettleValue): (target: object, observation: Observation) => void {
  return function patch(target, observation) {
    let parsed: Promise<unknown> | undefined;
    let isInsideWithResponse = false;
    const isBound = Object.hasOwn(target, 'then');
    const ask = Reflect.get(target, isBound ? 'then' : 'parse') as () => unknown;
    const follow = (promise: unknown): Promise<unknown> => {
      const answered: Callback = (value) => observation.settle(value, settleValue);
      observation.watch(answered);
      return (promise as Promise<unknown>).then(answered, (error: unknown) => {
        observation.fail(error);
        throw error;
      });
    };
    const parseOnce = (): Promise<unknown> =>
      (parsed ??= follow(contextApi.with(observation.context, () => Reflect.apply(ask, target, []))));
    patchMethod(target, 'parse', () => parseOnce);
    for (const key of isBound ? (['then', 'catch', 'finally'] as const) : []) {
      patchMethod(
        target,
        key,
        () =>
          function bound(...args) {
            const promise = parseOnce();
            return Reflect.apply(promise[key], promise, args) as unknown;
          },
      );
    }
    patchMethod(
      target,
      'asResponse',
      (asResponse) =>
        function response(...args) {
          const promise = Reflect.apply(asResponse, target, args);
          return isInsideWithResponse ? promise : follow(promise);
        },
    );
    patchMethod(
      target,
      'withResponse',
      (withResponse) =>
        function both(...args) {
          // What it returns is rejected as well; this branch is ours.
          if (isBound) parseOnce().catch(() => {});
          isInsideWithResponse = true;
          try {
            return Reflect.apply(withResponse, target, args);
          } finally {
            isInsideWithResponse = false;
          }
        },
    );
    patchMethod(
      target,
      '_thenUnwrap',
      (unwrap) =>
        function unwrapped(...args) {
          const other = Reflect.apply(unwrap, target, args);
          if (typeof other === 'object' && other !== null) {
            observation.watch(other);
            patch(other, observation);
          }
          return other;
        },
    );
  };
}
