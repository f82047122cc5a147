import { types } from 'node:util';
import { warnOnce } from '../core/diagnostics.js';
import { activeContext, runIn } from './active-context.js';
import type { Barrier, BarrierStart } from './barrier.js';
import type { Call } from './call.js';
import { execute, openHeld, runBlock, runCall } from './engine.js';
import { heldGenerator } from './held-generator.js';
import type { HeldCall } from './held-call.js';
import type { HeldRun } from './held-run.js';
import type { AnyFunction } from './idle.js';
import { isIdle } from './idle.js';
import { asIterable } from './iterable-promise.js';
import { pressure } from './lifecycle/promise.js';
import { settleValue } from './lifecycle/settle.js';
import { hasMethod } from './lifecycle/shape.js';
import type { Plan } from './plan.js';
import { subjectOf } from './subject.js';

function startOf({ plan, wrapper, self, args }: HeldRun): BarrierStart {
  return { subject: subjectOf(plan, wrapper, self), self, args, types: plan.types, context: activeContext() };
}

function isAwaited(result: unknown): boolean {
  return (
    types.isPromise(result) ||
    (typeof result === 'object' && result !== null && hasMethod(result, Symbol.asyncIterator))
  );
}

function sayReplaced({ plan, wrapper, self }: HeldRun, result: unknown): void {
  const { qualifiedName } = subjectOf(plan, wrapper, self);
  const isThenable = typeof result === 'object' && result !== null && hasMethod(result, 'then');
  const got = isThenable ? 'a promise of another kind' : `a value of type ${typeof result}`;
  warnOnce(
    {
      code: 'AUDIT_RESULT_REPLACED',
      message: `${qualifiedName}() is audited and returned ${got}, expected a promise or an async iterable; its caller gets a promise`,
      hint: "declare it async, or give durability: 'sync'; clients with promises of their own go through auditedClient",
    },
    qualifiedName,
  );
}

async function resultOf(run: HeldRun, call: HeldCall): Promise<unknown> {
  try {
    const result = runIn(call.context, () => run.work(call));
    if (types.isPromise(result)) call.wait(result);
    if (!run.isBlock && !isAwaited(result)) sayReplaced(run, result);
    return await result;
  } catch (error) {
    call.fail(error);
    await call.hold();
    throw error;
  }
}

/** Intent, span, call, outcome, end of the span, result: each waits for the one before. */
async function perform(run: HeldRun): Promise<unknown> {
  const { plan, barrier, wrapper, self, args } = run;
  const admission = await barrier.before(startOf(run));
  return admission.run(async () => {
    const call = openHeld(plan, wrapper, self, args, { admission, isSynchronous: false });
    const value = await resultOf(run, call);
    const settled = settleValue(value, call);
    await call.hold();
    await pressure();
    return settled;
  });
}

function performInCall(run: HeldRun): unknown {
  const { plan, barrier, wrapper, self, args } = run;
  const admission = barrier.beforeSync(startOf(run));
  return admission.run(() => {
    const call = openHeld(plan, wrapper, self, args, { admission, isSynchronous: true });
    return execute(call, () => run.work(call));
  });
}

function isAsyncGenerator(method: AnyFunction): boolean {
  return types.isAsyncFunction(method) && types.isGeneratorFunction(method);
}

// Of the same kind as with a record.
async function unrecorded(work: () => unknown): Promise<unknown> {
  return work();
}

/** Runs a method that a barrier may hold: its caller gets a promise, or an async generator where the method makes one. */
export function runHeld(
  plan: Plan,
  wrapper: object,
  method: AnyFunction,
  self: unknown,
  args: readonly unknown[],
): unknown {
  const { barrier } = plan;
  const plainly = (): unknown =>
    isIdle() ? Reflect.apply(method, self, args) : runCall(plan, wrapper, method, self, args);
  if (barrier === undefined) return plainly();
  const run: HeldRun = {
    plan,
    barrier,
    wrapper,
    self,
    args,
    isBlock: false,
    work: () => Reflect.apply(method, self, args),
  };
  if (!barrier.isOn()) {
    return barrier.isSynchronous || isAsyncGenerator(method) ? plainly() : typed(method, unrecorded(plainly));
  }
  if (barrier.isSynchronous) return performInCall(run);
  if (isAsyncGenerator(method)) return heldGenerator(run, startOf);
  return typed(method, perform(run));
}

/** Runs a block that a barrier may hold. */
export function runHeldBlock(plan: Plan, barrier: Barrier, block: (call: Call | undefined) => unknown): unknown {
  const run: HeldRun = { plan, barrier, wrapper: block, self: undefined, args: [], isBlock: true, work: block };
  const plainly = (): unknown => runBlock(plan, block);
  if (!barrier.isOn()) return barrier.isSynchronous ? plainly() : unrecorded(plainly);
  return barrier.isSynchronous ? performInCall(run) : perform(run);
}

// Of a function that is not `async` nobody knows before it ran whether it makes a promise or an async iterable.
function typed(method: AnyFunction, promise: Promise<unknown>): Promise<unknown> {
  return types.isAsyncFunction(method) ? promise : asIterable(promise);
}
