import type { CurrentCall } from './current-call.js';

/** Any method, whatever its arguments, result and `this`. */
export type AnyMethod = (this: never, ...args: never[]) => unknown;

// Structural and without type parameters: with those of the standard library a generic method would lose its types.
// Every signature returns `void`, so that a member keeps exactly the type it was declared with.

/** The context of a standard decorator on a method or a getter. */
export interface MemberContext {
  readonly kind: 'method' | 'getter';
  readonly name: string | symbol;
}

/** The context of a standard decorator on an `accessor`. */
export interface AccessorContext {
  readonly kind: 'accessor';
  readonly name: string | symbol;
}

/** The context of a standard decorator on a class. */
export interface ClassContext {
  readonly kind: 'class';
  readonly name: string | undefined;
}

/** A class, with a private constructor and abstract as well. */
export interface ClassTarget {
  readonly prototype: object;
  readonly name: string;
}

/** The two functions of an `accessor`. */
export interface AccessorPair {
  get: (this: never) => unknown;
  set: (this: never, value: never) => void;
}

/** What the compiler prints where a decorator cannot stand. */
export interface MisplacedOnFieldOrParameter {
  'this decorator goes on methods, getters, accessors and classes, not on fields, setters or parameters': never;
}

/** What the compiler prints where a class cannot be decorated. */
export interface MisplacedOnFieldParameterOrClass {
  'this decorator goes on methods, getters and accessors, not on classes, fields, setters or parameters': never;
}

/** A decorator whose options see no argument: it fits every method, getter and accessor. */
export interface MemberDecorator {
  (value: AnyMethod, context: MemberContext): void;
  (value: AccessorPair, context: AccessorContext): void;
  <T>(target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<T>): void;
  (misplaced: MisplacedOnFieldParameterOrClass, ...rest: never[]): never;
}

/** The same that fits classes, too. `context?: undefined` keeps the class signature from matching fields. */
export interface MemberOrClassDecorator {
  (value: AnyMethod, context: MemberContext): void;
  (value: AccessorPair, context: AccessorContext): void;
  (value: ClassTarget, context: ClassContext): void;
  <T>(target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<T>): void;
  (target: ClassTarget, context?: undefined): void;
  (misplaced: MisplacedOnFieldOrParameter, ...rest: never[]): never;
}

interface WrongArguments<Expected> {
  'an option takes other arguments than this method has': Expected;
}
interface WrongResult<Expected> {
  'an option takes another result than this method returns': Expected;
}

/** Holds the functions in options against the method they stand on; an object without members when they fit. */
export type Fits<MethodArgs extends unknown[], MethodResult, Args extends unknown[], R> = [Args] extends [never]
  ? FitsResult<MethodResult, R>
  : MethodArgs extends [...Args, ...unknown[]]
    ? FitsResult<MethodResult, R>
    : WrongArguments<Args>;

type FitsResult<MethodResult, R> = [Awaited<MethodResult>] extends [R] ? unknown : WrongResult<R>;

/** A decorator whose options see the call; the compiler holds them against the method. */
export interface CheckedDecorator<Args extends unknown[], R> {
  <A extends unknown[], Q>(value: (this: never, ...args: A) => Q, context: MemberContext & Fits<A, Q, Args, R>): void;
  <F extends AnyMethod>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<F> & Fits<Parameters<F>, ReturnType<F>, Args, R>,
  ): void;
}

/** A block: it gets its call, which is inert while nobody listens. */
export type Block<R> = (call: CurrentCall) => R;
