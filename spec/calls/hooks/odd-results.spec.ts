import { expect } from 'chai';
import { health, Traced } from 'spanwright';
import type { CapturedSpans } from 'spanwright/testing';
import { captureSpans } from 'spanwright/testing';
import { hostileProxy } from './misbehaviors.js';

function refuse(): never {
  throw new TypeError('a getter was run');
}

/** Results that a wrapper which looks at them too closely trips over. */
const RESULTS: Readonly<Record<string, () => unknown>> = {
  'a promise without a prototype': () => Object.setPrototypeOf(Promise.resolve(1), null) as unknown,
  'a promise on a proxy': () => Object.setPrototypeOf(Promise.resolve(1), hostileProxy()) as unknown,
  'a promise below a proxy': () =>
    Object.setPrototypeOf(Promise.resolve(1), Object.create(hostileProxy()) as object) as unknown,
  'a promise whose constructor throws': () => Object.defineProperty(Promise.resolve(1), 'constructor', { get: refuse }),
  'a promise whose own then throws': () => Object.defineProperty(Promise.resolve(1), 'then', { get: refuse }),
  'a promise with an own getter that throws': () =>
    Object.defineProperty(Promise.resolve(1), 'child', { get: refuse, enumerable: true }),
  'a frozen promise': () => Object.freeze(Promise.resolve(1)),
  'a frozen rejection': () => Object.freeze(Promise.reject(new Error('rejected'))),
  'an object whose then throws': () => Object.defineProperty({}, 'then', { get: refuse }),
  'an object whose inherited then throws': () =>
    Object.create(Object.defineProperty({}, 'then', { get: refuse })) as unknown,
  'an object on a proxy': () => Object.create(hostileProxy()) as unknown,
  'an object whose then is null': () => ({ then: null, [Symbol.asyncIterator]: null }),
  'a thenable that calls back twice': () => ({
    then: (accept: (value: unknown) => void) => {
      accept(1);
      accept(2);
    },
  }),
  'a thenable that throws': () => ({ then: refuse }),
  'a generator without a prototype': () =>
    Object.setPrototypeOf(
      (function* items() {
        yield 1;
      })(),
      null,
    ) as unknown,
};

async function outcomeOf(make: () => unknown): Promise<string> {
  let made: unknown;
  try {
    made = make();
  } catch (error) {
    return `threw ${String(error)}`;
  }
  try {
    return `gave ${String((await made) === made ? 'itself' : await made)}`;
  } catch (error) {
    return `rejected ${String(error)}`;
  }
}

describe('an odd result', () => {
  let spans: CapturedSpans;
  beforeEach(() => {
    spans = captureSpans();
  });
  afterEach(() => spans.stop());

  for (const [name, make] of Object.entries(RESULTS)) {
    it(`is the same with and without a decorator: ${name}`, async () => {
      const before = health();
      expect(await outcomeOf(Traced.wrap({ result: true }, make))).to.equal(await outcomeOf(make));
      expect(health().calls.opened - before.calls.opened).to.equal(1);
      expect(health().guarded).to.deep.equal(before.guarded);
    });
  }
});
