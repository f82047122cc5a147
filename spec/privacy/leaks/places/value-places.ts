import { decoratedCall } from '../decorated-call.js';
import type { Place } from '../trial.js';

class Customer {
  readonly #note: string;
  readonly note: string;

  constructor(note: string) {
    this.note = note;
    this.#note = note;
  }

  get secret(): string {
    return this.#note;
  }
}

class WithJson {
  readonly #note: string;

  constructor(note: string) {
    this.#note = note;
  }

  toJSON(): object {
    return { note: this.#note };
  }
}

function deep(canary: string): object {
  let value: object = { note: canary };
  for (let depth = 0; depth < 12; depth++) value = { inner: value };
  return value;
}

const tag = (strings: TemplateStringsArray, ...values: unknown[]): unknown[] => [strings, ...values];
const header = (canary: string): string => canary.replaceAll('\n', ' ');

const VALUES: Readonly<Record<string, (canary: string) => unknown>> = {
  'in nested objects': (canary) => ({ a: [{ b: { c: [canary, 'x'] } }] }),
  'deeper than is copied': deep,
  'in an object without a prototype': (canary) => Object.assign(Object.create(null) as object, { note: canary }),
  'in the name of a key': (canary) => ({ [canary]: 1, list: [{ [canary]: { [canary]: true } }] }),
  'in an object of headers': (canary) => ({
    headers: { accept: 'text/plain', authorization: canary, 'x-note': canary },
  }),
  'in pairs of headers': (canary) => [
    ['accept', 'text/plain'],
    ['authorization', canary],
    ['x-note', canary],
  ],
  'in a flat list of headers': (canary) => ['Accept', 'text/plain', 'X-Note', canary, 'Cookie', canary],
  'in Headers': (canary) => new Headers({ authorization: header(canary), 'x-note': header(canary) }),
  'in parts of a template': (canary) => tag`select * from users where note = ${canary} limit 1`,
  'in the strings of a template': (canary) => [Object.assign([`see ${canary} `, ''], { raw: [canary] }), 'x'],
  'in a Map': (canary) =>
    new Map<unknown, unknown>([
      ['note', canary],
      [canary, { canary }],
    ]),
  'in a Set': (canary) => new Set([canary, { note: canary }]),
  'in an instance': (canary) => new Customer(canary),
  'behind a getter': (canary) => ({
    get note() {
      return canary;
    },
  }),
  'behind toJSON': (canary) => ({ one: new WithJson(canary), toJSON: () => ({ note: canary }) }),
  'in a Proxy': (canary) => new Proxy({ note: canary }, {}),
  'in bytes': (canary) => ({ buffer: Buffer.from(`see ${canary}`), bytes: new TextEncoder().encode(canary) }),
  'in URL and URLSearchParams': (canary) => ({
    url: new URL(`https://example.com/find?q=${encodeURIComponent(canary)}`),
    query: new URLSearchParams({ q: canary }),
  }),
  'in an error that is a value': (canary) => ({ reason: new Error(canary, { cause: canary }) }),
  'under a symbol': (canary) => ({ [Symbol('note')]: canary, symbol: Symbol(canary) }),
  'late in a long list': (canary) => [...Array.from({ length: 300 }, (_, index) => `row ${index}`), canary],
  'in a function': (canary) => Object.assign(() => canary, { note: canary }),
};

/** Places in a value that is argument, result and, inspected, message of an error. */
export const VALUE_PLACES: readonly Place[] = Object.entries(VALUES).map(([title, hide]) => ({
  title,
  run: (trial) => decoratedCall(trial, { value: hide(trial.text) }),
}));
