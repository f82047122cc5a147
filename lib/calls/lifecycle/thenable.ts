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
    patchMethod(
      target,
      'then',
      (then) =>
        function watched(this: unknown, onFulfilled, onRejected) {
          observation.trigger();
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
          return contextApi.with(observation.context, () => Reflect.apply(then, this, [answered, refused]));
        },
    );
  };
}

/**
 * Watches an `APIPromise` of the generated SDKs (OpenAI, Anthropic and their relatives): `then`, `catch`, `finally` and
 * `withResponse` all go through `parse`, so the body is read once and by the program alone.
 */
export function patchApiPromise(settleValue: SettleValue): (target: object, observation: Observation) => void {
  return function patch(target, observation) {
    let parsed: unknown;
    let isInsideWithResponse = false;
    const follow = (promise: unknown): Promise<unknown> =>
      (promise as Promise<unknown>).then(
        (value) => observation.settle(value, settleValue),
        (error: unknown) => {
          observation.fail(error);
          throw error;
        },
      );
    patchMethod(
      target,
      'parse',
      (parse) =>
        function parseOnce(...args) {
          observation.trigger();
          return (parsed ??= follow(Reflect.apply(parse, target, args)));
        },
    );
    patchMethod(
      target,
      'asResponse',
      (asResponse) =>
        function response(...args) {
          const promise = Reflect.apply(asResponse, target, args);
          if (isInsideWithResponse) return promise;
          observation.trigger();
          return follow(promise);
        },
    );
    patchMethod(
      target,
      'withResponse',
      (withResponse) =>
        function both(...args) {
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
            observation.trigger();
            patch(other, observation);
          }
          return other;
        },
    );
  };
}
