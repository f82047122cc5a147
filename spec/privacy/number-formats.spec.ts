import { expect } from 'chai';

import { createDetection } from '#lib/privacy/detect.js';

import { grouped, ibanOf, withLuhn } from './canaries.js';
import { foundBy } from './found-by.js';

const found = foundBy(createDetection({ level: 'all' }));
const inProse = (text: string): string[] => found(`see ${text} there`);

// With the digits of the prefix, as many as asked for, the last one to check.
const cardOf = (prefix: string, length: number): string => withLuhn(prefix.padEnd(length - 1, '8172635490'));

describe('card numbers', () => {
  const LENGTHS = [12, 13, 14, 15, 16, 17, 18, 19, 20];
  const from = (least: number): number[] =>
    LENGTHS.filter((length) => length >= least && ![17, 18, 20].includes(length));
  const ISSUED: readonly (readonly [prefixes: string, lengths: readonly number[]])[] = [
    ['4000 4999', [13, 16, 19]],
    ['5100 5599 2221 2720', [16]],
    ['3400 3499 3700 3799', [15]],
    ['3600 3699 3800 3899 3900 3999 3000 3059', from(14)],
    ['6011 6440 6599 6200 6299 3500 3599', from(16)],
    ['5018 5020 5038 6300 6399 6700 6799', from(13)],
    ['1999 2220 2721 3060 3300 5017 5019 5037 5039 5099 5600 6010 6012 6199 6439 6600 6800 7000', []],
  ];
  for (const [prefixes, lengths] of ISSUED) {
    for (const prefix of prefixes.split(' ')) {
      it(`that begin with ${prefix} have ${lengths.join(', ') || 'no'} digits`, () => {
        for (const length of LENGTHS) {
          const card = cardOf(prefix, length);
          expect(inProse(card), card).to.deep.equal(lengths.includes(length) ? [`card: ${card}`] : []);
        }
      });
    }
  }

  const GROUPS: readonly (readonly [prefix: string, sizes: readonly number[]])[] = [
    ['4000', [4, 4, 4, 4]],
    ['4000', [4, 4, 4, 4, 3]],
    ['4000', [4, 4, 4, 1]],
    ['4000', [4, 3, 3, 3]],
    ['3400', [4, 6, 5]],
    ['3600', [4, 6, 4]],
    ['6300', [6, 13]],
  ];
  for (const [prefix, sizes] of GROUPS) {
    it(`are found in groups of ${sizes.join('-')}`, () => {
      const length = sizes.reduce((sum, size) => sum + size, 0);
      for (const separator of [' ', '-', '.', '\u00a0']) {
        const card = grouped(cardOf(prefix, length), sizes, separator);
        expect(inProse(card), card).to.deep.equal([`card: ${card}`]);
      }
      for (const other of sizes.length > 2 ? ['/', '-'] : ['/']) {
        const mixed = grouped(cardOf(prefix, length), sizes, ' ').replace(/ (?=\d+$)/, other);
        expect(inProse(mixed), mixed).to.deep.equal([]);
      }
    });
  }

  it('are not found in other groups', () => {
    for (const [prefix, sizes] of [
      ['4000', [4, 6, 6]],
      ['4000', [4, 3, 3, 6]],
      ['4000', [4, 4, 3, 5]],
      ['4000', [4, 5, 4, 3]],
      ['4000', [6, 10]],
      ['4000', [6, 4, 6]],
      ['4000', [3, 4, 4, 5]],
      ['6300', [7, 12]],
      ['6300', [6, 6, 7]],
      ['6300', [4, 13]],
    ] as const) {
      const length = sizes.reduce((sum, size) => sum + size, 0);
      const text = grouped(cardOf(prefix, length), sizes, ' ');
      expect(inProse(text), text).to.deep.equal([]);
    }
  });

  it('are not found inside of longer numbers and words', () => {
    const card = cardOf('4000', 16);
    for (const text of [`3.${card}`, `3,${card}`, `3-${card}`, `x${card}`, `${card}x`, `${card}8`]) {
      expect(inProse(text), text).to.deep.equal([]);
    }
    const groups = grouped(card, [4, 4, 4, 4], '-');
    expect(inProse(`${groups}-12345`)).to.deep.equal([]);
    expect(inProse(`${groups}-1-2`)).to.deep.equal([]);
    expect(inProse(`${groups}-`)).to.deep.equal([`card: ${groups}`]);
    expect(inProse(`-${groups}, x.${card}`)).to.deep.equal([`card: ${groups}`, `card: ${card}`]);
  });
});

