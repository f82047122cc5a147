import { expect } from 'chai';
import * as fc from 'fast-check';

import { earliestRun, readyBytes } from '#lib/privacy/detectors/earliest-run.js';
import { createTokenDetector } from '#lib/privacy/detectors/token-runs.js';

const RUN = /[\w+/.~-]{16}/;
const prose = fc.constantFrom(
  ' ',
  '  ',
  'a',
  'word',
  'ninecharz',
  'fifteen_letters',
  '"',
  ', ',
  '.\n',
  'é',
  '中',
  'Š',
  'ℼ',
  '\u0120',
);
const token = fc.constantFrom(
  'sixteen_letters_',
  'AKIAIOSFODNN7EXAMPLE',
  'https://example.com/path/to',
  '"quoted_in_a_row"',
);
const text = fc
  .tuple(fc.array(prose, { minLength: 60, maxLength: 200 }), fc.array(token, { maxLength: 3 }), fc.nat(200))
  .map(([words, tokens, at]) => [...words.slice(0, at), ...tokens, ...words.slice(at)].join('').padEnd(256, ' '));

describe('where the first token of a text may begin', () => {
  it('lies before each that is long enough, and hides none', () => {
    let hidden = 0;
    fc.assert(
      fc.property(text, fc.nat(250), (given, from) => {
        const earliest = earliestRun(readyBytes(given), from, given.length);
        const first = RUN.exec(given.slice(from));
        expect(earliest).to.be.at.least(from);
        if (first !== null) expect(earliest).to.be.at.most(from + first.index);
        else if (earliest === given.length) hidden++;
      }),
      { numRuns: 5000 },
    );
    expect(hidden, 'texts that nobody has to read').to.be.greaterThan(100);
  });

  it('is not asked of the bytes of another text', () => {
    const [one, other] = ['a'.repeat(300), ' '.repeat(300)];
    const ready = readyBytes(one);
    readyBytes(other);
    expect(earliestRun(ready, 5, one.length)).to.equal(5);
  });

  it('is told of texts of a middle length alone', () => {
    for (const length of [10, 255, 16_385]) expect(readyBytes('a'.repeat(length)), `${length}`).to.equal(0);
  });

  it('finds all tokens of a text, and those in the base64 between them', () => {
    const detect = createTokenDetector((inside, into) => {
      // Reads bytes of its own, as nested detectors do.
      readyBytes(' '.repeat(300));
      if (inside.includes('@')) into.push({ start: 0, end: 1, kind: 'email', sensitivity: 'personal' });
    });
    const encoded = Buffer.from('ann@example.com').toString('base64');
    const parts = ['AKIAIOSFODNN7EXAMPLE', encoded, 'AKIAIOSFODNN7EXAMPLF', encoded];
    const given = parts.map((part) => `${'some words of prose '.repeat(8)}${part} `).join('');
    const found: { kind: string }[] = [];
    detect(given, found as never);
    expect(found.map(({ kind }) => kind)).to.deep.equal(['aws-key-id', 'email', 'aws-key-id', 'email']);
  });
});
