import type { Context } from '@opentelemetry/api';
import { context as contextApi } from '@opentelemetry/api';
import { LookAhead } from './look-ahead.js';
import type { Sink } from './observation.js';
import { patchMethod } from './observation.js';

type Reader = ReadableStreamDefaultReader<unknown>;
type Controller = ReadableStreamDefaultController<unknown>;

async function readNext(reader: Reader, sink: Sink): Promise<ReadableStreamReadResult<unknown>> {
  let result: ReadableStreamReadResult<unknown>;
  try {
    result = await reader.read();
  } catch (error) {
    sink.fail(error);
    throw error;
  }
  if (result.done) sink.succeed();
  else sink.chunk(result.value);
  return result;
}

function isByteStream(getReader: () => { releaseLock(): void }): boolean {
  try {
    getReader().releaseLock();
    return true;
  } catch {
    return false;
  }
}

/**
 * Lets a Web stream be read, piped, split and cancelled as ever, by way of another one that hands on the last chunk when
 * the end of the call is kept. The source is locked, and read, only when somebody reads.
 */
export function patchHeldStream(stream: ReadableStream, sink: Sink, context: Context): void {
  const getReader = stream.getReader.bind(stream);
  const isLocked = (): boolean => Reflect.get(Object.getPrototypeOf(stream) as object, 'locked', stream) as boolean;
  const isOfBytes = isByteStream(() => getReader({ mode: 'byob' }));
  let held: ReadableStream | undefined;

  function createHeld(): ReadableStream {
    const reader = getReader() as Reader;
    const ahead = new LookAhead(sink);
    const pull = async (controller: Controller | ReadableByteStreamController): Promise<void> => {
      const { done, value } = await ahead.next(() =>
        contextApi.with(context, () => sink.inside(() => readNext(reader, sink))),
      );
      if (done !== true) {
        controller.enqueue(value as never);
        return;
      }
      controller.close();
      (controller as Partial<ReadableByteStreamController>).byobRequest?.respond(0);
    };
    const cancel = async (reason: unknown): Promise<void> => {
      const left = contextApi.with(context, () => reader.cancel(reason));
      // Before a read that waits is told that it is over, which is how the standard answers it.
      sink.cancel();
      try {
        await left;
      } finally {
        await sink.hold();
      }
    };
    // Nothing is read before somebody asks.
    return isOfBytes
      ? new ReadableStream({ type: 'bytes', pull, cancel })
      : new ReadableStream({ pull, cancel }, { highWaterMark: 0 });
  }

  for (const key of ['getReader', 'pipeTo', 'pipeThrough', 'tee', 'values', 'cancel', Symbol.asyncIterator]) {
    patchMethod(
      stream,
      key,
      (method) =>
        function reading(...args) {
          // Somebody has it already, past us: let the stream itself say so.
          if (held === undefined && isLocked()) return Reflect.apply(method, stream, args);
          held ??= createHeld();
          return Reflect.apply(Reflect.get(held, key) as typeof method, held, args);
        },
    );
  }
  Object.defineProperty(stream, 'locked', {
    configurable: true,
    get: () => (held === undefined ? isLocked() : held.locked),
  });
}
