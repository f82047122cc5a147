import type { Facet } from '../calls/facet.js';
import type { AnyFunction } from '../calls/wrap.js';
import { learnClass, wrapFunction } from '../calls/wrap.js';
import { SpanwrightError } from '../core/errors.js';
import { guarded } from '../core/guard.js';
import type { StandardContext } from './application.js';
import { isStandardContext } from './application.js';
import type { MemberFilter } from './options.js';
import { decorateMembers, memberName, nameOfClass } from './members.js';

/** What a decorator does, independent of where it stands. */
export interface Decoration {
  readonly decorator: string;
  readonly facet: Facet;
  readonly fitsClasses: boolean;
  /** On a class, the facet of each member; `prefix` stands for the class in its name. */
  readonly prefix?: string;
  readonly include?: MemberFilter;
  readonly exclude?: MemberFilter;
}

function misplaced(decoration: Decoration, where: string, hint?: string): never {
  throw new SpanwrightError(
    'DECORATOR_MISPLACED',
    `@${decoration.decorator} cannot stand there: got ${where}, expected a method, a getter${decoration.fitsClasses ? ', an accessor or a class' : ' or an accessor'}`,
    hint === undefined ? {} : { hint },
  );
}

function wrapMember(
  decoration: Decoration,
  fn: unknown,
  key: PropertyKey | undefined,
  className?: string,
): AnyFunction {
  return wrapFunction(fn as AnyFunction, decoration.facet, {
    functionName: memberName(key),
    className,
    isMethod: true,
  });
}

// The context does not tell the class. The first instance (the class itself for a static) does, before any call.
function wrapStandard(decoration: Decoration, fn: unknown, context: StandardContext): AnyFunction {
  const wrapper = wrapMember(decoration, fn, context.name);
  let isKnown = false;
  context.addInitializer?.(function initialize(this: unknown): void {
    if (isKnown) return;
    isKnown = true;
    guarded('ENGINE', () => learnClass(wrapper, this));
  });
  return wrapper;
}

function applyToClass(decoration: Decoration, target: unknown): undefined {
  const { prototype } = target as { prototype?: unknown };
  if (typeof prototype !== 'object' || prototype === null) {
    return misplaced(decoration, 'a function', `use ${decoration.decorator}.wrap(fn)`);
  }
  if (!decoration.fitsClasses) return misplaced(decoration, 'a class');
  decorateMembers(target as AnyFunction, decoration);
  return undefined;
}

function applyStandard(decoration: Decoration, value: unknown, context: StandardContext): unknown {
  switch (context.kind) {
    case 'method':
    case 'getter':
      return wrapStandard(decoration, value, context);
    case 'accessor': {
      const { get, set } = value as { get: unknown; set: unknown };
      return { get: wrapStandard(decoration, get, context), set };
    }
    case 'class':
      return applyToClass(decoration, value);
    default:
      return misplaced(decoration, `a ${context.kind} (${memberName(context.name)})`);
  }
}

function classNameOf(target: unknown): string | undefined {
  const owner: unknown =
    typeof target === 'function' ? target : Object.getOwnPropertyDescriptor(target, 'constructor')?.value;
  return typeof owner === 'function' ? nameOfClass(owner) : undefined;
}

// The descriptor is changed in place and returned: `__decorate` uses what is returned, Nest's applyDecorators() does not.
function applyLegacy(decoration: Decoration, target: unknown, key: PropertyKey | undefined, third: unknown): unknown {
  if (typeof third === 'number') return misplaced(decoration, `a parameter (number ${third} of ${memberName(key)})`);
  const descriptor = third as PropertyDescriptor | undefined;
  const className = classNameOf(target);
  if (typeof descriptor?.value === 'function') {
    descriptor.value = wrapMember(decoration, descriptor.value, key, className);
  } else if (typeof descriptor?.get === 'function') {
    descriptor.get = wrapMember(decoration, descriptor.get, key, className);
  } else {
    return misplaced(decoration, `${descriptor?.set === undefined ? 'a field' : 'a setter'} (${memberName(key)})`);
  }
  return descriptor;
}

/** Applies a decorator, whichever of the two standards the compiler emitted. */
export function applyDecoration(decoration: Decoration, args: readonly unknown[]): unknown {
  const [target, second, third] = args;
  if (isStandardContext(second)) return applyStandard(decoration, target, second);
  if (args.length >= 2 && second !== undefined) return applyLegacy(decoration, target, second as PropertyKey, third);
  if (typeof third === 'number') return applyLegacy(decoration, target, undefined, third);
  if (typeof target !== 'function') return misplaced(decoration, `a value of type ${typeof target}`);
  return applyToClass(decoration, target);
}
