import { types } from 'node:util';
import type { Observation, Sink } from './observation.js';
import { patchMethod } from './observation.js';
import { hasMethod, shapeOf } from './shape.js';
import { patchBodyStream } from './web-stream.js';

/** What `fetch` resolves to, of any implementation. */
interface FetchResponse {
  readonly body: unknown;
  readonly bodyUsed: boolean;
}

const READERS = ['text', 'json', 'arrayBuffer', 'bytes', 'blob', 'formData'] as const;

/** Tells a fetch `Response` by its methods; there are several classes of them. */
export function isResponse(value: object): value is FetchResponse {
  return ['text', 'json', 'arrayBuffer', 'clone'].every((name) => hasMethod(value, name));
}

// The items of a watched stream are bytes or text; what was parsed goes on as it is.
function itemOf(value: unknown): unknown {
  return types.isAnyArrayBuffer(value) ? new Uint8Array(value) : value;
}

// While a reader of the response is at work it tells what was read; the body below it only knows that it is closed.
class BodySink implements Sink {
  readonly #observation: Observation;
  #isReading = false;

  constructor(observation: Observation) {
    this.#observation = observation;
  }

  get takesChunks(): boolean {
    return this.#observation.takesChunks;
  }

  startReading(): void {
    this.#isReading = true;
  }

  chunk(item: unknown): void {
    if (!this.#isReading) this.#observation.chunk(item);
  }

  succeed(): void {
    if (!this.#isReading) this.#observation.succeed();
  }

  fail(error: unknown): void {
    if (!this.#isReading) this.#observation.fail(error);
  }

  cancel(): void {
    if (!this.#isReading) this.#observation.cancel();
  }

  get holds(): boolean {
    return this.#observation.holds;
  }

  inside<R>(work: () => R): R {
    return this.#observation.inside(work);
  }

  // A reader of the response waits by itself.
  hold(): Promise<void> | undefined {
    return this.#isReading ? undefined : this.#observation.hold();
  }
}

function patchReaders(target: FetchResponse, observation: Observation, body: BodySink): void {
  for (const name of READERS) {
    patchMethod(
      target,
      name,
      (method) =>
        function read(...args) {
          body.startReading();
          const reading: unknown = Reflect.apply(method, target, args);
          // Of whatever realm: a test runner's sandbox has a Promise of its own, and `fetch` is from outside.
          if (!types.isPromise(reading)) return reading;
          return reading.then(
            (value: unknown) => {
              observation.chunk(itemOf(value));
              observation.succeed();
              const hold = observation.hold();
              return hold === undefined ? value : hold.then(() => value);
            },
            (error: unknown) => {
              observation.fail(error);
              const hold = observation.hold();
              if (hold === undefined) throw error;
              return hold.then(() => {
                throw error;
              });
            },
          );
        },
    );
  }
}

// By its methods: not every sandbox has the class.
function isStream(body: unknown): body is ReadableStream {
  return typeof body === 'object' && body !== null && shapeOf(body) === 'web-stream';
}

/**
 * Watches a fetch response until its body was read, by one of its own methods or by whoever takes the stream; the former
 * do not go through the methods of the latter.
 */
export function patchResponse(target: object, observation: Observation): void {
  const response = target as FetchResponse;
  const { body, bodyUsed } = response;
  if (bodyUsed || !isStream(body)) {
    observation.succeed();
    return;
  }
  const sink = new BodySink(observation);
  patchReaders(response, observation, sink);
  patchBodyStream(body, sink, observation.context);
  patchMethod(
    response,
    'clone',
    (method) =>
      function clone(...args) {
        const copy = Reflect.apply(method, response, args) as FetchResponse;
        patchReaders(copy, observation, sink);
        return copy;
      },
  );
}
