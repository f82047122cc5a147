import { errorMonitor } from 'node:events';
import type { Readable } from 'node:stream';
import type { Observation } from './observation.js';

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
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
    stream.once(errorMonitor, failed);
    stream.once('end', () => observation.succeed());
    stream.once('close', () => observation.cancel());
  }
}
