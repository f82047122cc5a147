import { warnOnce } from '../../core/diagnostics.js';
import { SpanwrightError } from '../../core/errors.js';
import { Inside, nextParent } from '../inside.js';
import type { Ledger, RecordedCall } from '../ledger.js';
import { endingOfThrown } from './call-ending.js';
import type { AuditedRequestOptions } from './client-options.js';
import { callerFacts, ledgerOf } from './client-options.js';
import { endWithResult } from './gated-result.js';
import type { MethodArguments } from './method-arguments.js';
import { readArguments } from './method-arguments.js';

type AnyMethod = (this: unknown, ...args: unknown[]) => unknown;

interface MethodCall {
  readonly method: AnyMethod;
  readonly self: unknown;
  readonly args: readonly unknown[];
}

interface Audited {
  readonly name: string;
  readonly className: string | undefined;
  readonly options: AuditedRequestOptions;
  /** Whether a function that is the last argument is a callback. Default where it is not the first one. */
  readonly callbacks: boolean | undefined;
}

function begin(audited: Audited, ledger: Ledger, args: MethodArguments): Promise<RecordedCall> {
  const { options, className, name } = audited;
  return ledger.begin({
    ...callerFacts(options),
    parent: nextParent(),
    op: { class: className, method: name },
    system: options.callType ?? 'other',
    request: { value: args.kept },
  });
}

// What is thrown at once is rejected, as the caller has a promise by then.
async function invoke({ method, self, args }: MethodCall): Promise<unknown> {
  const result = Reflect.apply(method, self, args);
  if (typeof (result as { then?: unknown } | null | undefined)?.then !== 'function') warnOfKind(method.name, result);
  return result;
}

function warnOfKind(name: string, result: unknown): void {
  warnOnce(
    {
      code: 'AUDIT_RESULT_REPLACED',
      message: `the audited method ${name} returned ${typeof result}, expected a promise; the caller gets a promise of it`,
      hint: 'name methods that return promises or take a callback',
    },
    name,
  );
}

async function callForPromise(audited: Audited, call: MethodCall): Promise<unknown> {
  const ledger = ledgerOf(audited.options);
  if (ledger === undefined) return invoke(call);
  const args = readArguments(call.args);
  const recorded = await begin(audited, ledger, args);
  const inside = new Inside(recorded);
  let value: unknown;
  try {
    value = await inside.run(() => invoke(call));
  } catch (thrown) {
    await recorded.end(endingOfThrown(thrown), { thrown });
    throw thrown;
  } finally {
    inside.leave();
  }
  return endWithResult(value, recorded, args);
}

/** What a callback was called with, and on what. */
interface Told {
  readonly self: unknown;
  readonly args: readonly unknown[];
}

// The first call of the callback settles it; `error` first, as Node has it.
function callBack({ method, self, args }: MethodCall): Promise<Told> {
  return new Promise((resolve) => {
    function told(this: unknown, ...results: unknown[]): void {
      resolve({ self: this, args: results });
    }
    // What it throws at once rejects the promise.
    Reflect.apply(method, self, [...args, told]);
  });
}

async function endTold(recorded: RecordedCall, told: Told, sent: MethodArguments): Promise<Told> {
  const [error, ...results] = told.args;
  if (error !== undefined && error !== null) {
    await recorded.end(endingOfThrown(error), { thrown: error });
    return told;
  }
  const [first, ...others] = results;
  return { self: told.self, args: [error, await endWithResult(first, recorded, sent), ...others] };
}

async function callForCallback(audited: Audited, call: MethodCall): Promise<Told> {
  const ledger = ledgerOf(audited.options);
  if (ledger === undefined) return callBack(call);
  const args = readArguments(call.args);
  const recorded = await begin(audited, ledger, args);
  const inside = new Inside(recorded);
  let told: Told;
  try {
    told = await inside.run(() => callBack(call));
  } catch (thrown) {
    await recorded.end(endingOfThrown(thrown), { thrown });
    throw thrown;
  } finally {
    inside.leave();
  }
  return endTold(recorded, told, args);
}

// `pg` fills in such an object later and gives it back at once; of that there is no promise to wait for.
function refuseOwnQuery(name: string, query: unknown): void {
  if (typeof (query as { submit?: unknown } | null | undefined)?.submit !== 'function') return;
  throw new SpanwrightError(
    'AUDIT_CLIENT_UNKNOWN',
    `${name} was given a query object, expected a text or plain options`,
    {
      hint: 'read the rows with a query of text and values; a cursor or a stream of rows cannot be audited',
    },
  );
}

function handTo(callback: AnyMethod, told: Promise<Told>): void {
  // Out of the promise, so that what a callback throws is an exception and no rejection.
  told.then(
    ({ self, args }) => process.nextTick(() => Reflect.apply(callback, self, args)),
    (error: unknown) => process.nextTick(() => Reflect.apply(callback, undefined, [error])),
  );
}

/** A method that does what this one does, once its intent is durable. */
export function auditMethod(method: AnyMethod, audited: Audited): AnyMethod {
  const made = {
    [audited.name](this: unknown, ...args: unknown[]): unknown {
      const last = args.at(-1);
      refuseOwnQuery(audited.name, args[0]);
      const takesCallback = audited.callbacks ?? args.length > 1;
      if (typeof last !== 'function' || !takesCallback) return callForPromise(audited, { method, self: this, args });
      handTo(last as AnyMethod, callForCallback(audited, { method, self: this, args: args.slice(0, -1) }));
      return undefined;
    },
  }[audited.name] as AnyMethod;
  Object.defineProperty(made, 'length', { value: method.length });
  return made;
}
