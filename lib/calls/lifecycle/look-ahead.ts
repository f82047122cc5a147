import type { Sink } from './observation.js';

/** One step of an iterator or of a reader. */
export interface Step {
  readonly done?: boolean | undefined;
  readonly value?: unknown;
}

type Settled = { readonly step: Step } | { readonly thrown: unknown };

/**
 * Gives the steps of a source one behind, so that the last item is handed on when the end is known and kept: until then
 * whoever reads has no whole result. Reads one item more than was asked for and never two.
 */
export class LookAhead {
  readonly #sink: Sink;
  #ahead: Promise<Settled> | undefined = undefined;
  #last: Promise<unknown> = Promise.resolve();
  #isPulling = false;

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  /** The next step; `pull` asks the source for one and tells the sink of it. Steps are taken one after the other. */
  next(pull: () => unknown): Promise<Step> {
    return this.#queue(() => this.#next(pull));
  }

  /**
   * Leaves the source (`return`, `throw`), and resolves when that is kept. `isAtOnce`: while the source is asked for a step,
   * which may be answered by nothing else; a generator has a queue of its own, and lets it wait.
   */
  leave(work: () => unknown, isAtOnce = false): Promise<Step> {
    return isAtOnce && this.#isPulling ? this.#leave(work) : this.#queue(() => this.#leave(work));
  }

  async #leave(work: () => unknown): Promise<Step> {
    this.#ahead = undefined;
    const left = await this.#settle(work);
    await this.#sink.hold();
    if ('thrown' in left) throw left.thrown;
    return left.step;
  }

  #queue<R>(work: () => Promise<R>): Promise<R> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => {});
    return result;
  }

  async #next(pull: () => unknown): Promise<Step> {
    const current = await (this.#ahead ?? this.#pull(pull));
    this.#ahead = undefined;
    if ('thrown' in current) {
      await this.#sink.hold();
      throw current.thrown;
    }
    if (current.step.done !== true) {
      const following = await (this.#ahead = this.#pull(pull));
      if (!('thrown' in following) && following.step.done !== true) return current.step;
    }
    await this.#sink.hold();
    return current.step;
  }

  async #pull(pull: () => unknown): Promise<Settled> {
    this.#isPulling = true;
    const settled = await this.#settle(pull);
    this.#isPulling = false;
    return settled;
  }

  async #settle(work: () => unknown): Promise<Settled> {
    try {
      return { step: (await work()) as Step };
    } catch (thrown) {
      return { thrown };
    }
  }
}
