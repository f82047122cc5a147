import { onCollected } from '../core/collected.js';
import { runIn } from './active-context.js';
import type { Admission, BarrierStart } from './barrier.js';
import { openHeld } from './engine.js';
import type { HeldCall } from './held-call.js';
import { LookAhead } from './lifecycle/look-ahead.js';
import type { Sink } from './lifecycle/observation.js';
import type { HeldRun } from './held-run.js';

type Step = IteratorResult<unknown, unknown>;

// What it throws is told at its first step.
// oxlint-disable-next-line require-yield
async function* failing(error: unknown): AsyncGenerator<never> {
  throw error;
}

// One generator that runs: its body and its call.
class Running {
  readonly #admission: Admission;
  readonly #call: HeldCall;
  readonly #source: AsyncGenerator<unknown, unknown, unknown>;
  readonly #ahead: LookAhead;

  constructor(admission: Admission, run: HeldRun) {
    const { plan, wrapper, self, args } = run;
    this.#admission = admission;
    this.#call = admission.run(() => openHeld(plan, wrapper, self, args, { admission, isSynchronous: false }));
    this.#source = this.#make(run);
    this.#ahead = new LookAhead(this.#sink());
    this.#call.settled(this.#source);
  }

  // Its arguments may not fit the pattern of its parameters: then there is no body whose end is told.
  #make(run: HeldRun): AsyncGenerator<unknown, unknown, unknown> {
    try {
      return this.#inside(() => run.work(this.#call)) as AsyncGenerator<unknown, unknown, unknown>;
    } catch (error) {
      return failing(error);
    }
  }

  get call(): HeldCall {
    return this.#call;
  }

  next(): Promise<Step> {
    return this.#ahead.next(() => this.#step(() => this.#source.next())) as Promise<Step>;
  }

  throw(error: unknown): Promise<Step> {
    return this.#ahead.leave(() => this.#step(() => this.#source.throw(error))) as Promise<Step>;
  }

  return(value: unknown): Promise<Step> {
    return this.#ahead.leave(() => this.#step(() => this.#source.return(value), true)) as Promise<Step>;
  }

  #inside<R>(work: () => R): R {
    return this.#admission.run(() => runIn(this.#call.context, work));
  }

  async #step(resume: () => Promise<Step>, isLeaving = false): Promise<Step> {
    let step: Step;
    try {
      step = await this.#inside(resume);
    } catch (error) {
      this.#call.fail(error);
      throw error;
    }
    if (step.done !== true) this.#call.chunk(step.value);
    else if (isLeaving) this.#call.cancel();
    else this.#call.succeed();
    return step;
  }

  #sink(): Sink {
    const call = this.#call;
    return {
      takesChunks: true,
      holds: true,
      // Its steps are inside as they are.
      inside: (work) => work(),
      chunk: (item) => call.chunk(item),
      succeed: () => call.succeed(),
      fail: (error) => call.fail(error),
      cancel: () => call.cancel(),
      hold: () => call.hold(),
    };
  }
}

// The prototype of all async generators: what a language or a library tells one by.
const GENERATOR = Object.getPrototypeOf(async function* () {}.prototype as object) as object;

/**
 * Makes the async generator of a held call. Nothing happens before its first step, as with any generator: then the intent
 * is kept, and the body starts. Left unread it is abandoned when it is collected.
 */
export function heldGenerator(run: HeldRun, startOf: (run: HeldRun) => BarrierStart): object {
  let running: Promise<Running> | undefined;
  let isDone = false;

  async function begin(): Promise<Running> {
    const made = new Running(await run.barrier.before(startOf(run)), run);
    made.call.waitForStream();
    const reference = target.deref();
    if (reference !== undefined) onCollected(reference, () => made.call.abandon());
    return made;
  }
  async function next(...sent: unknown[]): Promise<Step> {
    if (isDone && running === undefined) return { done: true, value: undefined };
    // The body went on from that `yield` before; what the first step sends is dropped, as with any generator.
    if (running !== undefined && sent[0] !== undefined) {
      throw new TypeError(
        'an audited generator is read one step ahead: next() got a value that its `yield` cannot get',
      );
    }
    running ??= begin();
    return (await running).next();
  }
  async function leave(name: 'return' | 'throw', value: unknown): Promise<Step> {
    if (running !== undefined) return (await running)[name](value);
    isDone = true;
    if (name === 'throw') throw value;
    return { done: true, value: await value };
  }

  const generator = Object.create(GENERATOR) as object;
  const target = new WeakRef(generator);
  const methods = {
    next,
    return: (value: unknown) => leave('return', value),
    throw: (error: unknown) => leave('throw', error),
  };
  for (const [name, value] of Object.entries(methods)) {
    Object.defineProperty(generator, name, { value, writable: true, configurable: true, enumerable: false });
  }
  return generator;
}
