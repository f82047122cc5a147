import { expect } from 'chai';

import { createDetection } from '#lib/privacy/detect.js';

import { randomOf, someOf } from './canaries.js';
import { foundBy } from './found-by.js';

const detect = createDetection({ level: 'all' });
const found = foundBy(detect);
const random = randomOf(47);
const HEX = '0123456789abcdef';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';

describe('shapes at their edges', () => {
  it('are as long as their vendor makes them', () => {
    const head = someOf(random, HEX, 32);
    for (const tail of ['-us1', '-us12', '-us1.']) {
      const [first] = detect(`${head}${tail}`);
      expect(first, tail).to.include({ kind: 'mailchimp-key', sensitivity: 'secret' });
      expect(first?.end, tail).to.equal(32 + tail.replace('.', '').length);
    }
    for (const text of [`${head}-us1a`, `${head}-us123`, `a${head}-us1`, `${head.slice(1)}-us12`]) {
      expect(found(text), text).to.deep.equal([]);
    }
  });

  it('of a JWT have parts of eight characters at least', () => {
    const header = Buffer.from('{"alg":"HS256"}').toString('base64url');
    const jwt = `${header}.${someOf(random, LOWER, 20)}`;
    for (const tail of ['.abcdefgh', '.abcdefgh.abcdefgh'])
      expect(found(`${jwt}.${LOWER}${tail}`)).to.deep.equal([`jwt: ${jwt}.${LOWER}${tail}`]);
    for (const tail of ['.abcdefg', '.'])
      expect(found(`${jwt}.${LOWER}${tail}`)).to.deep.equal([`jwt: ${jwt}.${LOWER}`]);
    expect(found(`${header}.abcdefg.${LOWER}`)).to.have.length(0);
    expect(found(`${header}.abcdefgh.${LOWER}`)).to.have.length(1);
  });

  it('of Discord begin with M, N or O', () => {
    const rest = `${someOf(random, LOWER, 23)}.${someOf(random, LOWER, 6)}.${someOf(random, LOWER, 30)}`;
    for (const first of 'MNO') expect(found(`${first}${rest}`)).to.deep.equal([`discord-token: ${first}${rest}`]);
    for (const first of 'LPm') expect(found(`${first}${rest}`)).to.deep.equal([]);
  });

  it('of lists have a bracket', () => {
    expect(found('x=y "cookie","ab1"')).to.deep.equal([]);
    expect(found('x=y ["cookie","ab1"]')).to.deep.equal(['assignment: ab1']);
    expect(found('x=y ["cookie","a1"]')).to.deep.equal([]);
    expect(found('x=y ["cookie","abc"]')).to.deep.equal([]);
    expect(found('x=y ["cookie","ab1":1]')).to.deep.equal([]);
    expect(found('x=y ["x cookie","ab1"]')).to.deep.equal([]);
    expect(found('x=y [\'cookie\',"ab1"]')).to.deep.equal([]);
  });

  it('have their digit among their own characters', () => {
    expect(found(`sk-${LOWER}/1`)).to.deep.equal([]);
    expect(found(`sk-${LOWER}-1`)).to.have.length(1);
  });

  it('of ports are digits alone', () => {
    expect(found('http://h:8-/a@b')).to.deep.equal(['url-password: 8-/a']);
    expect(found('http://h:8080/a@b')).to.deep.equal([]);
    expect(found('http://h:80a/a@b')).to.deep.equal(['url-password: 80a/a']);
  });

  it('of numbers are whole', () => {
    expect(found('x=y 00441234567890')).to.deep.equal([]);
    expect(found('x=y 0044 1234567890')).to.deep.equal(['phone: 0044 1234567890']);
    expect(found('x=y 00 441234567890')).to.deep.equal(['phone: 00 441234567890']);
  });
});
