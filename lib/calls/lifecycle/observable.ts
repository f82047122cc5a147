import type { Context } from '@opentelemetry/api';
import { context as contextApi } from '@opentelemetry/api';
import type { Call } from '../call.js';

interface Observer {
  next(value: unknown): void;
  error(error: unknown): void;
  complete(): void;
}
interface Subscription {
  unsubscribe(): void;
}
interface Subscribable {
  subscribe(observer: object): Subscription;
}
type SubscriberHooks = Subscription & { _next?: unknown; _error?: unknown; _complete?: unknown };
type ObservableClass = new (subscribe: (subscriber: Observer) => unknown) => object;
type SubscriberClass = new (destination: object) => SubscriberHooks;

function ownerOf(value: object, key: string): object | undefined {
  let holder: object | null = value;
  while (holder !== null && !Object.hasOwn(holder, key)) holder = Object.getPrototypeOf(holder) as object | null;
  return holder ?? undefined;
}

function classOwning(value: object, key: string): unknown {
  return ownerOf(value, key)?.constructor;
}

// What an Observable of rxjs 6 or 7 has of its own.
const OWN_FIELDS = new Set(['source', 'operator', '_subscribe', '_isScalar']);

/**
 * The class that a watched copy would be made of; undefined where the object is more than an Observable: a subclass, or
 * one that carries more (`connect` of a connectable, `key` of a group), which the copy would not have.
 */
function observableClass(source: object): ObservableClass | undefined {
  if (!Object.keys(source).every((key) => OWN_FIELDS.has(key))) return undefined;
  const owner = ownerOf(source, 'subscribe');
  return owner !== undefined && owner === Object.getPrototypeOf(source)
    ? (owner as { constructor: ObservableClass }).constructor
    : undefined;
}

function watchedObserver(call: Call, consumer: Context, subscriber: Observer): Observer {
  return {
    next: (value) => {
      call.chunk(value);
      contextApi.with(consumer, () => subscriber.next(value));
    },
    error: (error) => {
      call.fail(error);
      contextApi.with(consumer, () => subscriber.error(error));
    },
    complete: () => {
      call.succeed();
      contextApi.with(consumer, () => subscriber.complete());
    },
  };
}

// A subscriber of the program's own rxjs, linked to its consumer: a source that emits in one go stops when `take(1)` has
// enough. The hooks are those of rxjs 6 and 7; elsewhere a plain observer does.
function linkedObserver(subscriber: Observer, observer: Observer): object {
  const Subscriber = classOwning(subscriber, '_next') as SubscriberClass | undefined;
  if (typeof Subscriber !== 'function') return observer;
  const linked = new Subscriber(subscriber);
  linked._next = observer.next;
  linked._error = (error: unknown) => {
    try {
      observer.error(error);
    } finally {
      linked.unsubscribe();
    }
  };
  linked._complete = () => {
    try {
      observer.complete();
    } finally {
      linked.unsubscribe();
    }
  };
  return linked;
}

/**
 * Watches the first subscription of an Observable through a new one of the same class. The source is subscribed inside
 * the call's context, values arrive in the subscriber's. `undefined` for Subjects and other subclasses.
 */
export function watchObservable(
  source: object,
  call: Call,
  onSubscribe: (observer: object) => void,
): object | undefined {
  const Observable = observableClass(source);
  if (Observable === undefined) return undefined;
  let isFirst = true;
  return new Observable((subscriber) => {
    if (!isFirst) return (source as Subscribable).subscribe(subscriber);
    isFirst = false;
    const observer = linkedObserver(subscriber, watchedObserver(call, contextApi.active(), subscriber));
    onSubscribe(observer);
    const subscription = contextApi.with(call.context, () => (source as Subscribable).subscribe(observer));
    return () => {
      subscription.unsubscribe();
      call.cancel();
    };
  });
}
