import { types } from 'node:util';
import { countGuarded } from '../../core/guard.js';
import type { Call } from '../call.js';
import { patchAsyncGenerator, patchAsyncIterable } from './async-iterable.js';
import { patchEventStream } from './event-stream.js';
import { patchGenerator } from './generator.js';
import { watchNodeStream } from './node-stream.js';
import { watchObservable } from './observable.js';
import type { Observation } from './observation.js';
import { observe } from './observation.js';
import { watchPromise } from './promise.js';
import { isResponse, patchResponse } from './response.js';
import type { Shape } from './shape.js';
import { shapeOf } from './shape.js';
import { patchApiPromise, patchThenable } from './thenable.js';
import { patchWebStream } from './web-stream.js';

type InPlace = (target: object, observation: Observation) => void;

const IN_PLACE: Record<Exclude<Shape, 'opaque' | 'observable'>, InPlace> = {
  thenable: patchThenable(settleValue),
  'api-promise': patchApiPromise(settleValue),
  generator: patchGenerator,
  'async-generator': patchAsyncGenerator,
  'async-iterable': patchAsyncIterable,
  'event-stream': patchEventStream,
  'web-stream': patchWebStream,
  'node-stream': watchNodeStream,
};

// A proxy on the chain ends it: its traps are the program's code.
function prototypeOf(value: object | null): object | null {
  return value === null || types.isProxy(value) ? null : (Object.getPrototypeOf(value) as object | null);
}

function isNativePromise(value: object): boolean {
  if (!types.isPromise(value) || Object.hasOwn(value, 'then')) return false;
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === Promise.prototype) return true;
  // A promise of another realm (a test runner's sandbox): the parent of its prototype is the end of the chain.
  const parent = prototypeOf(prototype);
  return parent !== null && prototypeOf(parent) === null && !types.isProxy(parent);
}

// Until it is subscribed the object may be collected; from then on the source holds the observer while it works.
function watchSubscription(source: object, call: Call): object | undefined {
  let observation: Observation | undefined;
  const watched = watchObservable(source, call, (observer) => observation?.watch(observer));
  if (watched === undefined) return undefined;
  observe(watched, call, (_target, made) => {
    observation = made;
  });
  return watched;
}

// An answer that holds its stream in a field is finished when that is; everything else is finished as it is.
function settleOpaque(value: object, call: Call): void {
  const stream = call.observed || call.isHeld ? call.streamIn(value) : undefined;
  if (typeof stream !== 'object' || stream === null) {
    call.succeed();
    return;
  }
  const shape = shapeOf(stream);
  if (shape !== 'opaque' && shape !== 'observable') observe(stream, call, IN_PLACE[shape]);
  else if (isResponse(stream)) observe(stream, call, patchResponse);
  else call.succeed();
}

function settleObject(value: object, call: Call): unknown {
  const shape = shapeOf(value);
  if (shape !== 'thenable' && shape !== 'api-promise') call.settled(value);
  if (shape === 'observable') {
    const watched = watchSubscription(value, call);
    if (watched !== undefined) return watched;
  }
  if (shape === 'opaque' || shape === 'observable') settleOpaque(value, call);
  else observe(value, call, IN_PLACE[shape]);
  return value;
}

/**
 * Ends the call of a value that is no promise, or makes it wait until the stream in it is finished. Throws where the record
 * of a call that is held, and kept in the call, is lost; else never.
 */
export function settleValue(value: unknown, call: Call): unknown {
  const settled = settleAny(value, call);
  void call.hold();
  return settled;
}

function settleAny(value: unknown, call: Call): unknown {
  if (typeof value !== 'object' || value === null) {
    call.settled(value);
    call.succeed();
    return value;
  }
  try {
    return settleObject(value, call);
  } catch (error) {
    countGuarded('ENGINE', error);
    call.succeed();
    return value;
  }
}

/** Gives the caller what the method returned, of the same kind, and ends the call when that is finished. */
export function settle(result: unknown, call: Call): unknown {
  if (typeof result !== 'object' || result === null || !isNativePromise(result)) return settleValue(result, call);
  return watchPromise(result, call, settleValue);
}
