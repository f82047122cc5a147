import type { Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** What ends the wait for a stream that is full. */
const ENDS = ['drain', 'error', 'close'] as const;

/** Where a command writes. Once the reader is gone, writing does nothing and `isClosed` is true. */
export class Terminal {
  readonly #out: Writable;
  readonly #err: Writable;
  #isClosed = false;

  constructor(out: Writable, err: Writable) {
    this.#out = out;
    this.#err = err;
    const onError = (error: NodeJS.ErrnoException): void => {
      this.#isClosed = true;
      if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') err.write(`spanwright: ${error.message}\n`);
    };
    out.on('error', onError);
    err.on('error', () => undefined);
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Resolves when there is room for more. */
  async print(text: string): Promise<void> {
    if (this.#isClosed) return;
    const isFull = !this.#out.write(text);
    // A reader that went away is told in a later turn, and a synchronous pipe is never full.
    await (isFull ? this.#whenReady() : nextTurn());
  }

  warn(text: string): void {
    this.#err.write(text);
  }

  #whenReady(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        for (const name of ENDS) this.#out.off(name, done);
        resolve();
      };
      for (const name of ENDS) this.#out.on(name, done);
    });
  }
}
