import type { Observation } from './observation.js';
import { patchMethod } from './observation.js';

// What the helpers of OpenAI and Anthropic hand on as it came: chat chunks, events of Responses, events of Messages.
const CHUNK_EVENTS: ReadonlySet<unknown> = new Set(['chunk', 'event', 'streamEvent']);

// Whoever leaves a loop has done with the stream; the helper tells of its abort a while later.
function patchLeaving(target: object, observation: Observation): void {
  patchMethod(
    target,
    Symbol.asyncIterator,
    (method) =>
      function iterate(...args) {
        const iterator: unknown = Reflect.apply(method, target, args);
        if (typeof iterator !== 'object' || iterator === null) return iterator;
        patchMethod(
          iterator,
          'return',
          (leave) =>
            function watchedReturn(...values) {
              observation.cancel();
              return Reflect.apply(leave, iterator, values);
            },
        );
        return iterator;
      },
  );
}

type Emit = (this: unknown, ...args: unknown[]) => unknown;

function refuse(target: object, emit: Emit, lost: unknown): void {
  Reflect.apply(emit, target, ['error', lost]);
  Reflect.apply(emit, target, ['end']);
}

/**
 * Watches `chat.completions.stream()`, `responses.stream()` and `messages.stream()`, which run on their own whether they are
 * iterated, listened to or awaited by `final…()`. By `_emit` and not by `on`: a listener for `error` would keep an error
 * that nobody handles from being reported.
 */
export function patchEventStream(target: object, observation: Observation): void {
  if (Reflect.get(target, 'ended') === true) {
    observation.succeed();
    return;
  }
  patchLeaving(target, observation);
  let hasChunks = false;
  patchMethod(
    target,
    '_emit',
    (emit) =>
      function watchedEmit(event, ...args) {
        if (CHUNK_EVENTS.has(event)) {
          hasChunks = true;
          observation.chunk(args[0]);
        } else if (event === 'error') {
          observation.fail(args[0]);
        } else if (event === 'abort') {
          if (hasChunks) observation.cancel();
          else observation.fail(args[0]);
        } else if (event === 'end') {
          observation.succeed();
        }
        const emitNow = (): unknown => Reflect.apply(emit, target, [event, ...args]);
        const hold = event === 'end' ? observation.hold() : undefined;
        // What it promises (`done`, `final…`) settles with its end.
        return hold === undefined ? emitNow() : void hold.then(emitNow, (lost: unknown) => refuse(target, emit, lost));
      },
  );
}
