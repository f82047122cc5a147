import { isDeepStrictEqual } from 'node:util';
import type { FinishedSpan } from '../pipeline/finished-span.js';
import { printTree } from '../pipeline/tree.js';
import { spansOf } from './spans.js';

/** What follows `expect(spans).to.have.span(name)`: each word narrows the spans that match. */
export interface SpanAssertion {
  /** Spans that carry at least these attributes; values are compared deeply, a RegExp is tested. */
  attributes(expected: Readonly<Record<string, unknown>>): SpanAssertion;
  /** Spans whose parent has this name. */
  childOf(parent: string): SpanAssertion;
  /** Spans of this status. */
  status(expected: 'unset' | 'ok' | 'error'): SpanAssertion;
  /** Spans with an event of this name. */
  event(name: string): SpanAssertion;
  readonly with: SpanAssertion;
  readonly and: SpanAssertion;
}

const STATUS = { unset: 0, ok: 1, error: 2 } as const;

type Check = (isTrue: unknown, message: string, negated: string, expected?: unknown, actual?: unknown) => void;

function matchesValue(actual: unknown, expected: unknown): boolean {
  if (!(expected instanceof RegExp)) return isDeepStrictEqual(actual, expected);
  if (actual === undefined) return false;
  const text = typeof actual === 'string' ? actual : JSON.stringify(actual);
  // `test` of a global pattern remembers where it stopped; `search` does not.
  return text.search(expected) >= 0;
}

class Narrowing implements SpanAssertion {
  readonly #all: readonly FinishedSpan[];
  readonly #found: readonly FinishedSpan[];
  readonly #said: string;
  readonly #check: Check;

  constructor(all: readonly FinishedSpan[], found: readonly FinishedSpan[], said: string, check: Check) {
    this.#all = all;
    this.#found = found;
    this.#said = said;
    this.#check = check;
  }

  get with(): this {
    return this;
  }

  get and(): this {
    return this;
  }

  attributes(expected: Readonly<Record<string, unknown>>): SpanAssertion {
    const entries = Object.entries(expected);
    return this.#narrow(`with attributes ${printExpected(expected)}`, (span) =>
      entries.every(([key, value]) => matchesValue(span.attributes[key], value)),
    );
  }

  childOf(parent: string): SpanAssertion {
    const ids = new Set(this.#all.filter(({ name }) => name === parent).map((span) => span.spanContext().spanId));
    return this.#narrow(`as a child of "${parent}"`, (span) => ids.has(span.parentSpanContext?.spanId ?? ''));
  }

  status(expected: 'unset' | 'ok' | 'error'): SpanAssertion {
    return this.#narrow(`with status ${expected}`, (span) => (span.status.code as number) === STATUS[expected]);
  }

  event(name: string): SpanAssertion {
    return this.#narrow(`with an event "${name}"`, (span) => span.events.some((event) => event.name === name));
  }

  #narrow(words: string, accepts: (span: FinishedSpan) => boolean): SpanAssertion {
    const found = this.#found.filter(accepts);
    const said = `${this.#said} ${words}`;
    const seen = printTree(this.#all) || '(no spans)';
    this.#check(
      found.length > 0,
      `expected ${said}, the spans are:\n${seen}`,
      `expected no ${said}, the spans are:\n${seen}`,
    );
    return new Narrowing(this.#all, found, said, this.#check);
  }
}

function printExpected(expected: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(expected, (_key, value: unknown) => (value instanceof RegExp ? String(value) : value));
}

interface AssertionThis {
  readonly _obj: unknown;
  assert: Check;
}
interface ChaiStatic {
  readonly Assertion: {
    addMethod(name: string, method: (this: AssertionThis, name: string) => unknown): void;
  };
}

/**
 * A chai plugin: `chai.use(spanwrightChai)`, then
 * `expect(spans).to.have.span('name').with.attributes({ … }).childOf('parent')`. A failure prints the tree of spans.
 */
export function spanwrightChai(chai: ChaiStatic): void {
  chai.Assertion.addMethod('span', function span(this: AssertionThis, name: string): SpanAssertion {
    const all = spansOf(this._obj);
    const check: Check = (...args) => this.assert(...args);
    if (all === undefined) throw new TypeError('expected what captureSpans() returned, or an array of spans');
    const spans = all;
    const found = spans.filter((one) => one.name === name);
    const seen = printTree(spans) || '(no spans)';
    check(
      found.length > 0,
      `expected a span "${name}", the spans are:\n${seen}`,
      `expected no span "${name}", the spans are:\n${seen}`,
    );
    return new Narrowing(spans, found, `a span "${name}"`, check);
  });
}

declare global {
  namespace Chai {
    interface Assertion {
      /** Asserts that a span of this name was captured. */
      span(name: string): SpanAssertion;
    }
  }
}
