import type { Attributes } from '@opentelemetry/api';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { gateAttributes } from '#lib/pipeline/projection/gate-span.js';
import { createPrivacy } from '#lib/privacy/privacy.js';
import { EMAIL, TOKEN } from './all-calls.js';

const KEYS: readonly string[] = [
  'gen_ai.request.model',
  'gen_ai.usage.input_tokens',
  'app.note',
  'name',
  'value',
  'Value',
  'headers',
  'password',
  'http.request.header.authorization',
  'token',
  'logprobs',
  '__proto__',
  'toJSON',
  EMAIL,
];
const VALUES: readonly (string | number | boolean)[] = [
  'gpt-4o',
  'cookie',
  'x',
  EMAIL,
  `say ${TOKEN}`,
  '{"password":"hunter2"}',
  'a long text. '.repeat(9),
  12.5,
  4_111_111_111_111_111,
  true,
];
const value = fc.oneof(
  fc.constantFrom(...VALUES),
  fc.array(fc.constantFrom('stop', 'cookie', 'x', EMAIL), { maxLength: 3 }),
);
const attributes = fc
  .array(fc.tuple(fc.constantFrom(...KEYS), value), { maxLength: 9 })
  .map((entries) => Object.fromEntries(entries) as Attributes);

describe('the attributes of a span', () => {
  const rules = [{}, { keys: ['app.note'] }, { paths: ['attributes.name'] }, { redact: () => undefined }];

  for (const own of rules) {
    it(`leave as any value does, whatever is known of them before: ${Object.keys(own).join() || 'no rules'}`, () => {
      const { redacted, full } = createPrivacy(own);
      for (const gate of [redacted, full]) {
        fc.assert(
          fc.property(attributes, (given) => {
            const whole = gate.forSpan().value(given, ['attributes']);
            for (let turn = 0; turn < 2; turn++) {
              const shown = gateAttributes(given, gate.forSpan(), ['attributes']);
              expect(shown).to.deep.equal(whole);
              expect(Object.keys(shown)).to.deep.equal(Object.keys(whole as object));
              expect(shown === given).to.equal(whole === given);
            }
          }),
          { numRuns: 400 },
        );
      }
    });
  }

  it('are not shown beyond what the gate has looked at', () => {
    const gate = createPrivacy().redacted;
    const many = Object.fromEntries(
      Array.from({ length: 25_000 }, (_, index) => [
        `key.${index}`,
        index === 24_999 ? EMAIL : `text ${index} of many`,
      ]),
    );
    expect(JSON.stringify(gateAttributes(many, gate.forSpan(), ['attributes']))).to.not.contain(EMAIL);
  });
});
