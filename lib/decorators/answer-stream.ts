import { isResponse } from '../calls/lifecycle/response.js';
import { hasMethod } from '../calls/lifecycle/shape.js';

/** The stream in what a client answers: a fetch response is finished when its body was read; some hand out theirs in a field. */
export function streamOf(value: object): unknown {
  if (isResponse(value)) return value;
  for (const field of ['stream', 'body']) {
    const held: unknown = Object.getOwnPropertyDescriptor(value, field)?.value;
    if (typeof held === 'object' && held !== null && hasMethod(held, Symbol.asyncIterator)) return held;
  }
  return undefined;
}
