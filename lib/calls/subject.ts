import { types } from 'node:util';
import type { Subject } from './facet.js';
import type { Plan } from './plan.js';

/** How a function without a name is called. */
export const ANONYMOUS = 'anonymous';

/** The subject of a call, with the class found where the decorator could not know it. */
export type CallSubject = Subject;

const undecided = new WeakSet<Plan>();

function makeSubject(plan: Plan, className: string | undefined): CallSubject {
  const { functionName } = plan;
  return {
    functionName,
    className,
    qualifiedName: className === undefined ? functionName : `${className}.${functionName}`,
  };
}

function nameOfClass(value: unknown): string | undefined {
  if (typeof value !== 'function') return undefined;
  const name: unknown = Object.getOwnPropertyDescriptor(value, 'name')?.value;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

function ownsWrapper(holder: object, wrapper: object): boolean {
  const descriptors = Object.getOwnPropertyDescriptors(holder) as Record<PropertyKey, PropertyDescriptor>;
  return Reflect.ownKeys(descriptors).some((key) => {
    const own = descriptors[key];
    return own?.value === wrapper || own?.get === wrapper;
  });
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' || typeof value === 'function') && value !== null;
}

// Standard decorators do not tell the class: the holder of the wrapper on the chain of `this` is the declaring one.
function declaringClass(self: unknown, wrapper: object): string | undefined {
  let holder: object | undefined = isObject(self) ? self : undefined;
  while (holder !== undefined && holder !== Object.prototype && !types.isProxy(holder)) {
    if (ownsWrapper(holder, wrapper)) {
      if (typeof holder === 'function') return nameOfClass(holder);
      return nameOfClass(Object.getOwnPropertyDescriptor(holder, 'constructor')?.value);
    }
    holder = (Object.getPrototypeOf(holder) as object | null) ?? undefined;
  }
  return undefined;
}

// A private method is no property, and somebody else's wrapper may stand above ours: the class of `this` is the best guess.
function classOfThis(self: unknown): string | undefined {
  if (typeof self === 'function') return nameOfClass(self);
  let holder: unknown = self;
  while (isObject(holder) && !types.isProxy(holder)) {
    const own = Object.getOwnPropertyDescriptor(holder, 'constructor');
    if (own !== undefined) return nameOfClass(own.value);
    holder = Object.getPrototypeOf(holder);
  }
  return undefined;
}

/** The names of a call. Decided once per plan where the declaring class can be found, else from `this` each time. */
export function subjectOf(plan: Plan, wrapper: object, self: unknown): CallSubject {
  return plan.subject ?? findSubject(plan, wrapper, self);
}

function findSubject(plan: Plan, wrapper: object, self: unknown): CallSubject {
  if (plan.className !== undefined || !plan.isMethod) {
    plan.subject = makeSubject(plan, plan.className);
    return plan.subject;
  }
  const isHidden = plan.functionName.startsWith('#') || undecided.has(plan);
  const declaring = isHidden ? undefined : declaringClass(self, wrapper);
  const subject = makeSubject(plan, declaring ?? classOfThis(self));
  if (declaring !== undefined) plan.subject = subject;
  else if (isObject(self)) undecided.add(plan);
  return subject;
}
