import { expect } from 'chai';

import { createDetection } from '#lib/privacy/detect.js';
import { PACK_NAMES, packProblem } from '#lib/privacy/detectors/national-ids.js';

import { grouped, ibanOf, withLuhn } from './canaries.js';
import { foundBy } from './found-by.js';

const found = foundBy(createDetection({ level: 'all' }));

describe('detectors of personal data', () => {
  const EMAILS = [
    'a.b+c@example.com',
    "o'neil@example.ie",
    'ünal@bücher.de',
    '用户@例子.中国',
    'x@a-b.xn--p1ai',
    'a_b@x.y.museum',
  ];
  for (const email of EMAILS) {
    it(`finds ${email}`, () => expect(found(`to ${email}, please.`)).to.deep.equal([`email: ${email}`]));
  }
  for (const text of [
    'a@b',
    '@someone.here',
    'icon@2x.png',
    'git@host.example:a/b',
    'lodash@4.17.21',
    'x@.com',
    'a @ b.com',
    'x@y..com',
  ]) {
    it(`leaves ${text}`, () => expect(found(text)).to.deep.equal([]));
  }

  const PHONES = [
    '+44 20 7946 0958',
    '+14155552671',
    '+1 (415) 555-2671',
    '+49 (0)30 1234567',
    '0044 20 7946 0958',
    '(415) 555-2671',
    '415-555-2671',
    '415.555.2671',
    '1-415-555-2671',
    '06 12 34 56 78',
    '020 7946 0958',
  ];
  for (const phone of PHONES) {
    it(`finds ${phone}`, () => expect(found(`call ${phone} today`)).to.deep.equal([`phone: ${phone}`]));
  }

  const NUMBERS = [
    '4155552671',
    '2026-01-02',
    '01.02.2026 10:30',
    '1,234,567.89',
    '$ 12 345 678',
    '403-1234567-1234567',
    '192.168.100.200',
    '1767323045000',
    'part_415-555-2671',
    '9.415-555-2671',
    '550e8400-e29b-41d4-a716-446655440000',
    'v20.19.100',
    '+123',
    '1 + 1234',
    '3.14159265358',
    '001-7336064-6462341',
    '-9.67746639251709',
    '49.67746639251709',
    '0.41111111111111111',
    '0000000000',
    '100-200-3000',
  ];
  for (const text of NUMBERS) it(`leaves ${text}`, () => expect(found(`see ${text} there`)).to.deep.equal([]));

  it('finds cards by their last digit', () => {
    const visa = withLuhn('411111111111111');
    const amex = withLuhn('37144963539843');
    for (const card of [
      visa,
      grouped(visa, [4, 4, 4, 4], ' '),
      grouped(visa, [4, 4, 4, 4], '-'),
      amex,
      grouped(amex, [4, 6, 5], ' '),
    ]) {
      expect(found(`pay ${card} now`)).to.deep.equal([`card: ${card}`]);
    }
    expect(found(`pay ${grouped(visa, [4, 4, 4, 4], ' ')} 123`)).to.have.length(1);
    expect(found(`pay ${visa.slice(0, -1)}2 now`)).to.deep.equal([]);
    expect(found(`order ${withLuhn('911111111111111')} now`)).to.deep.equal([]);
    expect(found(`id ${visa}${visa} now`)).to.deep.equal([]);
    for (const sizes of [
      [2, 6, 6, 2],
      [8, 8],
      [4, 5, 7],
      [4, 4, 4, 2, 2],
    ]) {
      expect(found(`see ${grouped(visa, sizes, ' ')} there`), sizes.join('-')).to.deep.equal([]);
    }
    for (const text of [
      `1-${grouped(visa, [4, 4, 4, 4], '-')}`,
      `${grouped(visa, [4, 4, 4, 4], '-')}-52011`,
      `9.${visa}`,
    ]) {
      expect(found(`see ${text} there`), text).to.deep.equal([]);
    }
  });

  it('finds IBANs by country, length and check digits', () => {
    const iban = ibanOf('DE', '370400440532013000');
    expect(iban).to.equal('DE89370400440532013000');
    for (const text of [iban, grouped(iban, [4, 4, 4, 4, 4, 2], ' '), iban.toLowerCase()]) {
      expect(found(`to ${text} soon`)).to.deep.equal([`iban: ${text}`]);
    }
    expect(found(`to ${iban.replace('89', '88')} soon`)).to.deep.equal([]);
    expect(found(`to ${iban}1 soon`)).to.deep.equal([]);
  });

  const IDS: readonly (readonly [pack: string, valid: string, invalid: string])[] = [
    ['us-ssn', '123-45-6789', '000-45-6789'],
    ['uk-nino', 'AB 12 34 56 C', 'DA 12 34 56 C'],
    ['fr-nir', '2 55 08 14 168 025 38', '2 55 08 14 168 025 39'],
    ['de-steuer-id', '86095742719', '86095742718'],
    ['es-dni', '12345678Z', '12345678A'],
    ['nl-bsn', '111222333', '111222334'],
    ['pl-pesel', '44051401359', '44051401358'],
  ];
  for (const [pack, valid, invalid] of IDS) {
    it(`finds ${valid} with the pack ${pack} alone`, () => {
      const own = createDetection({ level: 'all', packs: [pack] });
      expect(foundBy(own)(`id ${valid} ok`)).to.deep.equal([`${pack}: ${valid}`]);
      expect(foundBy(own)(`id ${invalid} ok`)).to.deep.equal([]);
      expect(found(`id ${valid} ok`)).to.deep.equal([]);
    });
  }

  it('name their packs, and say so of a name that is none', () => {
    for (const name of PACK_NAMES) expect(packProblem(name), name).to.equal(undefined);
    expect(PACK_NAMES).to.have.members(IDS.map(([pack]) => pack));
    expect(packProblem('us-sn')).to.match(/^got "us-sn", expected one of us-ssn, uk-nino, .+/);
    expect(packProblem(5)).to.match(/^got a value of type number, expected one of us-ssn/);
  });
});
