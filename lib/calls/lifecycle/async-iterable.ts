import { types } from 'node:util';
import { context as contextApi } from '@opentelemetry/api';
import type { IterationOptions } from './generator.js';
import { patchAsyncIterator } from './generator.js';
import type { Observation } from './observation.js';
import { patchMethod } from './observation.js';

interface Abortable {
  readonly signal?: { readonly aborted?: boolean };
}

// By descriptor, so that no getter of the user's object runs; the streams of the SDKs have plain properties.
function ownValue(target: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(target, key)?.value;
}

// The SDK streams of OpenAI and Anthropic swallow an abort: iteration ends as if all had been read.
function abortReader(target: object): () => boolean {
  const controller = ownValue(target, 'controller') as Abortable | undefined;
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
        const iterator = contextApi.with(observation.context, () => observation.inside(make));
        if (typeof iterator === 'object' && iterator !== null && iterator !== target) {
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
  const isSdkStream = typeof ownValue(target, 'iterator') === 'function' && Object.hasOwn(target, 'controller');
  patchFactory(target, isSdkStream ? 'iterator' : Symbol.asyncIterator, observation, options);
}

/** Watches an async iterator. That of a cursor is another object than the cursor, which has a `next()` of its own kind. */
export function patchAsyncGenerator(target: object, observation: Observation): void {
  const options = { context: observation.context };
  patchAsyncIterator(target, observation, options);
  if (!types.isGeneratorObject(target)) patchFactory(target, Symbol.asyncIterator, observation, options);
}
