import type { Actor } from './actor.js';

class Plain implements Actor {
  now<R>(work: () => R): R {
    return work();
  }

  async later<R>(work: () => Promise<R>): Promise<R> {
    return await work();
  }

  *steps<R>(work: () => R): Generator<R> {
    yield work();
  }
}

export const actor: Actor = new Plain();

export async function finish(): Promise<void> {}
