import { Traced } from 'spanwright';
import { executeAsync, executeAsyncGenerator } from './execute-async.js';
import { executeGenerator, executeSync } from './execute-sync.js';
import type { Methods } from './frame.js';
import { Frame } from './frame.js';
import type { Body } from './program.js';
import type { World } from './world.js';

/** Starts when it is asked, and again each time, as query builders do. */
class Lazy implements PromiseLike<unknown> {
  readonly #start: () => Promise<unknown>;

  constructor(start: () => Promise<unknown>) {
    this.#start = start;
  }

  then<A = unknown, B = never>(
    onFulfilled?: ((value: unknown) => A | PromiseLike<A>) | null,
    onRejected?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#start().then(onFulfilled, onRejected);
  }
}

class Special extends Promise<unknown> {
  static from(promise: Promise<unknown>): Special {
    return new Special((resolve, reject) => {
      promise.then(resolve, reject);
    });
  }
}

/** The methods as a program without tracing has them. */
export class Plain implements Methods {
  readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  sync(body: Body, path: string): unknown {
    return executeSync(new Frame(this, path), body);
  }

  async immediate(body: Body, path: string): Promise<unknown> {
    return executeAsync(new Frame(this, path), body);
  }

  deferred(body: Body, path: string): Promise<unknown> {
    return executeAsync(new Frame(this, path), body);
  }

  lazy(body: Body, path: string): PromiseLike<unknown> {
    return new Lazy(() => executeAsync(new Frame(this, path), body));
  }

  special(body: Body, path: string): Promise<unknown> {
    return Special.from(executeAsync(new Frame(this, path), body));
  }

  *generator(body: Body, path: string): Generator<unknown, unknown> {
    return yield* executeGenerator(new Frame(this, path), body);
  }

  async *asyncGenerator(body: Body, path: string): AsyncGenerator<unknown, unknown> {
    return yield* executeAsyncGenerator(new Frame(this, path), body);
  }
}

/** The same methods, each decorated. */
export class Decorated implements Methods {
  readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  @Traced({ args: true, result: true })
  sync(body: Body, path: string): unknown {
    return executeSync(new Frame(this, path), body);
  }

  @Traced({ args: true, result: true })
  async immediate(body: Body, path: string): Promise<unknown> {
    return executeAsync(new Frame(this, path), body);
  }

  @Traced({ attributes: { kind: 'deferred' } })
  deferred(body: Body, path: string): Promise<unknown> {
    return executeAsync(new Frame(this, path), body);
  }

  @Traced({ result: true })
  lazy(body: Body, path: string): PromiseLike<unknown> {
    return new Lazy(() => executeAsync(new Frame(this, path), body));
  }

  @Traced()
  special(body: Body, path: string): Promise<unknown> {
    return Special.from(executeAsync(new Frame(this, path), body));
  }

  @Traced({ result: true })
  *generator(body: Body, path: string): Generator<unknown, unknown> {
    return yield* executeGenerator(new Frame(this, path), body);
  }

  @Traced({ result: true })
  async *asyncGenerator(body: Body, path: string): AsyncGenerator<unknown, unknown> {
    return yield* executeAsyncGenerator(new Frame(this, path), body);
  }
}
