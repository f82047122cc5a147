import type { WriteStream } from 'node:tty';

export interface PhaseMeter {
  advance(): void;
  end(failedCount: number): void;
}

/** Shows how far each phase is. */
export interface Progress {
  begin(phase: string, total: number): PhaseMeter;
}

/** A bar on a terminal, plain lines elsewhere. */
export function createProgress(stream: NodeJS.WritableStream & Partial<Pick<WriteStream, 'isTTY'>>): Progress {
  return stream.isTTY === true ? new ProgressBar(stream) : new ProgressLines(stream);
}

const REDRAW_MS = 80;
// Two bars and their counts fit in 80 columns.
const BAR_CELLS = 12;

/** Draws the phases that run now on one line, since 3a and 3b run at the same time. */
class ProgressBar implements Progress {
  readonly #stream: NodeJS.WritableStream;
  readonly #running = new Map<string, { done: number; total: number }>();
  #drawnMs = -Infinity;

  constructor(stream: NodeJS.WritableStream) {
    this.#stream = stream;
  }

  begin(phase: string, total: number): PhaseMeter {
    const state = { done: 0, total };
    this.#running.set(phase, state);
    this.#draw();
    return {
      advance: () => {
        state.done += 1;
        if (performance.now() - this.#drawnMs >= REDRAW_MS) this.#draw();
      },
      end: (failedCount) => {
        this.#running.delete(phase);
        this.#stream.write(`\r\u001B[K${doneLine(phase, total, failedCount)}\n`);
        this.#draw();
      },
    };
  }

  #draw(): void {
    this.#drawnMs = performance.now();
    const bars = Array.from(this.#running, ([phase, { done, total }]) => {
      const filled = total === 0 ? 0 : Math.round((done / total) * BAR_CELLS);
      return `${phase.split(':')[0]} [${'#'.repeat(filled).padEnd(BAR_CELLS, '.')}] ${done}/${total}`;
    });
    this.#stream.write(`\r\u001B[K${bars.join('  ')}`);
  }
}

const QUARTERS = 4;
const LONG_PHASE = 200;

/** One line when a phase ends, and one each quarter of a long phase. */
class ProgressLines implements Progress {
  readonly #stream: NodeJS.WritableStream;

  constructor(stream: NodeJS.WritableStream) {
    this.#stream = stream;
  }

  begin(phase: string, total: number): PhaseMeter {
    const step = total >= LONG_PHASE ? Math.ceil(total / QUARTERS) : Infinity;
    let done = 0;
    return {
      advance: () => {
        done += 1;
        if (done % step === 0 && done < total) this.#stream.write(`${phase}: ${done} of ${total}\n`);
      },
      end: (failedCount) => {
        this.#stream.write(`${doneLine(phase, total, failedCount)}\n`);
      },
    };
  }
}

function doneLine(phase: string, total: number, failedCount: number): string {
  return `${phase}: ${total - failedCount} of ${total} done${failedCount > 0 ? `, ${failedCount} failed` : ''}`;
}
