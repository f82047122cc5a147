import { errorMonitor } from 'node:events';
import { context as contextApi } from '@opentelemetry/api';
import type { Readable } from 'node:stream';
import { patchAsyncIterator } from './generator.js';
import type { Observation, Sink } from './observation.js';
import { patchMethod } from './observation.js';

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

// A stream hands its chunks on by itself: its end is what can be held back, and what comes after it.
function holdEnd(stream: Readable, observation: Observation): void {
  let isEnding: Promise<void> | undefined;
  patchMethod(
    stream,
    'emit',
    (emit) =>
      function emitting(event, ...args) {
        const emitNow = (): boolean => Reflect.apply(emit, stream, [event, ...args]) as boolean;
        if (event === 'data') observation.chunk(args[0]);
        if (event === 'end') {
          observation.succeed();
          isEnding = observation.hold();
        }
        if (isEnding === undefined || (event !== 'end' && event !== 'close')) return emitNow();
        const refuse = (lost: unknown): void => {
          if (event === 'end') Reflect.apply(emit, stream, ['error', lost]);
          else emitNow();
        };
        void isEnding.then(emitNow, refuse);
        return true;
      },
  );
  patchMethod(
    stream,
    Symbol.asyncIterator,
    (iterate) =>
      function iterating(...args) {
        const iterator = contextApi.with(observation.context, () => Reflect.apply(iterate, stream, args)) as object;
        patchAsyncIterator(iterator, withoutChunks(observation), { context: observation.context });
        return iterator;
      },
  );
}

// Its items are told by the events.
function withoutChunks(observation: Observation): Sink {
  return {
    takesChunks: false,
    holds: true,
    inside: (work) => observation.inside(work),
    chunk: () => {},
    succeed: () => observation.succeed(),
    fail: (error) => observation.fail(error),
    cancel: () => observation.cancel(),
    hold: () => observation.hold(),
  };
}

/** Watches a Node `Readable` by its events; `errorMonitor` does not count as an error handler. */
export function watchNodeStream(target: object, observation: Observation): void {
  const stream = target as Readable;
  const failed = (error: unknown): void => {
    if (isAbort(error)) observation.cancel();
    else observation.fail(error);
  };
  if (stream.errored !== null && stream.errored !== undefined) {
    failed(stream.errored);
  } else if (stream.readableEnded) {
    observation.succeed();
  } else if (stream.destroyed) {
    observation.cancel();
  } else {
    if (observation.holds) holdEnd(stream, observation);
    stream.once(errorMonitor, failed);
    stream.once('end', () => observation.succeed());
    stream.once('close', () => observation.cancel());
  }
}
