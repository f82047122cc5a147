import { expect } from 'chai';

import { createDetection } from '#lib/privacy/detect.js';
import { KNOWN_DETECTORS } from '#lib/privacy/detectors/known-detectors.js';
import { NATIONAL_IDS } from '#lib/privacy/detectors/national-ids.js';
import { VENDORS } from '#lib/privacy/detectors/vendor-tokens.js';

import { createCanaries, randomOf, someOf } from './canaries.js';
import { foundBy } from './found-by.js';

const packs = [...NATIONAL_IDS.keys()];
const detect = createDetection({ level: 'all', packs });
const without = createDetection({ level: 'all' });

const found = foundBy(detect);

const random = randomOf(11);
const WORD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const HEX = '0123456789ABCDEF';

describe('detectors', () => {
  describe('vendor tokens', () => {
    for (const { kind, prefixes, min, among } of VENDORS) {
      for (const prefix of prefixes) {
        it(`finds ${prefix}… of ${kind}, and not the prefix with too little behind it`, () => {
          const token = `${prefix}${among === 'mixed' ? '4dB' : ''}${someOf(random, HEX, among === 'mixed' ? min - 3 : min)}`;
          expect(found(`use ${token} here`)).to.deep.equal([`${kind}: ${token}`]);
          expect(found(`"${token}"`)).to.deep.equal([`${kind}: ${token}`]);
          // What is too short for a special key of the same beginning may still be a plain one.
          const short = /^sk-|key-$/.test(prefix) ? 10 : min - 1;
          expect(found(`use ${token.slice(0, prefix.length + short)} here`)).to.deep.equal([]);
        });
      }
    }

    it('leaves words that begin like a token', () => {
      const slugs = [
        'sk-learn-pipelines-for-text-data',
        'risk-assessment-of-large-portfolios',
        'key-value-stores-compared-here',
      ];
      for (const slug of slugs) expect(found(`see ${slug} there`), slug).to.deep.equal([]);
    });

    it('finds bots of Telegram and Discord', () => {
      const telegram = `${someOf(random, '0123456789', 10)}:AA${someOf(random, WORD, 33)}`;
      expect(found(`bot ${telegram}`)).to.deep.equal([`telegram-token: ${telegram}`]);
      const discord = `M${someOf(random, WORD, 23)}.${someOf(random, WORD, 6)}.${someOf(random, WORD, 30)}`;
      expect(found(`bot ${discord}`)).to.deep.equal([`discord-token: ${discord}`]);
    });
  });

  describe('other secrets', () => {
    it('finds what follows Bearer and Basic', () => {
      expect(found('send Bearer abcdefgh12345678 along')).to.deep.equal(['bearer: abcdefgh12345678']);
      const pair = Buffer.from('someone:something').toString('base64');
      expect(found(`curl -H "Basic ${pair}"`)).to.deep.equal([`basic-auth: ${pair}`]);
      expect(found('the Bearer authentication-required of it')).to.deep.equal([]);
      expect(found('Basic understandings-of-life')).to.deep.equal([]);
    });

    it('finds private keys, and no certificates', () => {
      const label = ['RSA', 'PRIVATE', 'KEY'].join(' ');
      const key = `-----BEGIN ${label}-----\nabc\n-----END ${label}-----`;
      expect(found(`${key}\nrest`)).to.deep.equal([`private-key: ${key}`]);
      expect(found(`-----BEGIN ${label}-----\nabc`)).to.deep.equal([`private-key: -----BEGIN ${label}-----\nabc`]);
      expect(found('-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----')).to.deep.equal([]);
    });

    const ASSIGNED: readonly (readonly [text: string, value: string])[] = [
      ['password=hunter2', 'hunter2'],
      ['password: hunter2', 'hunter2'],
      ['password: hunter', 'hunter'],
      ['Password = "two words"', 'two words'],
      ['{"db_password": "a\\"b"}', 'a\\"b'],
      ["{ 'x-api-key': 'k' }", 'k'],
      ['client_secret=abc&grant=x', 'abc'],
      ['Pwd=abc;Encrypt=true', 'abc'],
      ['secret: Tr0ub4dor&3', 'Tr0ub4dor&3'],
      ['API key: 12ab', '12ab'],
      ['config["password"] = "abc"', 'abc'],
      ['dbPwd=abc', 'abc'],
      ['{"password":123456}', '123456'],
      ['access_token=abcd12345', 'abcd12345'],
      ['connect.sid=s%3Aabcdef', 's%3Aabcdef'],
      ['JSESSIONID=0A1B2C3D4E', '0A1B2C3D4E'],
      ['X-Amz-Signature=0a1b2c3d4e', '0a1b2c3d4e'],
      ['&sig=ab%2Bcd12345&se=2', 'ab%2Bcd12345'],
      ['Authorization: Digest username="x"', 'username='],
      ['{"authorization":["Token abc"]}', 'abc'],
      ["curl -H 'Cookie: a=b; c=d' https://example.com", 'a=b; c=d'],
      ['Set-Cookie: a=b; Path=/', 'a=b; Path=/'],
      ['<password>abc</password>', 'abc'],
      ['jdbc:mysql://db/x?user=u&password=abc', 'abc'],
    ];
    for (const [text, value] of ASSIGNED) {
      it(`finds the value of ${text}`, () => expect(found(text)).to.deep.equal([`assignment: ${value}`]));
    }

    const NOT_ASSIGNED = [
      'I forgot my password: please help me',
      'password:',
      'password: string;',
      'password=${DB_PASSWORD}',
      'api_key: process.env.API_KEY',
      'max_tokens: 100, prompt_tokens=12345678',
      'eos_token: "</s>"',
      'token: number',
      '"token":"▁is▁the▁way"',
      '"token":" building."',
      'key: value',
      'inside: 1234567890',
      '"signature":"ErUBCkYIARgCIkCepoF8"',
      'possess=a1b2c3d4e5',
      'oauth: true',
      'password == null',
      'the next step: authorization: required',
      '<input type="password">Enter it',
      '</password> and more',
      'monkey=banana1',
      'design: a1b2c3d4e5',
    ];
    for (const text of NOT_ASSIGNED) it(`leaves ${text}`, () => expect(found(text)).to.deep.equal([]));

    const URLS: readonly (readonly [text: string, password: string])[] = [
      ['postgres://u:pw@h/db', 'pw'],
      ['mongodb+srv://u:p%40w@h.example.net', 'p%40w'],
      ['redis://:pw@h:6379/0', 'pw'],
      ['amqp://u:p@ss@h', 'p@ss'],
      ['mysql://u:p/w#x@h:1/db', 'p/w#x'],
      ['https://u:pw@example.com/a', 'pw'],
    ];
    for (const [text, password] of URLS) {
      it(`finds the password of ${text}`, () => expect(found(text)).to.deep.equal([`url-password: ${password}`]));
    }

    for (const text of [
      'http://localhost:8080/@user',
      'https://example.com:443/a:b',
      'https://medium.com/@name/x',
      'a://b',
    ]) {
      it(`leaves ${text}`, () => expect(found(text)).to.deep.equal([]));
    }
  });

  describe('encodings', () => {
    it('finds a token of base64 as a whole', () => {
      const code = Buffer.from('write to ann@example.com').toString('base64');
      expect(found(`see ${code} there`)).to.deep.equal([`email: ${code}`]);
    });

    it('leaves base64 without findings, and what is none', () => {
      expect(found(Buffer.from('nothing of interest is in here').toString('base64'))).to.deep.equal([]);
      expect(found(Buffer.from(Array.from({ length: 300 }, () => random(256))).toString('base64'))).to.deep.equal([]);
    });

    it('finds what escapes hide, from the first escape to the last', () => {
      expect(found('q=ann%40example.com&x')).to.deep.equal(['email: ann%40example.com']);
      expect(found('"\\u0061nn\\u0040example.com"')).to.deep.equal(['email: \\u0061nn\\u0040example.com']);
      expect(found('{\\"password\\":\\"a b\\"}')).to.deep.equal(['assignment: a b']);
    });
  });

  describe('KNOWN_DETECTORS', () => {
    const known = new Map(KNOWN_DETECTORS.map((each) => [each.kind, each]));

    it('lists each kind once', () => expect(known.size).to.equal(KNOWN_DETECTORS.length));

    it('lists every vendor with its prefixes, and every pack', () => {
      for (const { kind } of VENDORS) expect(known.get(kind)?.sensitivity, kind).to.equal('secret');
      for (const pack of packs) expect(known.get(pack)).to.include({ pack, sensitivity: 'personal' });
    });

    it('says of each canary what the finding says', () => {
      for (const { kind, sensitivity, text } of createCanaries(3)) {
        expect(
          without(`see ${text} now`).map((each) => each.kind),
          text,
        ).to.include(kind);
        expect(known.get(kind)?.sensitivity).to.equal(sensitivity);
      }
    });
  });
});
