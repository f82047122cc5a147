import { types } from 'node:util';
import { isErrored, isReadable } from 'node:stream';
import type { Readable } from 'node:stream';
import type { Context } from '@opentelemetry/api';
import { context as contextApi } from '@opentelemetry/api';
import { patchAsyncIterator } from './generator.js';
import type { Observation, Sink } from './observation.js';
import { patchHeldStream } from './held-stream.js';
import { patchMethod } from './observation.js';

interface PipeOptions {
  readonly preventCancel?: boolean;
}

// Node answers for both kinds of streams; its types know one.
function asReadable(stream: ReadableStream): Readable {
  return stream as unknown as Readable;
}

// A destination that broke or was cancelled has cancelled the source, which did not fail. After `preventCancel`, and
// while another reader holds the stream, the source is as readable as before.
function endOfPipe(source: ReadableStream, sink: Sink, error: unknown): void {
  if (isErrored(asReadable(source))) sink.fail(error);
  else if (!isReadable(asReadable(source))) sink.cancel();
}

// `closed` settles as the last chunk is read; its rejection is marked as handled by the standard, so a branch is harmless.
function watchReader(reader: object, sink: Sink, context: Context): void {
  let isCancelled = false;
  let isReleased = false;
  let reads = 0;
  let end: (() => void) | undefined;

  function endAfterReads(finish: () => void): void {
    if (reads === 0) finish();
    else end = finish;
  }
  function endRead(): void {
    if (--reads === 0) end?.();
  }
  function take(item: ReadableStreamReadResult<unknown>): ReadableStreamReadResult<unknown> {
    if (!item.done) sink.chunk(item.value);
    endRead();
    return item;
  }
  // `closed` is rejected too, and says with what.
  function pass(error: unknown): never {
    endRead();
    throw error;
  }

  // The source makes its next chunk inside `read`: that is work of the call.
  patchMethod(
    reader,
    'read',
    (read) =>
      function reading(...args) {
        const result: unknown = contextApi.with(context, () => Reflect.apply(read, reader, args));
        if (!sink.takesChunks || !types.isPromise(result)) return result;
        reads++;
        return (result as Promise<ReadableStreamReadResult<unknown>>).then(take, pass);
      },
  );
  patchMethod(
    reader,
    'cancel',
    (cancel) =>
      function cancelled(...args) {
        isCancelled = true;
        return contextApi.with(context, () => Reflect.apply(cancel, reader, args));
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
    () => endAfterReads(() => (isCancelled ? sink.cancel() : sink.succeed())),
    (error: unknown) =>
      endAfterReads(() => {
        if (!isReleased) sink.fail(error);
      }),
  );
}

function patchReading(target: ReadableStream, sink: Sink, context: Context): void {
  patchMethod(
    target,
    'getReader',
    (getReader) =>
      function reading(...args) {
        const reader = Reflect.apply(getReader, target, args) as object;
        watchReader(reader, sink, context);
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
          patchAsyncIterator(iterator, sink, { context, isReturnCancel });
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
        const promise = contextApi.with(context, () => Reflect.apply(cancel, target, args));
        if (!wasLocked) sink.cancel();
        return promise;
      },
  );
}

// A sandbox of a test runner may be without the class; nothing is an instance of it then.
function isOf(value: unknown, name: 'ReadableStream' | 'WritableStream'): boolean {
  const found: unknown = Reflect.get(globalThis, name);
  return typeof found === 'function' && value instanceof found;
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
          endOfPipe(target, sink, error);
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
        const isUsable = isOf(pair?.writable, 'WritableStream') && isOf(pair?.readable, 'ReadableStream');
        if (pair === undefined || !isUsable || target.locked || pair.writable.locked) {
          return Reflect.apply(pipeThrough, target, [transform, options]);
        }
        // What `pipeThrough` does by the standard: a pipe whose rejection counts as handled.
        pipe(pair.writable, options as StreamPipeOptions).then(
          () => sink.succeed(),
          (error: unknown) => endOfPipe(target, sink, error),
        );
        return pair.readable;
      },
  );
}

// The source is done when either branch is; it is cancelled when both are. A branch may be cancelled twice.
function branchSinks(sink: Sink): [Sink, Sink] {
  const cancelled = new Set<Sink>();
  const createBranch = (): Sink => {
    const branch: Sink = {
      takesChunks: sink.takesChunks,
      chunk: (item) => sink.chunk(item),
      succeed: () => sink.succeed(),
      fail: (error) => sink.fail(error),
      cancel: () => {
        if (cancelled.add(branch).size === 2) sink.cancel();
      },
      holds: sink.holds,
      inside: (work) => sink.inside(work),
      hold: () => sink.hold(),
    };
    return branch;
  };
  return [createBranch(), createBranch()];
}

function patchStream(stream: ReadableStream, sink: Sink, context: Context): void {
  if (sink.holds) {
    patchHeldStream(stream, sink, context);
    return;
  }
  patchReading(stream, sink, context);
  patchPiping(stream, sink);
  patchMethod(
    stream,
    'tee',
    (tee) =>
      function teeing() {
        // The branches ask for their first chunk by themselves.
        const split = contextApi.with(
          context,
          () => Reflect.apply(tee, stream, []) as [ReadableStream, ReadableStream],
        );
        const sinks = branchSinks(sink);
        patchStream(split[0], sinks[0], context);
        patchStream(split[1], sinks[1], context);
        return split;
      },
  );
}

/** Watches the stream of a response, whose reading may be reported elsewhere. */
export function patchBodyStream(stream: ReadableStream, sink: Sink, context: Context): void {
  if (!stream.locked) patchStream(stream, sink, context);
}

/** Watches a Web `ReadableStream` in place: the same object, byte streams and back-pressure included. */
export function patchWebStream(target: object, observation: Observation): void {
  const stream = target as ReadableStream;
  if (stream.locked) observation.succeed();
  else patchStream(stream, observation, observation.context);
}
