import type { CurrentCall } from './call-handle.js';

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

/**
 * The last overload: what the compiler prints when no other fits. A legacy field has its key for a context and a standard
 * one `undefined` for its value; the text shows at the other of the two.
 */
export interface Refusal<Text> {
  <C>(misplaced: Text | undefined, context: C & (C extends object ? Text : unknown), ...rest: never[]): never;
}

/** Where a decorator without functions in its options goes. */
export interface OnMember {
  (value: AnyMethod, context: MemberContext): void;
  (value: AccessorPair, context: AccessorContext): void;
  <T>(target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<T>): void;
}

/** The same with classes. `context?: undefined` keeps the signature of a legacy class from matching fields. */
export interface OnMemberOrClass {
  (value: AnyMethod, context: MemberContext): void;
  (value: AccessorPair, context: AccessorContext): void;
  (value: ClassTarget, context: ClassContext): void;
  <T>(target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<T>): void;
  (target: ClassTarget, context?: undefined): void;
}

/** A decorator whose options see no argument: it fits every method, getter and accessor. */
export interface MemberDecorator extends OnMember, Refusal<MisplacedOnFieldParameterOrClass> {}

/** The same that fits classes, too. */
export interface MemberOrClassDecorator extends OnMemberOrClass, Refusal<MisplacedOnFieldOrParameter> {}

interface WrongArguments<Expected> {
  'an option takes other arguments than this method has': Expected;
}
interface WrongResult<Expected> {
  'an option takes another result than this method returns': Expected;
}

// Everything comes in tuples of one element: a union of them is checked one by one, a union inside of one as a whole.
type UnfitArguments<MethodArgs extends unknown[], Args> = Args extends [infer Taken extends unknown[]]
  ? MethodArgs extends [...Taken, ...unknown[]]
    ? never
    : Taken
  : never;

// What takes anything is asked first: of a method whose result is a type parameter the compiler leaves the other question open.
type UnfitResult<MethodResult, R> = R extends [infer Taken]
  ? [unknown] extends [Taken]
    ? never
    : [Awaited<MethodResult>] extends [Taken]
      ? never
      : Taken
  : never;

/** Holds the functions in options against the method they stand on; an object without members when they fit. */
export type Fits<MethodArgs extends unknown[], MethodResult, Args, R> = [UnfitArguments<MethodArgs, Args>] extends [
  never,
]
  ? [UnfitResult<MethodResult, R>] extends [never]
    ? unknown
    : WrongResult<UnfitResult<MethodResult, R>>
  : WrongArguments<UnfitArguments<MethodArgs, Args>>;

// What a getter or an accessor gives is its result. One that gives functions cannot be told from a method.
type FitsMember<T, Args, R> = T extends AnyMethod ? Fits<Parameters<T>, ReturnType<T>, Args, R> : Fits<[], T, Args, R>;

interface Accessed<T> {
  get: (this: never) => T;
  set: (this: never, value: never) => void;
}

/**
 * A decorator whose options see the call; the compiler holds them against the method. `Args` and `R` are unions of
 * tuples of one element: `[the arguments that a function takes]`, `[the result that it takes]`.
 */
export interface CheckedDecorator<Args, R> {
  <T>(value: Accessed<T>, context: AccessorContext & Fits<[], T, Args, R>): void;
  <F extends AnyMethod>(value: F, context: MemberContext & Fits<Parameters<F>, ReturnType<F>, Args, R>): void;
  <T>(target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<T> & FitsMember<T, Args, R>): void;
}

/** A block: it gets its call, which is inert while nobody listens. */
export type Block<R> = (call: CurrentCall) => R;
