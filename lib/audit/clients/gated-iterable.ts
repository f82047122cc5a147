import { patchMethod } from '../../calls/lifecycle/observation.js';
import { hasMethod } from '../../calls/lifecycle/shape.js';
import { onCollected } from '../../core/collected.js';
import { endingOfThrown } from './call-ending.js';
import type { GatheredAnswer } from './gathered-answer.js';

type Item = IteratorResult<unknown, unknown>;

function abandonWhenCollected(target: object, answer: GatheredAnswer): void {
  onCollected(target, () => {
    answer.leave('abandoned').catch(() => {});
  });
}

/** Reads an iterator one item ahead; the last one is given away when the outcome is durable. */
class GatedIterator implements AsyncIterator<unknown, unknown> {
  readonly #inner: AsyncIterator<unknown, unknown>;
  readonly #answer: GatheredAnswer;
  #count = 0;
  #held: Item | undefined;
  #over: Item | undefined;
  #failure: { readonly thrown: unknown } | undefined;
  // One at a time, in the order of the calls.
  #turn: Promise<unknown> = Promise.resolve();

  constructor(inner: AsyncIterator<unknown, unknown>, answer: GatheredAnswer) {
    this.#inner = inner;
    this.#answer = answer;
  }

  next(): Promise<Item> {
    const item = this.#turn.then(() => this.#next());
    this.#turn = item.catch(() => {});
    return item;
  }

  async #next(): Promise<Item> {
    if (this.#failure !== undefined) throw this.#failure.thrown;
    if (this.#over !== undefined) return this.#over;
    this.#held ??= await this.#read();
    if (this.#held.done === true) return this.#held;
    const ready = this.#held;
    try {
      this.#held = await this.#read();
    } catch (thrown) {
      this.#failure = { thrown };
    }
    return ready;
  }

  async #read(): Promise<Item> {
    let item: Item;
    try {
      item = await this.#inner.next();
    } catch (thrown) {
      await this.#answer.end(endingOfThrown(thrown), { thrown });
      throw thrown;
    }
    if (item.done !== true) {
      this.#answer.takeValue(this.#count++, item.value);
      return item;
    }
    await this.#answer.read();
    this.#over = this.#held === undefined ? item : undefined;
    return item;
  }

  async return(value?: unknown): Promise<Item> {
    const left = await this.#inner.return?.(value);
    await this.#answer.leave('cancelled');
    return left ?? { done: true, value };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

function gateGenerator(target: object, answer: GatheredAnswer): void {
  const next = Reflect.get(target, 'next') as () => Promise<Item>;
  const leave = Reflect.get(target, 'return') as ((value?: unknown) => Promise<Item>) | undefined;
  const gated = new GatedIterator(
    {
      next: () => Reflect.apply(next, target, []),
      return: async (value?: unknown) =>
        leave === undefined ? { done: true, value } : Reflect.apply(leave, target, [value]),
    },
    answer,
  );
  patchMethod(target, 'next', () => () => gated.next());
  patchMethod(target, 'return', () => (value) => gated.return(value));
}

/** Puts the gate into what is iterated, in place. */
export function gateIterable(target: AsyncIterable<unknown>, answer: GatheredAnswer): void {
  answer.join();
  abandonWhenCollected(target, answer);
  if (hasMethod(target, 'next')) {
    gateGenerator(target, answer);
    return;
  }
  patchMethod(
    target,
    Symbol.asyncIterator,
    (iterate) =>
      function iterating(...args) {
        return new GatedIterator(Reflect.apply(iterate, target, args) as AsyncIterator<unknown, unknown>, answer);
      },
  );
}
