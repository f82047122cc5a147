import type { FinishedSpan } from '../finished-span.js';
import { printTree } from '../tree.js';
import type { ImmediateDestination } from './destination.js';

const MAX_HELD_SPANS = 10_000;

/** Prints a readable tree to stdout when the root of a trace ends; what is unfinished then follows on flush. */
export class ConsoleDestination implements ImmediateDestination {
  readonly isImmediate = true;
  readonly #traces = new Map<string, FinishedSpan[]>();
  readonly #write: (text: string) => void;
  #held = 0;

  constructor(write: (text: string) => void = (text) => process.stdout.write(text)) {
    this.#write = write;
  }

  take(make: () => FinishedSpan | undefined): void {
    const span = make();
    if (span === undefined) return;
    this.#hold(span);
    const { parentSpanContext } = span;
    const isRoot = parentSpanContext === undefined || parentSpanContext.isRemote === true;
    if (isRoot) this.#print(span.spanContext().traceId);
    // A trace whose root never ends must not grow for ever: the oldest is printed as far as it is known.
    while (this.#held > MAX_HELD_SPANS) this.#print(this.#traces.keys().next().value as string);
  }

  get held(): number {
    return this.#held;
  }

  flush(): void {
    for (const traceId of Array.from(this.#traces.keys())) this.#print(traceId);
  }

  #hold(span: FinishedSpan): void {
    const { traceId } = span.spanContext();
    const held = this.#traces.get(traceId);
    if (held === undefined) this.#traces.set(traceId, [span]);
    else held.push(span);
    this.#held++;
  }

  #print(traceId: string): void {
    const spans = this.#traces.get(traceId) ?? [];
    this.#traces.delete(traceId);
    this.#held -= spans.length;
    this.#write(`${printTree(spans)}\n`);
  }
}
