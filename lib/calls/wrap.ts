import { state } from '../core/state.js';
import { runCall } from './engine.js';
import type { Facet } from './facet.js';
import { runHeld } from './held.js';
import { copyIdentity } from './identity.js';
import type { AnyFunction } from './idle.js';
import { isIdle, wrapIdle } from './idle.js';
import type { Plan, PlanSubject } from './plan.js';
import { addFacet } from './plan.js';
import { subjectOf } from './subject.js';

export type { AnyFunction } from './idle.js';

interface Planned {
  readonly plan: Plan;
  readonly original: AnyFunction;
}

function plannedBy(fn: object): Planned | undefined {
  return state.plans.get(fn) as Planned | undefined;
}

/** Tells whether a function is one of our wrappers, of any copy of the package. */
export function isWrapped(fn: object): boolean {
  return state.plans.has(fn);
}

/** Notes the class that declares a wrapper, found from an instance or from the class itself. */
export function learnClass(wrapper: object, self: unknown): void {
  const known = plannedBy(wrapper);
  if (known !== undefined) subjectOf(known.plan, wrapper, self);
}

function wrapMethod(method: AnyFunction, plan: Plan): AnyFunction {
  const wrapped = wrapIdle(method, function (this: unknown, ...args: unknown[]): unknown {
    return runCall(plan, wrapped, method, this, args);
  });
  return wrapped;
}

// Whether somebody listens or not: the record does not ask for it.
function wrapHeld(method: AnyFunction, plan: Plan): AnyFunction {
  const { wrapped } = {
    wrapped(this: unknown, ...args: unknown[]): unknown {
      return runHeld(plan, wrapped, method, this, args);
    },
  };
  return wrapped;
}

function wrapConstructible(fn: AnyFunction, plan: Plan): AnyFunction {
  const run = plan.barrier === undefined ? runCall : runHeld;
  const traced = function (this: unknown, ...args: unknown[]): unknown {
    return run(plan, wrapped, fn, this, args);
  };
  function wrapped(this: unknown): unknown {
    if (new.target === undefined) {
      return Reflect.apply(plan.barrier === undefined && isIdle() ? fn : traced, this, arguments);
    }
    return Reflect.construct(fn, arguments, (new.target as unknown) === wrapped ? fn : new.target);
  }
  return wrapped;
}

function isConstructible(fn: AnyFunction): boolean {
  const prototype: unknown = Object.getOwnPropertyDescriptor(fn, 'prototype')?.value;
  // Generators own a prototype that has no constructor.
  return typeof prototype === 'object' && prototype !== null && Object.hasOwn(prototype, 'constructor');
}

function wrap(original: AnyFunction, plan: Plan): AnyFunction {
  if (isConstructible(original)) return wrapConstructible(original, plan);
  return plan.barrier === undefined ? wrapMethod(original, plan) : wrapHeld(original, plan);
}

/**
 * Makes a wrapper with one more facet. Over one of our wrappers it makes a new one over the original function and leaves
 * the other as it is, so that mixins and subclasses cannot change each other.
 */
export function wrapFunction(seen: AnyFunction, facet: Facet, subject: PlanSubject): AnyFunction {
  const known = plannedBy(seen);
  const original = known?.original ?? seen;
  const plan = addFacet(known?.plan, facet, subject);
  const wrapper = wrap(original, plan);
  copyIdentity(seen, wrapper);
  state.plans.set(wrapper, { plan, original } satisfies Planned);
  return wrapper;
}
