import { every } from '../core/clock.js';
import { onCollected } from '../core/collected.js';
import { state } from '../core/state.js';

/** What the list needs of a call; only this file changes these fields. */
export interface WaitingCall {
  next: WaitingCall | undefined;
  previous: WaitingCall | undefined;
  /** The promise it waits for, while young. */
  promise: object | undefined;
  /** Set on the second sweep; undoes the watch on the promise. */
  unwatch: (() => void) | undefined;
  isOld: boolean;
  isTracked: boolean;
  abandon(): void;
  /** Ends what telemetry knows of it. */
  leave(): void;
}

/**
 * The calls that wait for a promise or a stream, as a list through the calls themselves (no hashing on the call path).
 *
 * States of a call here: absent → waiting (young: holds its promise) → watched (old: the promise may be collected) → absent.
 * A promise that never settles would keep its call here for ever, so a call that waits longer than a sweep hands its
 * promise to a finalizer and is ended as abandoned when that promise is gone.
 */
const SWEEP_MS = 1000;

// Of all copies of the package in this process: whichever shuts down ends the calls of every one.
const list = state.waiting as { head: WaitingCall | undefined; stopSweeping: (() => void) | undefined };

// Of its own, so that the work holds the call and nothing else of the sweep.
function abandonLater(call: WaitingCall): () => void {
  return () => call.abandon();
}

function sweep(): void {
  if (list.head === undefined) {
    list.stopSweeping?.();
    list.stopSweeping = undefined;
    return;
  }
  for (let call: WaitingCall | undefined = list.head; call !== undefined; call = call.next) {
    if (call.promise === undefined) continue;
    if (call.isOld) {
      call.unwatch = onCollected(call.promise, abandonLater(call));
      call.promise = undefined;
    }
    call.isOld = true;
  }
}

/** Lists a call until it ends. */
export function trackCall(call: WaitingCall): void {
  const { head } = list;
  call.next = head;
  if (head !== undefined) head.previous = call;
  list.head = call;
  call.isTracked = true;
  list.stopSweeping ??= every(SWEEP_MS, sweep);
}

/** The promise is settled and the call waits for the stream in it: that the promise is collected means nothing any more. */
export function forgetPromise(call: WaitingCall): void {
  call.unwatch?.();
  call.promise = undefined;
}

/** Takes an ended call off the list. */
export function untrackCall(call: WaitingCall): void {
  if (call.previous === undefined) list.head = call.next;
  else call.previous.next = call.next;
  if (call.next !== undefined) call.next.previous = call.previous;
  call.unwatch?.();
  call.isTracked = false;
  call.next = undefined;
  call.previous = undefined;
  call.promise = undefined;
}

/** Ends every waiting call as abandoned; what `shutdown` does before the last export. */
export function abandonWaitingCalls(): void {
  while (list.head !== undefined) list.head.leave();
}
