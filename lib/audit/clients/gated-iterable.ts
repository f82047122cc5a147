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
  #isReading = false;
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
    const ready = this.#held ?? (await this.#read());
    // Left meanwhile: what came after is in no record.
    if (this.#over !== undefined) return this.#over;
    this.#held = ready;
    if (ready.done === true) return ready;
    try {
      this.#held = await this.#read();
    } catch (thrown) {
      this.#failure = { thrown };
    }
    return ready;
  }

  async #read(): Promise<Item> {
    this.#isReading = true;
    let item: Item;
    try {
      item = await this.#inner.next();
    } catch (thrown) {
      await this.#answer.end(endingOfThrown(thrown), { thrown });
      throw thrown;
    } finally {
      this.#isReading = false;
    }
    if (item.done !== true) {
      this.#answer.takeValue(this.#count++, item.value);
      return item;
    }
    await this.#answer.read();
    if (this.#held === undefined) this.#over ??= item;
    return item;
  }

  return(value?: unknown): Promise<Item> {
    return this.#leave(async () => {
      // Before a step that waits is told that it is over.
      const ended = this.#answer.leave('cancelled');
      try {
        return (await this.#inner.return?.(value)) ?? { done: true, value };
      } finally {
        await ended;
      }
    });
  }

  /** What `throw` does; a generator may catch it and go on. */
  fail(reason: unknown): Promise<Item> {
    const item = this.#turn.then(() => this.#fail(reason));
    this.#turn = item.catch(() => {});
    return item;
  }

  async #fail(reason: unknown): Promise<Item> {
    this.#held = undefined;
    let item: Item | undefined;
    try {
      item = await this.#inner.throw?.(reason);
    } catch (thrown) {
      await this.#answer.end(endingOfThrown(thrown), { thrown });
      throw thrown;
    }
    if (item === undefined || item.done === true) await this.#answer.read();
    else this.#answer.takeValue(this.#count++, item.value);
    return item ?? { done: true, value: undefined };
  }

  // At once while the source is asked for an item, which may be answered by nothing else; after that it gives no other.
  #leave(work: () => Promise<Item>): Promise<Item> {
    const leave = (): Promise<Item> => {
      this.#over = { done: true, value: undefined };
      this.#held = undefined;
      this.#failure = undefined;
      return work();
    };
    if (this.#isReading) return leave();
    const left = this.#turn.then(leave);
    this.#turn = left.catch(() => {});
    return left;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

function gateGenerator(target: object, answer: GatheredAnswer): void {
  const next = Reflect.get(target, 'next') as () => Promise<Item>;
  const leave = Reflect.get(target, 'return') as ((value?: unknown) => Promise<Item>) | undefined;
  const fail = Reflect.get(target, 'throw') as ((error: unknown) => Promise<Item>) | undefined;
  const gated = new GatedIterator(
    {
      next: () => Reflect.apply(next, target, []),
      return: async (value?: unknown) =>
        leave === undefined ? { done: true, value } : Reflect.apply(leave, target, [value]),
      ...(fail && { throw: async (error: unknown) => Reflect.apply(fail, target, [error]) }),
    },
    answer,
  );
  patchMethod(target, 'next', () => () => gated.next());
  patchMethod(target, 'return', () => (value) => gated.return(value));
  patchMethod(target, 'throw', () => (error) => gated.fail(error));
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
