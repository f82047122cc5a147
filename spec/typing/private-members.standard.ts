// Legacy decorators cannot stand on #private members.
import { Task, Traced } from 'spanwright';
import type { Holds, Same } from './same.js';

export class Private {
  @Traced
  #bare<T>(value: T): T {
    return value;
  }

  @Traced({ attributes: (count: number) => ({ count }), onResult: (text: string) => ({ text }) })
  async #checked(count: number): Promise<string> {
    await Promise.resolve();
    return String(count);
  }

  // @ts-expect-error the method takes a number
  @Task({ id: (text: string) => text })
  #wrong(count: number): number {
    return count;
  }

  use(): [Holds<Same<string, string>>, unknown] {
    const text: 'kept' = this.#bare('kept' as const);
    return [true, [text, this.#checked(1), this.#wrong(2)]];
  }
}

// Class expressions as well.
export const Expression =
  @Traced
  class {
    work(): void {}
  };
