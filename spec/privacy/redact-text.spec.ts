import { existsSync, readFileSync } from 'node:fs';

import { expect } from 'chai';
import * as fc from 'fast-check';

import { createTextRedactor } from '#lib/privacy/redact-text.js';

import { createCanaries } from './canaries.js';
import { HIDING_PLACES, isShown } from './hiding-places.js';

const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const QUESTIONS = '../shared/data/banking77/queries.csv';

// RFC 4180: a text in quotes has commas and line ends, its quotes doubled.
const questionsOf = (csv: string): string[] =>
  Array.from(csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*)),[^,\r\n]*(?:\r?\n|$)/g), ([, quoted, plain = '']) =>
    (quoted ?? plain).replaceAll('""', '"'),
  ).slice(1);

describe('createTextRedactor', () => {
  const redact = createTextRedactor({ level: 'all' });
  const canaries = createCanaries(7);

  for (const { title, hide } of HIDING_PLACES) {
    it(`hides 200 canaries ${title}`, () => {
      for (const { text, hidden } of canaries) expect(isShown(hidden, hide(text)), text).to.equal(true);
      const shown = canaries.filter(({ text, hidden }) => isShown(hidden, redact(hide(text))));
      expect(shown.map(({ kind, text }) => `${kind}: ${redact(hide(text))}`)).to.deep.equal([]);
    });
  }

  it('keeps the text around a canary', () => {
    for (const { kind, text } of canaries) {
      if (kind === 'assignment' || kind === 'url-password') continue;
      expect(redact(`Please take ${text} and go on.`), kind).to.equal('Please take [REDACTED] and go on.');
    }
  });

  it('keeps JSON readable', () => {
    expect(JSON.parse(redact(JSON.stringify(['first\nann@example.com'])))).to.deep.equal(['first\n[REDACTED]']);
    for (const { text } of canaries) {
      const once = redact(JSON.stringify({ before: 1, note: text, after: 'x' }));
      expect(JSON.parse(once)).to.include({ before: 1, after: 'x' });
      const twice = redact(JSON.stringify({ arguments: JSON.stringify({ note: text, after: 'x' }) }));
      const inner = JSON.parse(twice) as { arguments: string };
      expect(JSON.parse(inner.arguments)).to.include({ after: 'x' });
    }
  });

  it('hides secrets alone at level secrets', () => {
    const secrets = createTextRedactor({ level: 'secrets' });
    for (const { text, hidden, sensitivity } of canaries) {
      expect(secrets(`see ${text} now`).includes(hidden), text).to.equal(sensitivity === 'personal');
    }
  });

  it('finds nothing in what it redacted', () => {
    for (const { text } of canaries) {
      const once = redact(`see ${text} now`);
      expect(redact(once)).to.equal(once);
    }
  });

  it('returns a text without findings as it is', () => {
    for (const text of ['', 'hello', '100% sure', 'C:\\new\\table', 'a@b', '😀'.repeat(40)])
      expect(redact(text)).to.equal(text);
  });

  it('puts the mark in place of what was found', () => {
    const marked = createTextRedactor({ level: 'all', mark: (found, kind) => `<${kind}:${found.length}>` });
    expect(marked('write to ann@example.com today')).to.equal('write to <email:15> today');
  });

  it('puts the placeholder where the mark throws', () => {
    const marked = createTextRedactor({
      level: 'all',
      mark: () => {
        throw new Error('no');
      },
    });
    expect(marked('write to ann@example.com today')).to.equal('write to [REDACTED] today');
  });

  it('takes the patterns of the user, encoded ones too', () => {
    const own = createTextRedactor({ level: 'secrets', patterns: [/ticket-\d{4}/] });
    expect(own('ticket-1234, ticket-5678')).to.equal('[REDACTED], [REDACTED]');
    expect(own('see ticket%2D1234')).to.equal('see [REDACTED]');
    expect(own(Buffer.from('see ticket-1234 there').toString('base64'))).to.equal('[REDACTED]');
  });

  it('names overlapping findings by the longest', () => {
    const kinds: string[] = [];
    const marked = createTextRedactor({ level: 'all', mark: (...[, kind]) => (kinds.push(kind), '#') });
    expect(marked('password=ann@example.com;x')).to.equal('password=#;x');
    expect(kinds).to.have.length(1);
  });

  it('cuts a long text and says by how much', () => {
    const short = createTextRedactor({ level: 'all', maxChars: 10 });
    expect(short('0123456789abc')).to.equal('0123456789…[cut, 13 characters]');
    expect(short('012345678😀abc')).to.equal('012345678…[cut, 14 characters]');
    expect(short(`0123456789abc…[cut, 7000 characters]`)).to.equal('0123456789…[cut, 7000 characters]');
  });

  it('leaves no half of what stands across the cut', () => {
    const short = createTextRedactor({ level: 'all', maxChars: 10 });
    expect(short('mail annabel@example.com or call')).to.equal('mail [REDACTED]…[cut, 32 characters]');
  });

  it('keeps characters of two code units whole', () => {
    expect(redact('x😀ann@example.com😀')).to.not.match(
      /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/,
    );
    expect(redact(`${'😀'.repeat(40)}a@example.com`)).to.not.match(LONE);
    expect(redact(`😀 password=x${'😀'.repeat(5000)}`)).to.not.match(LONE);
  });

  it('throws on no string', () => {
    const rules = createTextRedactor({ level: 'all', packs: ['us-ssn', 'fr-nir', 'no-such-pack'], maxChars: 200 });
    const pieces = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom(
        '@',
        '://',
        '%',
        '\\',
        '\\u',
        '=',
        ':',
        '"',
        'password',
        'eyJ',
        '+1',
        '4111',
        '-----BEGIN PRIVATE KEY-----',
      ),
      fc.constantFrom('\ud800', '\udc00', 'sk-', 'Bearer ', 'DE89', '>', '<secret>'),
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        expect(rules(parts.join(''))).to.be.a('string');
      }),
      { numRuns: 500 },
    );
  });

  it('alters none of 3,080 real questions', function () {
    if (!existsSync(QUESTIONS)) {
      console.info(`      skipped: no ${QUESTIONS}`);
      this.skip();
    }
    const questions = questionsOf(readFileSync(QUESTIONS, 'utf8'));
    const altered = questions.filter((question) => redact(question) !== question);
    expect(questions).to.have.length(3080);
    expect(altered).to.deep.equal([]);
  });
});
