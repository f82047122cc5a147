import type { Facet } from '../calls/facet.js';
import type { PlanSubject } from '../calls/plan.js';
import { createPlan } from '../calls/plan.js';
import type { Call } from '../calls/call.js';
import { runBlock } from '../calls/engine.js';
import { runHeldBlock } from '../calls/held.js';
import type { AnyFunction } from '../calls/wrap.js';
import { ANONYMOUS } from '../calls/subject.js';
import { wrapFunction } from '../calls/wrap.js';
import { SpanwrightError } from '../core/errors.js';
import type { Decoration } from './adapter.js';
import { applyDecoration } from './adapter.js';
import { isApplication } from './application.js';
import type { CurrentCall } from './call-handle.js';
import { handleOf } from './current-call.js';
import type { LooseOptions, OptionKeys } from './loose-options.js';
import { readOptions } from './loose-options.js';

/** What makes one decorator different from another. */
export interface DecoratorKind {
  readonly name: string;
  readonly keys: OptionKeys;
  readonly createFacet: (options: LooseOptions) => Facet;
  /** The option that a bare string stands for. Default `name`. */
  readonly shorthand?: 'name' | 'type';
}

type Block = (call: CurrentCall) => unknown;

function readGiven(kind: DecoratorKind, given: unknown): LooseOptions {
  const spelled = typeof given === 'string' ? { [kind.shorthand ?? 'name']: given } : given;
  return readOptions(kind.name, spelled, kind.keys);
}

function createDecoration(kind: DecoratorKind, given: unknown): Decoration {
  const options = readGiven(kind, given);
  return {
    decorator: kind.name,
    facet: kind.createFacet(options),
    fitsClasses: kind.keys.includes('include'),
    ...(options.include === undefined ? {} : { include: options.include }),
    ...(options.exclude === undefined ? {} : { exclude: options.exclude }),
  };
}

// On a class `name` stands for the class, so the members' facet must not have it as their span name.
function createClassDecoration(kind: DecoratorKind, given: unknown): Decoration {
  const options = readGiven(kind, given);
  const { name, ...rest } = options;
  const decoration = createDecoration(kind, rest);
  return typeof name === 'string' ? { ...decoration, prefix: name } : decoration;
}

function isOnClass(args: readonly unknown[]): boolean {
  const [target, second] = args;
  if (args.length === 1) return true;
  return (
    typeof target === 'function' && typeof second === 'object' && Reflect.get(second as object, 'kind') === 'class'
  );
}

function asFunction(kind: DecoratorKind, value: unknown, place: string): AnyFunction {
  if (typeof value === 'function') return value as AnyFunction;
  throw new SpanwrightError('DECORATOR_MISPLACED', `${kind.name}.${place}: got ${typeof value}, expected a function`);
}

function subjectOf(fn: AnyFunction): PlanSubject {
  return { functionName: fn.name === '' ? ANONYMOUS : fn.name, className: undefined, isMethod: false };
}

/** Makes the one exported value that is decorator, factory, `wrap` and `run`. The public types are put on by the caller. */
export function createDecorator(kind: DecoratorKind): object {
  const apply = (given: unknown, args: readonly unknown[]): unknown =>
    applyDecoration(isOnClass(args) ? createClassDecoration(kind, given) : createDecoration(kind, given), args);

  function decorator(...args: unknown[]): unknown {
    if (isApplication(args)) return apply(undefined, args);
    const [given] = args;
    // Read now, so that a mistake shows where it was written.
    readGiven(kind, given);
    return (...target: unknown[]) => apply(given, target);
  }

  function wrap(...args: unknown[]): AnyFunction {
    const fn = asFunction(kind, args.length === 1 ? args[0] : args[1], 'wrap(options, fn)');
    return wrapFunction(fn, createDecoration(kind, args.length === 1 ? undefined : args[0]).facet, subjectOf(fn));
  }

  function run(given: unknown, block: unknown): unknown {
    const fn = asFunction(kind, block, 'run(options, block)') as Block;
    const plan = createPlan([createDecoration(kind, given).facet], subjectOf(fn as AnyFunction));
    const work = (call: Call | undefined): unknown => fn(handleOf(call));
    return plan.barrier === undefined ? runBlock(plan, work) : runHeldBlock(plan, plan.barrier, work);
  }

  Object.defineProperty(decorator, 'name', { value: kind.name });
  return Object.assign(decorator, { wrap, run });
}
