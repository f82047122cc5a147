import { AsyncLocalStorage } from 'node:async_hooks';
import { nextTurn, takeProcessEvents } from '../hooks/process-listeners.js';
import { VALUE_COUNT } from './program.js';

interface Timer {
  readonly dueMs: number;
  readonly path: string;
  readonly fire: () => void;
}

function byTime(one: Timer, other: Timer): number {
  return one.dueMs - other.dueMs || (one.path < other.path ? -1 : 1);
}

/** The program's own context, beside that of the calls. One for all: each that was used slows every promise down. */
const STORAGE = new AsyncLocalStorage<string>();

/** Where one program runs: a clock that moves when nothing else does, values with an identity, and the log of effects. */
export class World {
  readonly log: string[] = [];
  readonly storage = STORAGE;
  readonly values: readonly unknown[];
  #nowMs = 0;
  readonly #timers: Timer[] = [];

  constructor() {
    const given = [
      undefined,
      null,
      'text',
      7,
      Symbol('value'),
      () => {},
      { name: 'plain' },
      Object.freeze(new Error('frozen')),
    ];
    const errors = Array.from({ length: VALUE_COUNT - given.length }, (_item, index) => new Error(`error ${index}`));
    this.values = [...given, ...errors];
  }

  /** Names a value by its identity where it is one of ours, else by what it is made of. */
  tag(value: unknown): string {
    const index = this.values.indexOf(value);
    if (index >= 0) return `#${index}`;
    if (value instanceof AggregateError) return `any(${value.errors.map((error) => this.tag(error)).join()})`;
    if (value instanceof Error) return `${value.name}: ${value.message}`;
    if (Array.isArray(value)) return `[${value.map((item) => this.tag(item)).join()}]`;
    if (typeof value !== 'object' || value === null) return String(value);
    return `{${Object.entries(value)
      .map(([key, item]) => `${key}=${this.tag(item)}`)
      .join()}}`;
  }

  /** `path` says which chain sleeps, so that timers of one moment have an order that no microtask decides. */
  sleep(delayMs: number, path: string): Promise<void> {
    return new Promise((fire) => {
      this.#timers.push({ dueMs: this.#nowMs + delayMs, path, fire });
    });
  }

  /** Runs a program until nothing of it is left to happen; unhandled rejections are effects like others. */
  async run(main: () => Promise<unknown>): Promise<readonly string[]> {
    const restore = takeProcessEvents({
      unhandledRejection: (reason) => this.log.push(`unhandled ${this.tag(reason)}`),
      rejectionHandled: () => this.log.push('handled late'),
    });
    try {
      this.storage.run('start', main).then(
        (value) => this.log.push(`result ${this.tag(value)}`),
        (error: unknown) => this.log.push(`failed ${this.tag(error)}`),
      );
      await nextTurn();
      while (this.#timers.length > 0) {
        this.#timers.sort(byTime);
        const timer = this.#timers.shift() as Timer;
        this.#nowMs = timer.dueMs;
        timer.fire();
        await nextTurn();
      }
      return this.log;
    } finally {
      restore();
    }
  }
}
