import { types } from 'node:util';
import type { Context } from '@opentelemetry/api';
import { context as contextApi } from '@opentelemetry/api';
import type { Observation, Sink } from './observation.js';
import { LookAhead } from './look-ahead.js';
import { patchMethod } from './observation.js';

const RESUMING = ['next', 'return', 'throw'] as const;
type Resuming = (typeof RESUMING)[number];

/** How the steps of an iterator are read. */
export interface IterationOptions {
  /** The body runs in this context; without one in the consumer's. */
  readonly context?: Context;
  /** Tells whether the source was aborted although the iterator says it is done. */
  readonly isAborted?: () => boolean;
  /** False where `return()` leaves the source open. Default true. */
  readonly isReturnCancel?: boolean;
}

// The `next()` of a cursor may give something else, and a step of the user's own making may not even be readable.
function readStep(step: unknown): { readonly done: unknown; readonly value: unknown } | undefined {
  try {
    if (typeof step !== 'object' || step === null || !('value' in step || 'done' in step)) return undefined;
    const { done, value } = step as IteratorResult<unknown, unknown>;
    return { done, value };
  } catch {
    return undefined;
  }
}

function noteStep(step: unknown, resumedBy: Resuming, sink: Sink, options: IterationOptions): void {
  const known = readStep(step);
  if (known === undefined) return;
  const { done, value } = known;
  if (done !== true) {
    sink.chunk(value);
  } else if (resumedBy === 'return') {
    if (options.isReturnCancel !== false) sink.cancel();
  } else if (options.isAborted?.() === true) {
    sink.cancel();
  } else {
    sink.succeed();
  }
}

function resume(context: Context | undefined, work: () => unknown): unknown {
  return context === undefined ? work() : contextApi.with(context, work);
}

/** Watches a generator object in place: its body runs in the call's context, its consumer stays in its own. */
export function patchGenerator(target: object, observation: Observation): void {
  let isRunning = false;
  for (const key of RESUMING) {
    patchMethod(
      target,
      key,
      (method) =>
        function resumed(...args) {
          // A body that resumes itself gets a TypeError of the language and goes on.
          if (isRunning) return Reflect.apply(method, target, args);
          isRunning = true;
          try {
            const step = contextApi.with(observation.context, () => Reflect.apply(method, target, args));
            noteStep(step, key, observation, {});
            void observation.hold();
            return step;
          } catch (error) {
            observation.fail(error);
            throw error;
          } finally {
            isRunning = false;
          }
        },
    );
  }
}

async function awaitStep(step: unknown, key: Resuming, sink: Sink, options: IterationOptions): Promise<unknown> {
  try {
    const result = await step;
    noteStep(result, key, sink, options);
    return result;
  } catch (error) {
    sink.fail(error);
    throw error;
  }
}

const { then } = Promise.prototype;

// What `awaitStep` does, with one promise fewer: under a context manager each of them costs, and a stream has thousands.
function followStep(step: unknown, key: Resuming, sink: Sink, options: IterationOptions): Promise<unknown> {
  if (
    !types.isPromise(step) ||
    Object.getPrototypeOf(step) !== Promise.prototype ||
    Object.hasOwn(step, 'constructor')
  ) {
    return awaitStep(step, key, sink, options);
  }
  return then.call(
    step,
    (result: unknown) => {
      noteStep(result, key, sink, options);
      return result;
    },
    (error: unknown) => {
      sink.fail(error);
      throw error;
    },
  );
}

/** Watches an async iterator in place. */
export function patchAsyncIterator(target: object, sink: Sink, options: IterationOptions): void {
  const ahead = sink.holds ? new LookAhead(sink) : undefined;
  const isGenerator = types.isGeneratorObject(target);
  let isLeft = false;
  // A step that waits is over when its source is left, and not because all was read.
  const heldOptions = { ...options, isAborted: () => isLeft || options.isAborted?.() === true };
  for (const key of RESUMING) {
    patchMethod(
      target,
      key,
      (method) =>
        function resumed(...args) {
          if (ahead !== undefined) {
            const step = (): unknown => {
              if (key === 'return' && options.isReturnCancel !== false) isLeft = true;
              return followStep(
                resume(options.context, () => sink.inside((): unknown => Reflect.apply(method, target, args))),
                key,
                sink,
                heldOptions,
              );
            };
            return key === 'next' ? ahead.next(step) : ahead.leave(step, !isGenerator);
          }
          try {
            const step = resume(options.context, () => Reflect.apply(method, target, args));
            return followStep(step, key, sink, options);
          } catch (error) {
            sink.fail(error);
            throw error;
          }
        },
    );
  }
}
