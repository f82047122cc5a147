import { isApplication } from './application.js';
import type { CurrentCall } from './call-handle.js';
import { INERT_CALL } from './call-handle.js';

type Block = (call: CurrentCall) => unknown;

/**
 * Makes a decorator, factory, `wrap` and `run` that leave everything as it is, for places where spans cannot be made.
 * Options are not read: the same source meets the checks where it is traced. The public types are put on by the caller.
 */
export function createPassThrough(name: string): object {
  // Both standards take `undefined` for "as it was", and so do tools that apply decorators by hand.
  const keep = (): undefined => undefined;

  function decorator(...args: unknown[]): unknown {
    return isApplication(args) ? undefined : keep;
  }

  function wrap(...args: unknown[]): unknown {
    return args.length === 1 ? args[0] : args[1];
  }

  function run(_options: unknown, block: Block): unknown {
    return block(INERT_CALL);
  }

  Object.defineProperty(decorator, 'name', { value: name });
  return Object.assign(decorator, { wrap, run });
}
