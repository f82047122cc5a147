import type { CapturedSpans, FinishedSpan } from 'spanwright/testing';

/** Looks captured spans up by their names, which must be different. */
export class NamedSpans {
  readonly #byName = new Map<string, FinishedSpan>();
  readonly #byId = new Map<string, FinishedSpan>();

  constructor(spans: CapturedSpans) {
    for (const span of spans.finished()) {
      if (this.#byName.has(span.name)) throw new Error(`two spans are named ${span.name}`);
      this.#byName.set(span.name, span);
      this.#byId.set(span.spanContext().spanId, span);
    }
  }

  get(name: string): FinishedSpan {
    const span = this.#byName.get(name);
    if (span === undefined)
      throw new Error(`no span is named ${name}, there are: ${[...this.#byName.keys()].join(', ')}`);
    return span;
  }

  /** The names from a span up to its root: `leaf < branch < root`. */
  lineOf(name: string): string {
    const names: string[] = [];
    let span: FinishedSpan | undefined = this.get(name);
    while (span !== undefined) {
      names.push(span.name);
      const parent: string | undefined = span.parentSpanContext?.spanId;
      if (parent !== undefined && !this.#byId.has(parent)) names.push('(missing)');
      span = this.#byId.get(parent ?? '');
    }
    return names.join(' < ');
  }
}
