import { asIterable } from '../calls/iterable-promise.js';
import { SpanwrightError } from '../core/errors.js';
import { isApplication, isStandardContext } from './application.js';

function refusal(): SpanwrightError {
  return new SpanwrightError(
    'AUDIT_NOT_CONFIGURED',
    'an audited call was made where no ledger can be kept: it was not run',
    {
      hint: 'make audited calls on a server; `spanwright` is its build for browsers and edge runtimes here',
    },
  );
}

/** Refuses a call; whoever awaits or iterates what it gives gets the refusal either way. */
export function refuse(): Promise<unknown> {
  return asIterable(Promise.reject(refusal()));
}

function replace(...args: unknown[]): unknown {
  const [, second, third] = args;
  if (isStandardContext(second)) return refuse;
  const descriptor = third as PropertyDescriptor | undefined;
  if (typeof descriptor?.value === 'function') descriptor.value = refuse;
  return descriptor;
}

/** Makes `AuditedCall` for places where no ledger can be kept: what is audited is refused, and never made unrecorded. */
export function createRefusing(name: string): object {
  function decorator(...args: unknown[]): unknown {
    return isApplication(args) ? replace(...args) : replace;
  }
  Object.defineProperty(decorator, 'name', { value: name });
  return Object.assign(decorator, { wrap: () => refuse, run: refuse });
}

/** A client in whose place every call is refused: its members throw when they are asked for. */
export function createRefusingClient<C extends object>(client: C): C {
  return new Proxy(client, {
    get: (_client, key) => {
      // Asked of everything that is awaited or printed.
      if (key === 'then' || typeof key === 'symbol') return undefined;
      throw refusal();
    },
  });
}
