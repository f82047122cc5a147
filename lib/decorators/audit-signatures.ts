import type { AccessorContext, AnyMethod, Fits, MemberContext } from './signatures.js';

/** What the compiler prints where the result of a method cannot be withheld as it is. */
export interface NotAuditable<R> {
  'an audited method returns a plain Promise or an async iterable: declare it `async` and `await`; or audit the client inside with `auditedClient` or `auditedFetch`, so that its promises keep their methods; or give `durability: "sync"`, which blocks for the record': R;
}

// One member of a union after the other. A promise with methods of its own takes no plain one in its place.
type Unaudited<R> =
  R extends PromiseLike<infer Value>
    ? Promise<Value> extends R
      ? never
      : R
    : R extends AsyncIterable<infer Item>
      ? AsyncGenerator<Item> extends R
        ? never
        : R
      : R;

/** An object without members where a method with this result may be audited. `any` may. */
export type Auditable<R> = 0 extends 1 & R ? unknown : [Unaudited<R>] extends [never] ? unknown : NotAuditable<R>;

type AuditableMember<T> = T extends AnyMethod ? Auditable<ReturnType<T>> : Auditable<T>;
type FitsMember<T, Args, R> = T extends AnyMethod ? Fits<Parameters<T>, ReturnType<T>, Args, R> : Fits<[], T, Args, R>;

interface Accessed<T> {
  get: (this: never) => T;
  set: (this: never, value: never) => void;
}

/** Where `AuditedCall` goes. */
export interface OnAuditedMember {
  <T>(value: Accessed<T>, context: AccessorContext & Auditable<T>): void;
  <F extends AnyMethod>(value: F, context: MemberContext & Auditable<ReturnType<F>>): void;
  <T>(target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<T> & AuditableMember<T>): void;
}

/** The same with options whose functions see the call. */
export interface CheckedAuditedDecorator<Args, R> {
  <T>(value: Accessed<T>, context: AccessorContext & Auditable<T> & Fits<[], T, Args, R>): void;
  <F extends AnyMethod>(
    value: F,
    context: MemberContext & Auditable<ReturnType<F>> & Fits<Parameters<F>, ReturnType<F>, Args, R>,
  ): void;
  <T>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<T> & AuditableMember<T> & FitsMember<T, Args, R>,
  ): void;
}
