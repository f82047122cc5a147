import { Readable } from 'node:stream';

import { Traced } from 'spanwright';
import { expectNoOpenCalls } from 'spanwright/testing';
import { expect } from 'chai';

import { CollectedWarnings } from '../../collected-warnings.js';
import { captureEach } from './fixtures/capture-each.js';
import { LazyQuery } from './fixtures/lazy-query.js';

async function readAll(items: AsyncIterable<unknown> | Iterable<unknown>): Promise<unknown[]> {
  const seen: unknown[] = [];
  for await (const item of items) seen.push(item);
  return seen;
}

const results: ReadonlyArray<readonly [string, () => object, (result: never) => unknown]> = [
  [
    'generator',
    function* generate() {
      yield 1;
    },
    readAll,
  ],
  [
    'async generator',
    async function* generate() {
      yield await Promise.resolve(1);
    },
    readAll,
  ],
  ['Web stream', () => new Blob(['text']).stream(), readAll],
  ['Node stream', () => Readable.from(['text']), (stream) => (stream as Readable).readableFlowing],
  ['lazy thenable', () => new LazyQuery(() => Promise.resolve(1)), (query) => query],
  ['subclass of Promise', () => class extends Promise<number> {}.resolve(1), (promise) => promise],
];

describe('A frozen result', () => {
  const finished = captureEach();
  let warnings: CollectedWarnings;

  beforeEach(() => {
    warnings = new CollectedWarnings();
  });
  afterEach(() => {
    warnings.stop();
  });

  for (const [title, make, use] of results) {
    it(`works as before and has a call that ends when it is returned, which is said: ${title}`, async () => {
      const expected = await use(Object.freeze(make()) as never);
      let made: object | undefined;
      const given = Traced.wrap('frozen', () => (made = Object.freeze(make())))();
      expect(finished().map(({ status, attributes }) => [status.code, attributes['spanwright.outcome']])).deep.equal([
        [0, undefined],
      ]);
      expect(given).equal(made);
      expect(await use(given as never)).deep.equal(expected);
      expect(warnings.codes()).deep.equal(['RESULT_FROZEN']);
      expectNoOpenCalls();
    });
  }

  it('is said once', () => {
    const frozen = Traced.wrap('frozen', () => Object.freeze(Readable.from([])));
    frozen();
    frozen();
    expect(warnings.codes()).deep.equal(['RESULT_FROZEN']);
  });

  it('is a frozen promise, which needs no patch: the call covers it and nothing is said', async () => {
    const frozen = Traced.wrap('frozen', () => Object.freeze(Promise.resolve(1)))();
    expect(finished()).empty;
    expect(await frozen).equal(1);
    expect(finished()).length(1);
    expect(warnings.codes()).empty;
  });
});
