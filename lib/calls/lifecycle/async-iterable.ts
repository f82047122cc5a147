import { context as contextApi } from '@opentelemetry/api';
import type { IterationOptions } from './generator.js';
import { patchAsyncIterator } from './generator.js';
import type { Observation } from './observation.js';
import { patchMethod } from './observation.js';

interface Abortable {
  readonly controller?: { readonly signal?: { readonly aborted?: boolean } };
}

// The SDK streams of OpenAI and Anthropic swallow an abort: iteration ends as if all had been read.
function abortReader(target: object): () => boolean {
  const { controller } = target as Abortable;
  return () => controller?.signal?.aborted === true;
}

function patchFactory(target: object, key: PropertyKey, observation: Observation, options: IterationOptions): void {
  let isFirst = true;
  patchMethod(
    target,
    key,
    (method) =>
      function iterate(...args) {
        const make = (): unknown => Reflect.apply(method, target, args);
        if (!isFirst) return make();
        isFirst = false;
        const iterator = contextApi.with(observation.context, make);
        if (typeof iterator === 'object' && iterator !== null) {
          patchAsyncIterator(iterator, observation, options);
          // From here on the consumer may hold the iterator alone.
          observation.watch(iterator);
        }
        return iterator;
      },
  );
}

/**
 * Watches an object that gives async iterators; the first iterator is the one that counts.
 * `tee()` and `toReadableStream()` of the SDK streams read `iterator()` and not `Symbol.asyncIterator`.
 */
export function patchAsyncIterable(target: object, observation: Observation): void {
  const options = { context: observation.context, isAborted: abortReader(target) };
  const { iterator } = target as { iterator?: unknown };
  const key = typeof iterator === 'function' && 'controller' in target ? 'iterator' : Symbol.asyncIterator;
  patchFactory(target, key, observation, options);
}
