import { expect } from 'chai';

import { createGate } from '#lib/privacy/gate.js';
import { createTextRedactor } from '#lib/privacy/redact-text.js';

import { bodyOf, exchanges } from '../genai/exchanges.js';
import { isShown } from './hiding-places.js';
import { createSamples } from './public-formats.js';

const redact = createTextRedactor({ level: 'all' });
const gate = createGate({ tier: 'redacted', text: redact });
const json = (value: unknown): string => JSON.stringify(value);
const fold = (code: string): string => code.replaceAll(/.{76}/g, '$&\r\n');

const WAYS: Readonly<Record<string, (text: string) => unknown>> = {
  'in prose': (text) => `My question is about ${text} and what to do.`,
  'on its own line': (text) => `first\n${text}\nlast`,
  'in JSON': (text) => json({ messages: [{ role: 'user', content: text }] }),
  'in JSON in a string': (text) => json({ arguments: json({ note: `see ${text}`, n: 1 }) }),
  'in base64': (text) => Buffer.from(`Please note: ${text} - thanks`).toString('base64'),
  'in base64url': (text) => Buffer.from(json({ note: text })).toString('base64url'),
  'in folded base64': (text) =>
    fold(Buffer.from(`${'It is well known. '.repeat(4)}${text} and so on, and so on.`).toString('base64')),
  'in a query': (text) => `https://example.com/s?q=${encodeURIComponent(text)}&lang=en`,
  'in a form': (text) => new URLSearchParams({ q: text, lang: 'en' }).toString(),
  'in a value': (text) => ({ messages: [{ parts: [{ type: 'text', content: `It is ${text}, I think.` }] }] }),
  'in a key': (text) => ({ [text]: 1 }),
};

describe('secrets and personal data in their public formats', () => {
  const samples = createSamples(20_261_121, 3);

  it('are more than 300', () => expect(samples).to.have.length.above(300));

  for (const [title, write] of Object.entries(WAYS)) {
    it(`are not shown ${title}`, () => {
      const shown = samples.filter(({ text, hidden }) => {
        const written = write(text);
        const result = typeof written === 'string' ? redact(written) : json(gate.value(written));
        return isShown(hidden, result);
      });
      expect(shown.map((each) => `${each.title}: ${each.text}`)).to.deep.equal([]);
    });
  }
});

describe('recorded calls to models', () => {
  for (const exchange of exchanges) {
    it(`arrive as they are: ${exchange.id}`, () => {
      expect(gate.value(exchange)).to.equal(exchange);
      expect(redact(bodyOf(exchange))).to.equal(bodyOf(exchange));
    });
  }
});
