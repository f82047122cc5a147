import { state } from '../core/state.js';
import { isActive } from './active.js';
import { runCall } from './engine.js';
import type { Facet } from './facet.js';
import { copyIdentity } from './identity.js';
import type { Plan, PlanSubject } from './plan.js';
import { addFacet } from './plan.js';
import { subjectOf } from './subject.js';

/** A function of any shape, as the wrapper sees it. */
export type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

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

// A method has no [[Construct]] and no `prototype`; neither has its wrapper.
function wrapMethod(method: AnyFunction, plan: Plan): AnyFunction {
  const { wrapped } = {
    wrapped(this: unknown): unknown {
      if (!isActive()) return Reflect.apply(method, this, arguments);
      return runCall(plan, wrapped, method, this, arguments);
    },
  };
  return wrapped;
}

function wrapConstructible(fn: AnyFunction, plan: Plan): AnyFunction {
  function wrapped(this: unknown): unknown {
    if (new.target !== undefined) {
      return Reflect.construct(fn, arguments, (new.target as unknown) === wrapped ? fn : new.target);
    }
    if (!isActive()) return Reflect.apply(fn, this, arguments);
    return runCall(plan, wrapped, fn, this, arguments);
  }
  return wrapped;
}

function isConstructible(fn: AnyFunction): boolean {
  const prototype: unknown = Object.getOwnPropertyDescriptor(fn, 'prototype')?.value;
  // Generators own a prototype that has no constructor.
  return typeof prototype === 'object' && prototype !== null && Object.hasOwn(prototype, 'constructor');
}

/**
 * Makes a wrapper with one more facet. Over one of our wrappers it makes a new one over the original function and leaves
 * the other as it is, so that mixins and subclasses cannot change each other.
 */
export function wrapFunction(seen: AnyFunction, facet: Facet, subject: PlanSubject): AnyFunction {
  const known = plannedBy(seen);
  const original = known?.original ?? seen;
  const plan = addFacet(known?.plan, facet, subject);
  const wrapper = isConstructible(original) ? wrapConstructible(original, plan) : wrapMethod(original, plan);
  copyIdentity(seen, wrapper);
  state.plans.set(wrapper, { plan, original } satisfies Planned);
  return wrapper;
}
