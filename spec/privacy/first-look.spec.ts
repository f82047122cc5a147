import { expect } from 'chai';
import * as fc from 'fast-check';

import { createDetection } from '#lib/privacy/detect.js';
import type { DetectionRules } from '#lib/privacy/detect.js';
import { firstLook, MAX_SHORT } from '#lib/privacy/detectors/first-look.js';
import { PACK_NAMES } from '#lib/privacy/detectors/national-ids.js';

// What never matches switches the look off, as any pattern of a user does.
const NEVER = /(?!)/;

const RULES: readonly DetectionRules[] = [
  { level: 'secrets' },
  { level: 'all' },
  { level: 'all', packs: PACK_NAMES },
  ...PACK_NAMES.map((pack) => ({ level: 'all', packs: [pack] }) as const),
];

const PAIRS = RULES.map((rules) => ({
  rules,
  looks: createDetection(rules),
  reads: createDetection({ ...rules, patterns: [NEVER] }),
}));

const FOUND = [
  'AB 12 34 56 C',
  'AB123456C',
  '12345678Z',
  'X1234567L',
  '536-90-4399',
  '111222333',
  '44051401359',
  '86095742719',
  '2 55 08 14 168 025 38',
  'NO9386011117947',
  'NO93 8601 1117 947',
  'DE89 3704 0044 0532 0130 00',
  '4111 1111 1111 1111',
  'tel 5551234',
  '(030) 123456',
  '030-12-3456',
  '0171/123456',
  '+1 415 555 2671',
  'ann@example.com',
  'key-0123456789abcdef0123456789abcdef',
  'AKIAIOSFODNN7EXAMPLE',
  'YW5uQGV4YW1wbGUuY29t',
  'am9lQGFjbWUuY29t',
  'Bearer abcdefghijklmno1',
];
const WORDS = [
  'phone',
  'fax ',
  'call',
  'curl -u ',
  'password',
  'token',
  'Bearer ',
  'Basic ',
  'name',
  'AB',
  'gb',
  'NO',
  '00',
  '555',
];
const SIGNS = Array.from(' \u00A0.()/-_+~,;:=>@%\\[]|"\'\n\t#<{}*é：\u001B');
const DIGITS = Array.from('0123456789');
const LETTERS = Array.from('aAbBcCxXyYzZ');

const characters = fc.array(fc.constantFrom(...DIGITS, ...DIGITS, ...LETTERS, ...SIGNS), { maxLength: 30 });
const pieces = fc.array(fc.constantFrom(...DIGITS, ...DIGITS, ...LETTERS, ...SIGNS, ...WORDS, ...FOUND), {
  maxLength: 12,
});
// What is found, a character of it left out or changed.
const broken = fc
  .tuple(fc.constantFrom(...FOUND), fc.nat(40), fc.constantFrom('', ...DIGITS, ...LETTERS, ...SIGNS), fc.nat(1))
  .map(([found, at, by, gone]) => [found.slice(0, at), by, found.slice(at + gone)]);
const texts = fc.oneof(characters, pieces, broken).map((parts) => parts.join('').slice(0, MAX_SHORT));

describe('the first look at a short text', () => {
  it('says nothing of ids with a few digits', () => {
    for (const id of ['chatcmpl-123456', 'conv-77', 'u-12', 'gpt-4o', '2026-1']) {
      expect(firstLook(id, 'common'), id).to.equal('nothing');
    }
  });

  it('sees what each number and token is told by', () => {
    expect(firstLook('NO93 ABCD EFGH IJK', 'common')).to.equal('narrow');
    expect(firstLook('tel 5551234', 'common')).to.equal('narrow');
    expect(firstLook('AB 12 34 56 C', 'packs')).to.equal('anything');
    expect(firstLook('AKIAIOSFODNN7EXAMPLE', 'none')).to.equal('narrow');
    expect(firstLook('am9lQGFjbWUuY29t', 'none'), 'of the least length').to.equal('narrow');
  });

  for (const { rules, looks, reads } of PAIRS) {
    it(`costs no finding at level ${rules.level}, packs ${rules.packs?.join(' ') ?? 'none'}`, () => {
      let found = 0;
      fc.assert(
        fc.property(texts, (text) => {
          const all = reads(text);
          found += all.length;
          expect(looks(text)).to.deep.equal(all);
        }),
        { numRuns: 5000 },
      );
      expect(found).to.be.greaterThan(50);
    });
  }
});
