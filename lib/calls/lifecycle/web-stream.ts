import { patchAsyncIterator } from './generator.js';
import type { Sink } from './observation.js';
import { patchMethod } from './observation.js';

interface PipeOptions {
  readonly preventCancel?: boolean;
}

function endOfPipe(sink: Sink, error: unknown): void {
  if (error instanceof Error && error.name === 'AbortError') sink.cancel();
  else sink.fail(error);
}

// `closed` settles when the last chunk was read; its rejection is marked as handled by the standard, so a branch is harmless.
function watchReader(reader: object, sink: Sink): void {
  let isCancelled = false;
  let isReleased = false;
  patchMethod(
    reader,
    'cancel',
    (cancel) =>
      function cancelled(...args) {
        isCancelled = true;
        return Reflect.apply(cancel, reader, args);
      },
  );
  patchMethod(
    reader,
    'releaseLock',
    (releaseLock) =>
      function released(...args) {
        isReleased = true;
        return Reflect.apply(releaseLock, reader, args);
      },
  );
  (reader as ReadableStreamDefaultReader).closed.then(
    () => {
      if (isCancelled) sink.cancel();
      else sink.succeed();
    },
    (error: unknown) => {
      if (!isReleased) sink.fail(error);
    },
  );
}

function patchReading(target: ReadableStream, sink: Sink): void {
  patchMethod(
    target,
    'getReader',
    (getReader) =>
      function reading(...args) {
        const reader = Reflect.apply(getReader, target, args) as object;
        watchReader(reader, sink);
        return reader;
      },
  );
  for (const key of ['values', Symbol.asyncIterator]) {
    patchMethod(
      target,
      key,
      (values) =>
        function iterating(...args) {
          const iterator = Reflect.apply(values, target, args) as object;
          const isReturnCancel = (args[0] as PipeOptions | undefined)?.preventCancel !== true;
          patchAsyncIterator(iterator, sink, { isReturnCancel });
          return iterator;
        },
    );
  }
  patchMethod(
    target,
    'cancel',
    (cancel) =>
      function cancelled(...args) {
        const wasLocked = target.locked;
        const promise = Reflect.apply(cancel, target, args);
        if (!wasLocked) sink.cancel();
        return promise;
      },
  );
}

function patchPiping(target: ReadableStream, sink: Sink): void {
  const pipe = target.pipeTo.bind(target);
  patchMethod(
    target,
    'pipeTo',
    (pipeTo) =>
      async function piping(...args) {
        try {
          await Reflect.apply(pipeTo, target, args);
          sink.succeed();
        } catch (error) {
          endOfPipe(sink, error);
          throw error;
        }
      },
  );
  patchMethod(
    target,
    'pipeThrough',
    (pipeThrough) =>
      function piping(transform, options) {
        const pair = transform as ReadableWritablePair | undefined;
        const isUsable = pair?.writable instanceof WritableStream && pair.readable instanceof ReadableStream;
        if (!isUsable || target.locked || pair.writable.locked) {
          return Reflect.apply(pipeThrough, target, [transform, options]);
        }
        // What `pipeThrough` does by the standard: a pipe whose rejection counts as handled.
        pipe(pair.writable, options as StreamPipeOptions).then(
          () => sink.succeed(),
          (error: unknown) => endOfPipe(sink, error),
        );
        return pair.readable;
      },
  );
}

// The source is done when either branch is; it is cancelled when both are.
function branchSink(sink: Sink): Sink {
  let cancelled = 0;
  return {
    chunk: (item) => sink.chunk(item),
    succeed: () => sink.succeed(),
    fail: (error) => sink.fail(error),
    cancel: () => {
      cancelled++;
      if (cancelled === 2) sink.cancel();
    },
  };
}

/** Watches a Web `ReadableStream` in place: the same object, byte streams and back-pressure included. */
export function patchWebStream(target: object, sink: Sink): void {
  const stream = target as ReadableStream;
  if (stream.locked) {
    sink.succeed();
    return;
  }
  patchReading(stream, sink);
  patchPiping(stream, sink);
  patchMethod(
    stream,
    'tee',
    (tee) =>
      function teeing() {
        const branches = Reflect.apply(tee, stream, []) as [object, object];
        const shared = branchSink(sink);
        for (const branch of branches) patchWebStream(branch, shared);
        return branches;
      },
  );
}
