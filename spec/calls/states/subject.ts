// oxlint-disable-next-line import/no-unassigned-import -- it extends `Reflect`
import 'reflect-metadata';
import { Task, Traced, Workflow } from 'spanwright';

/** A decorator of either standard. */
type Decorate = (target: unknown, second?: unknown, descriptor?: PropertyDescriptor) => void;

/** The decorators that a subject is made with. */
export interface Decorators {
  readonly traced: Decorate;
  readonly faceted: Decorate;
  readonly wrap: <F extends (this: never, ...args: never[]) => unknown>(fn: F) => F;
}

export const none: Decorators = { traced: () => {}, faceted: () => {}, wrap: (fn) => fn };

const workflow = Workflow({ name: 'subject', args: true, result: true }) as unknown as Decorate;

export const ours: Decorators = {
  traced: Traced,
  // Two more facets beside the one that `traced` is.
  faceted(target, second, descriptor) {
    const standard = workflow(target, second, descriptor) as unknown;
    if (descriptor === undefined) return standard as undefined;
    (Task() as unknown as Decorate)(target, second, descriptor);
    return undefined;
  },
  wrap: (fn) => Traced.wrap<typeof fn>({ args: true, result: true }, fn),
};

/** Puts metadata on the function itself, as Nest's `SetMetadata` does. */
function meta(key: string, value: unknown): Decorate {
  return (target, _second, descriptor) => {
    Reflect.defineMetadata(key, value, (descriptor?.value ?? target) as object);
  };
}

/** Puts an own property on the function. */
function label(text: string): Decorate {
  return (target, _second, descriptor) => {
    Object.assign((descriptor?.value ?? target) as object, { [Symbol.for('label')]: text, label: text });
  };
}

/** What a method found around it. */
export interface Found {
  readonly self: unknown;
  readonly args: readonly unknown[];
}

const MARK = Symbol('mark');

/** Makes one class and the functions beside it, the same ones with every set of decorators. */
// oxlint-disable-next-line typescript/explicit-function-return-type -- the class is what it gives
export function createSubject({ traced, faceted, wrap }: Decorators) {
  @meta('class', 'above')
  @traced
  @meta('class', 'below')
  class Subject {
    readonly #secret = 'private';
    value = 1;

    @traced
    look(..._given: unknown[]): Found {
      // oxlint-disable-next-line prefer-rest-params -- what arrives is the case
      return { self: this, args: [...arguments] as unknown[] };
    }

    @traced
    static look(this: unknown, ..._given: unknown[]): Found {
      // oxlint-disable-next-line prefer-rest-params -- what arrives is the case
      return { self: this, args: [...arguments] as unknown[] };
    }

    @meta('roles', ['admin'])
    @label('above')
    @traced
    @faceted
    @meta('lower', 1)
    @label('below')
    async review(_ticket: string, _notes = 'none', ..._rest: string[]): Promise<string> {
      return await Promise.resolve(this.#secret);
    }

    @faceted
    @traced
    *steps(_from: number): Generator<string> {
      yield this.#secret;
    }

    @traced
    async *pages(_from: number, _to: number): AsyncGenerator<string> {
      yield await Promise.resolve(this.#secret);
    }

    @traced
    [MARK](_argument: unknown): void {}

    @traced
    get size(): number {
      return this.value;
    }

    set size(value: number) {
      this.value = value;
    }

    @traced
    fail(error: unknown): never {
      throw error;
    }

    /** Left to the class decorator. */
    bare(_argument: unknown): unknown {
      return this;
    }

    static bare(this: unknown): unknown {
      return this;
    }
  }

  const constructible = wrap(function Point(this: { x: number }, x: number) {
    if (new.target !== undefined) this.x = x;
    return undefined;
  });
  const arrow = wrap(async (first: unknown, ..._rest: unknown[]) => await Promise.resolve(first));
  const adorned = wrap(
    Object.defineProperties(
      Object.assign((given: unknown) => given, { label: 'own', [Symbol.for('own')]: 1 }),
      {
        name: { value: 'renamed' },
        length: { value: 7 },
        // Nothing that traces a function reads its source or what stands in the place of it.
        toString: { value: () => neverCalled(), enumerable: true },
        lazy: { get: () => neverCalled(), configurable: true },
        [Symbol.toPrimitive]: { value: () => neverCalled() },
      },
    ),
  );
  return { Subject, constructible, arrow, adorned };
}

function neverCalled(): never {
  throw new Error('read by somebody who had no business to');
}

export type Subject = ReturnType<typeof createSubject>;
