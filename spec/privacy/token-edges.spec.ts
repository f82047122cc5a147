import { expect } from 'chai';

import { createDetection } from '#lib/privacy/detect.js';

import { createCanaries, randomOf, someOf } from './canaries.js';
import { foundBy } from './found-by.js';

const detect = createDetection({ level: 'all', packs: ['us-ssn'] });
const found = foundBy(detect);
const random = randomOf(31);
const HEX = '0123456789abcdef';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';

describe('tokens at their edges', () => {
  it('say of each canary how sensitive it is', () => {
    for (const { kind, sensitivity, text } of createCanaries(5)) {
      const first = detect(`see ${text} now`).find((each) => each.kind === kind);
      expect(first, text).to.include({ sensitivity });
    }
  });

  it('are no names of three parts, and no header with a short payload', () => {
    expect(found('environments.kubernetes.production')).to.deep.equal([]);
    const header = Buffer.from('{"alg":"HS256"}').toString('base64url');
    const signature = someOf(random, HEX, 43);
    expect(found(`${header}.abc.${signature}`)).to.deep.equal([]);
    expect(found(`${header}.e30.${signature}`)).to.have.length(1);
    expect(found(`${header}..${signature}`)).to.have.length(1);
    expect(found(`${header}.`)).to.deep.equal([]);
    expect(found(`eyJhbGci.${signature}.${signature}`)).to.deep.equal([]);
    const jwt = `${header}.${signature}.${signature}`;
    for (const tail of ['', '.', '.abc']) expect(found(`${jwt}${tail}`), tail).to.deep.equal([`jwt: ${jwt}`]);
  });

  it('of Asana and Telegram have an id before the colon', () => {
    const digits = someOf(random, HEX, 32);
    for (const text of [`sha:${digits}`, `3/1234567890:${digits}`, `1/123456789:${digits}`, `1/1234567890.${digits}`]) {
      expect(found(text), text).to.deep.equal([]);
    }
    const mixed = `${digits.slice(0, 20)}${'z'.repeat(12)}`;
    expect(found(`1/1234567890:${mixed}`)).to.deep.equal([]);
    const body = `AA${someOf(random, LOWER, 33)}`;
    expect(found(`123456789:${body}`)).to.deep.equal([`telegram-token: 123456789:${body}`]);
    for (const text of [`1234567:${body}`, `123456789:${body.slice(0, 30)}`, `id:${body}`, `123456789-${body}`]) {
      expect(found(text), text).to.deep.equal([]);
    }
  });

  it('of a prefix that words have need a digit, or both cases', () => {
    expect(found(`sk-1${LOWER}`)).to.have.length(1);
    expect(found(`sk-${LOWER}1`)).to.have.length(1);
    expect(found(`sk-${LOWER}`)).to.deep.equal([]);
    for (const body of [`${LOWER}123`, `${LOWER.toUpperCase()}123`, `${LOWER}${LOWER.toUpperCase()}`]) {
      expect(found(`fw_${body}`), body).to.deep.equal([]);
    }
    expect(found(`fw_${LOWER}A1`)).to.have.length(1);
  });

  it('begin where no word goes on', () => {
    const token = `ghp_${someOf(random, HEX, 36)}`;
    for (const before of ['', ' ', '/', '-', '_', '.', '=']) {
      expect(found(`${before}${token}`), before).to.deep.equal([`github-token: ${token}`]);
    }
    expect(found(`x${token}`)).to.deep.equal([]);
    const other = `ghp_${someOf(random, HEX, 36)}`;
    expect(found(`${token}.${other}`)).to.deep.equal([`github-token: ${token}`, `github-token: ${other}`]);
  });

  it('behind Bearer and Basic are taken with their padding', () => {
    const pair = Buffer.from('someone:something!').toString('base64');
    expect(found(`Basic ${pair}=== x`)).to.deep.equal([`basic-auth: ${pair}==`]);
    expect(found(`Bearer ${LOWER}${LOWER}`)).to.deep.equal([`bearer: ${LOWER}${LOWER}`]);
    expect(found(`BEARER ${LOWER}1= x`)).to.deep.equal([`bearer: ${LOWER}1=`]);
    expect(found(`bearer ${LOWER}`)).to.deep.equal([]);
    expect(found(`topic ${pair}`)).to.deep.equal([]);
    expect(found(`Basic ${Buffer.from('nothing in here at all').toString('base64')}`)).to.deep.equal([]);
  });

  it('stand in base64 behind a slash, whatever else the path has', () => {
    const code = Buffer.from('write to ann@example.com').toString('base64url');
    expect(found(`https://example.com/${code}`)).to.deep.equal([`email: ${code}`]);
    expect(found(`https://example.com/a/${code}/b?x=1`)).to.deep.equal([`email: ${code}`]);
    const key = Buffer.from(`ann@example.com sk-1${LOWER}`).toString('base64url');
    expect(detect(key)).to.deep.equal([{ start: 0, end: key.length, kind: 'email', sensitivity: 'secret' }]);
  });

  it('of URLs stand in front of the host', () => {
    for (const text of ['http://x y:z@w', 'http://x"y:z@w', 'http://u:@h', 'http://u@h', 'http://h:80/a@b', 'a:b@c']) {
      expect(found(text), text).to.deep.equal([]);
    }
    expect(found('http://u:p@h http://v:q@i')).to.deep.equal(['url-password: p', 'url-password: q']);
    expect(found('http://h:123456/x@y')).to.deep.equal(['url-password: 123456/x']);
    const far = 'x'.repeat(1100);
    expect(found(`http://u:${far}@h http://v:q@i`)).to.deep.equal(['url-password: q']);
  });

  it('are numbers where a point ends a sentence, and none behind a decimal', () => {
    expect(found('x.415-555-2671')).to.deep.equal(['phone: 415-555-2671']);
    expect(found('x,415-555-2671')).to.deep.equal(['phone: 415-555-2671']);
    expect(found('1,415-555-2671')).to.deep.equal([]);
    expect(found('call 1-(415) 555-2671')).to.deep.equal(['phone: 1-(415) 555-2671']);
  });
});
