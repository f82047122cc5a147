import { decoratedCall } from '../decorated-call.js';
import type { Place } from '../trial.js';

function named(canary: string): Error {
  const error = new Error('it failed');
  error.name = `Failure of ${canary}`;
  return error;
}

function withStack(canary: string): Error {
  const error = new Error('it failed');
  error.stack = `Error: it failed with ${canary}\n    at work (file:///srv/app.js?note=${encodeURIComponent(canary)}:1:1)`;
  return error;
}

function ofClass(canary: string): Error {
  const Failure = { [canary]: class extends Error {} }[canary] ?? Error;
  return new Failure('it failed');
}

const THROWN: Readonly<Record<string, (canary: string) => unknown>> = {
  'in the message of an error': (canary) => new TypeError(`401 for ${canary}`),
  'in the stack of an error': withStack,
  'in the cause of an error': (canary) => new Error('it failed', { cause: new Error(`because of ${canary}`) }),
  'in a cause that is no error': (canary) => new Error('it failed', { cause: { note: canary } }),
  'in the causes of a cause': (canary) =>
    new Error('one', { cause: new Error('two', { cause: new Error('three', { cause: canary }) }) }),
  'in an AggregateError': (canary) => new AggregateError([new Error(canary), canary], `all failed: ${canary}`),
  'in the name of an error': named,
  'in the name of the class of an error': ofClass,
  'in fields of an error': (canary) =>
    Object.assign(new Error(`Request failed: {"error":{"message":"bad key ${canary}"}}`), {
      status: 401,
      code: canary,
      type: canary,
      headers: { authorization: canary },
      response: { data: canary },
      error: { message: canary },
    }),
  'in a thrown string': (canary) => `it failed with ${canary}`,
  'in a thrown object': (canary) => ({ message: canary, name: canary, stack: canary, code: canary }),
  'in a message behind a getter': (canary) => Object.defineProperty(new Error(), 'message', { get: () => canary }),
  'in a message of many lines': (canary) => new Error(`it failed:\n  at first\n  ${canary}\n  at last`),
};

/** Places in what a call fails with; on success it gives that back as a value. */
export const ERROR_PLACES: readonly Place[] = Object.entries(THROWN).map(([title, make]) => ({
  title,
  run: (trial) =>
    decoratedCall(trial, {
      error: () => make(trial.text),
      result: () => [{ status: 'rejected', reason: make(trial.text) }],
    }),
}));
