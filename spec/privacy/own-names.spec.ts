import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect } from 'chai';

import { createGate } from '#lib/privacy/gate.js';
import { createTextRedactor } from '#lib/privacy/redact-text.js';

const folder = 'lib/genai';
const fields = ['record.ts', 'messages.ts', 'span-facts.ts', 'span-record.ts'].flatMap((name) =>
  Array.from(readFileSync(join(folder, name), 'utf8').matchAll(/readonly (\w+)\??:/g), ([, field = '']) => field),
);
const attributes = readdirSync(join(folder, 'vocabularies'))
  .filter((name) => name.endsWith('names.ts'))
  .flatMap((name) =>
    Array.from(
      readFileSync(join(folder, 'vocabularies', name), 'utf8').matchAll(/: '([\w.-]+)'/g),
      ([, attribute = '']) => attribute,
    ),
  );

describe('the names of our own', () => {
  const text = createTextRedactor({ level: 'all' });
  const gate = createGate({ tier: 'redacted', text });

  it('are read from the sources', () => {
    expect(fields).to.have.length.above(90).and.include.members(['inputTokens', 'sessionId', 'mime_type']);
    expect(attributes).to.have.length.above(120).and.include.members(['gen_ai.usage.input_tokens', 'session.id']);
  });

  for (const value of ['harmless', 12, 0.25, ['a', 'b'], { type: 'text' }, '3f0c9a4e-6f3b-4a55-8d5e-0f8ce90f2a11']) {
    it(`are no sensitive keys: nothing is altered beside ${JSON.stringify(value)}`, () => {
      for (const name of [...fields, ...attributes]) {
        const record = { [name]: value };
        expect(gate.value(record), name).to.equal(record);
        expect(gate.value(value, [name]), name).to.equal(value);
      }
    });
  }

  it('are no sensitive names in a text', () => {
    for (const name of [...fields, ...attributes]) {
      const json = JSON.stringify({ [name]: 'a1b2c3d4-e5f6' });
      expect(text(json), name).to.equal(json);
    }
  });
});
