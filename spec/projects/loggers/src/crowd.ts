// 50 calls at a time, each of which says eight lines in three spans; the spans go to a file when all is done.
import { writeFileSync } from 'node:fs';
import type { TracingOptions } from 'spanwright';
import { configureTracing, Traced } from 'spanwright';

import { logger } from './logger.js';

const CALLS = 50;
// Lines long enough that a file or a pipe makes its writer wait.
const REST = '.'.repeat(2000);
const OPTIONS: Readonly<Record<string, TracingOptions>> = {
  on: {},
  'sampled-out': { sampling: { ratio: 0 } },
  off: { enabled: false },
};

const [mode = 'on', file = 'spans.json'] = process.argv.slice(2);
const tracing = configureTracing({ destinations: [{ provider: 'memory' }], ...OPTIONS[mode] });

/** Holds whoever comes until all are there, then lets the last one go first. */
class Turnstile {
  readonly #waiting: (() => void)[] = [];

  async pass(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
      if (this.#waiting.length === CALLS) for (const go of this.#waiting.splice(0).reverse()) go();
    });
  }
}

const [start, middle] = [new Turnstile(), new Turnstile()];
const numbered = { attributes: (number: number) => ({ number }) };

class Desk {
  #say(number: number, span: string): void {
    logger.warn(`${number} ${span} ${REST}`);
  }

  @Traced({ name: 'close', ...numbered })
  async close(number: number): Promise<void> {
    this.#say(number, 'close');
    await start.pass();
    this.#say(number, 'close');
    const mailed = this.mail(number).catch(() => this.#say(number, 'close'));
    for await (const _ of this.parts(number)) this.#say(number, 'close');
    await mailed;
    await new Promise<void>((resolve) => {
      setImmediate(() => {
        this.#say(number, 'close');
        resolve();
      });
    });
  }

  @Traced({ name: 'mail', ...numbered })
  async mail(number: number): Promise<void> {
    this.#say(number, 'mail');
    await middle.pass();
    this.#say(number, 'mail');
    throw new Error('no mail today');
  }

  @Traced({ name: 'parts', ...numbered })
  async *parts(number: number): AsyncGenerator<number> {
    await Promise.resolve();
    this.#say(number, 'parts');
    yield number;
  }
}

const desk = new Desk();
logger.warn('outside');
const calls = Array.from({ length: CALLS }, (_, number) => desk.close(number));
logger.warn('outside');
await Promise.all(calls);
logger.warn('outside');
const spans = tracing
  .finishedSpans()
  .map(({ name, attributes, spanContext }) => ({ name, attributes, ...spanContext() }));
writeFileSync(file, JSON.stringify(spans));
await tracing.shutdown();
