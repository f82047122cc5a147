import type { FinishedSpan } from 'spanwright/testing';

/** What an exporter calls back. */
export type Done = (result: { code: number; error?: Error }) => void;

export const SUCCESS = 0;
export const FAILED = 1;

/** An exporter that does what it is told, and notes what happens to it. */
export class ToldExporter {
  readonly calls: string[] = [];
  readonly batches: (readonly FinishedSpan[])[] = [];
  readonly #tell: (done: Done, spans: readonly FinishedSpan[]) => unknown;

  constructor(tell: (done: Done, spans: readonly FinishedSpan[]) => unknown) {
    this.#tell = tell;
  }

  export(spans: readonly FinishedSpan[], done: Done): void {
    this.calls.push('export');
    this.batches.push(spans);
    return this.#tell(done, spans) as undefined;
  }

  async forceFlush(): Promise<void> {
    this.calls.push('forceFlush');
    await Promise.resolve();
  }

  async shutdown(): Promise<void> {
    this.calls.push('shutdown');
    await Promise.resolve();
  }
}
