import { currentCall } from 'spanwright';
import type { AsyncMethod, Body } from './program.js';
import type { World } from './world.js';

/** The class under test: a method of each kind. `path` names the run of it. */
export interface Methods extends Record<AsyncMethod, (body: Body, path: string) => PromiseLike<unknown>> {
  readonly world: World;
  sync(body: Body, path: string): unknown;
  generator(body: Body, path: string): Generator<unknown, unknown>;
  asyncGenerator(body: Body, path: string): AsyncGenerator<unknown, unknown>;
}

/** What the statements of a block came to: nothing, or a value to return. */
export type Completion = { readonly value: unknown } | undefined;

/** One run of one method: where it stands in the program, and the call that it must see at every moment. */
export class Frame {
  readonly methods: Methods;
  readonly world: World;
  readonly #path: string;
  readonly #spanId = currentCall()?.spanId;
  #children = 0;

  constructor(methods: Methods, path: string) {
    this.methods = methods;
    this.world = methods.world;
    this.#path = path;
  }

  /** A path for something that happens in this run, the same in every run of the program. */
  nextPath(): string {
    this.#children++;
    return `${this.#path}.${String(this.#children).padStart(3, '0')}`;
  }

  note(text: string, ...values: readonly unknown[]): void {
    const isInPlace = currentCall()?.spanId === this.#spanId;
    const shown = values.map((value) => this.world.tag(value)).join(' ');
    const entered = this.world.storage.getStore() ?? '-';
    this.world.log.push(`${this.#path} ${text} ${shown} @${entered}${isInPlace ? '' : ', in another call'}`);
  }

  /** Leaves a mark in the program's own storage, which others see as far as the platform carries it. */
  enter(): void {
    this.world.storage.enterWith(this.nextPath());
  }

  sleep(delayMs: number): Promise<void> {
    return this.world.sleep(delayMs, this.nextPath());
  }
}