describe('IBANs', () => {
  const iban = ibanOf('GB', 'NWBK60161331926819');

  it('are found in groups of four, with one separator', () => {
    for (const separator of ['', ' ', '-', '\u00a0']) {
      const text = grouped(iban, [4, 4, 4, 4, 4, 2], separator);
      expect(inProse(text), text).to.deep.equal([`iban: ${text}`]);
    }
    for (const [sizes, separator] of [
      [[4, 18], ' '],
      [[4, 2, 2, 4, 4, 4, 2], ' '],
      [[8, 4, 4, 4, 2], ' '],
      [[6, 4, 4, 4, 4], ' '],
      [[4, 4, 4, 4, 6], ' '],
      [[4, 4, 4, 4, 4, 2], '  '],
      [[4, 4, 4, 4, 4, 2], '.'],
    ] as const) {
      const text = grouped(iban, sizes, separator);
      expect(
        inProse(text).filter((each) => each.startsWith('iban')),
        text,
      ).to.deep.equal([]);
    }
    const mixed = grouped(iban, [4, 4, 4, 4, 4, 2], ' ').replace(/ (?=..$)/, '-');
    expect(inProse(mixed)).to.deep.equal([]);
  });

  it('are found by the length of their country alone', () => {
    const shorter = ibanOf('NO', '86011117947');
    const letters = ibanOf('MT', 'MALT011000012345MTLCAST001S');
    for (const text of [shorter, letters]) expect(inProse(text)).to.deep.equal([`iban: ${text}`]);
    for (const text of [ibanOf('NO', '8601111794'), ibanOf('NO', '860111179471'), ibanOf('US', '86011117947')]) {
      expect(inProse(text), text).to.deep.equal([]);
    }
    expect(inProse(`X${shorter}`)).to.deep.equal([]);
    expect(inProse(`(${shorter})`)).to.deep.equal([`iban: ${shorter}`]);
  });
});

describe('phone numbers', () => {
  it('with the code of their country have up to 15 digits', () => {
    for (const text of ['+44123456', '+441234567890123', '+7 912 345 67 89', '00 44 1234567', '+44 (0)20/7946-0958']) {
      expect(inProse(text), text).to.deep.equal([`phone: ${text}`]);
    }
    for (const text of [
      '+4412345',
      '+4412345678901234',
      '+1 415 555 267',
      '+14155552671 2',
      '+5 123456789',
      '+0 123456789',
      '0044 123456',
      '0044123456789',
      '+44123456a',
    ]) {
      expect(
        inProse(text).filter((each) => each === `phone: ${text}`),
        text,
      ).to.deep.equal([]);
    }
    expect(inProse('+44123456@example')).to.deep.equal([]);
  });
});

describe('national ids', () => {
  const IDS: Readonly<Record<string, readonly [valid: string, invalid: string]>> = {
    'us-ssn': [
      '123 45 6789,123-40-0001',
      '666-45-6789,900-45-6789,123-00-6789,123-45-0000,123-45 6789,1123-45-6789,123456789',
    ],
    'uk-nino': ['ab123456d,AB 123456A', 'BG123456A,GB123456A,TN123456A,ZZ123456A,AB123456E,AO123456A'],
    'fr-nir': ['255081416802538,1 84 12 2A 042 007 66,184122b04200793', '155081416802538'],
    'de-steuer-id': ['86 095 742 719', '06095742719'],
    'es-dni': ['12345678-z,X1234567L,Y1234567X,z1234567r', 'X1234567X,1234567L'],
    'nl-bsn': ['123456782', '000000000,1112223331'],
    'pl-pesel': ['02070803628', '44054401359'],
  };
  for (const [pack, [valid, invalid]] of Object.entries(IDS)) {
    const own = foundBy(createDetection({ level: 'all', packs: [pack] }));
    it(`of the pack ${pack} are found as people write them`, () => {
      for (const id of valid.split(',')) expect(own(`id ${id} ok`), id).to.deep.equal([`${pack}: ${id}`]);
      for (const id of invalid.split(',')) expect(own(`id ${id} ok`), id).to.deep.equal([]);
    });
  }
});
