import { appendFileSync, writeSync } from 'node:fs';
import { hideText } from '../../core/hide-text.js';

const STDERR = 2;

// Not through the stream: one whose reader is gone would raise an error that ends the program.
function writeToStderr(line: string): void {
  try {
    writeSync(STDERR, line);
  } catch {
    // A closed standard error: health() still has the count.
  }
}

/**
 * Says losses where nothing else may work: on standard error, or in a file. The first, then the 10th, the 100th and so on,
 * so that an outage is never silent and never a flood.
 */
export class LastResort {
  readonly #path: string | undefined;
  #lost = 0;
  #next = 1;

  /** `path` of a file to append to; standard error without one. */
  constructor(path?: string) {
    this.#path = path;
  }

  /** True where it writes to standard error. */
  get isStderr(): boolean {
    return this.#path === undefined;
  }

  noteLoss(destination: string, reason: string, count: number): void {
    this.#lost += count;
    if (this.#lost < this.#next) return;
    while (this.#next <= this.#lost) this.#next *= 10;
    const spans = this.#lost === 1 ? 'span is' : 'spans are';
    this.say(`${this.#lost} ${spans} lost so far, the latest at destination "${destination}" (${reason})`);
  }

  /** Writes one line; on standard error where the file takes none. Never throws: there is nowhere left to say it. */
  say(text: string): void {
    const line = `spanwright: ${hideText(text)}\n`;
    if (!this.#appends(line)) writeToStderr(line);
  }

  #appends(line: string): boolean {
    if (this.#path === undefined) return false;
    try {
      appendFileSync(this.#path, `${new Date().toISOString()} ${line}`, { mode: 0o600 });
      return true;
    } catch {
      return false;
    }
  }
}
