// A decorated member keeps exactly the type it was declared with.
import { Task, Traced, Workflow } from 'spanwright';
import type { Holds, Same } from './same.js';

const SYMBOL = Symbol('symbol');
const computed = 'computed' as const;

abstract class Members {
  private constructor() {}

  @Traced
  bare(text: string): number {
    return text.length;
  }

  @Traced()
  async called<T>(items: readonly T[]): Promise<T | undefined> {
    await Promise.resolve();
    return items[0];
  }

  @Traced('named')
  generic<K extends PropertyKey, V>(key: K, value: V): Record<K, V> {
    return { [key]: value } as Record<K, V>;
  }

  overloaded(text: string): string;
  overloaded(count: number): number;
  @Traced({ kind: 'client' })
  overloaded(value: string | number): string | number {
    return value;
  }

  @Task
  optional(this: Members, a: string, b?: number, ...rest: boolean[]): [string, number?, ...boolean[]] {
    return [a, b, ...rest] as [string, number?, ...boolean[]];
  }

  @Workflow
  *steps(): Generator<number, string, boolean> {
    return (yield 1) ? 'yes' : 'no';
  }

  @Task('pages')
  async *pages(): AsyncGenerator<string> {
    await Promise.resolve();
    yield 'page';
  }

  @Workflow('protected')
  protected hidden(): string {
    return 'hidden';
  }

  @Traced
  static of<T>(value: T): { value: T } {
    return { value };
  }

  @Traced
  get size(): 1 | 2 {
    return 1;
  }

  @Traced()
  get length(): never {
    throw new Error('no length');
  }

  set length(_value: never) {}

  @Task({ type: 'level' })
  accessor level: 'low' | 'high' = 'low';

  @Traced
  [SYMBOL](): symbol {
    return SYMBOL;
  }

  @Traced
  [computed](): 'computed' {
    return computed;
  }

  @Traced
  42(): 42 {
    return 42;
  }

  abstract untouched(): void;
}

export type Kept = [
  Holds<Same<Members['bare'], (text: string) => number>>,
  Holds<Same<Members['called'], <T>(items: readonly T[]) => Promise<T | undefined>>>,
  Holds<Same<Members['generic'], <K extends PropertyKey, V>(key: K, value: V) => Record<K, V>>>,
  Holds<Same<Members['overloaded'], { (text: string): string; (count: number): number }>>,
  Holds<
    Same<
      Members['optional'],
      (this: Members, a: string, b?: number, ...rest: boolean[]) => [string, number?, ...boolean[]]
    >
  >,
  Holds<Same<Members['steps'], () => Generator<number, string, boolean>>>,
  Holds<Same<Members['pages'], () => AsyncGenerator<string>>>,
  Holds<Same<(typeof Members)['of'], <T>(value: T) => { value: T }>>,
  Holds<Same<Members['size'], 1 | 2>>,
  Holds<Same<Members['level'], 'low' | 'high'>>,
  Holds<Same<Members[typeof SYMBOL], () => symbol>>,
  Holds<Same<Members['computed'], () => 'computed'>>,
  Holds<Same<Members[42], () => 42>>,
];

@Traced
export class BareClass<T> {
  first(items: T[]): T | undefined {
    return items[0];
  }
}

@Traced()
export abstract class CalledClass {}

@Traced('prefix')
export class NamedClass {
  private constructor(readonly id: number) {}

  static make(): NamedClass {
    return new NamedClass(1);
  }
}

@Traced({
  name: 'prefix',
  include: ['first', SYMBOL],
  exclude: /^second/,
  kind: 'client',
  attributes: { a: 1 },
  args: true,
})
export class OptionsClass extends BareClass<string> {
  second(): void {}
}

export type KeptClasses = [
  Holds<Same<ReturnType<BareClass<number>['first']>, number | undefined>>,
  Holds<Same<ReturnType<(typeof NamedClass)['make']>, NamedClass>>,
];
