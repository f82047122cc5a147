import { expect } from 'chai';

import { createDetection } from '#lib/privacy/detect.js';
import { createGate } from '#lib/privacy/gate.js';
import { createTextRedactor } from '#lib/privacy/redact-text.js';

import { randomOf, someOf } from './canaries.js';
import { foundBy } from './found-by.js';

const found = foundBy(createDetection({ level: 'all' }));
const redact = createTextRedactor({ level: 'all' });
const gate = createGate({ tier: 'redacted', text: redact });

const random = randomOf(23);
const ALNUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const HEX = '0123456789abcdef';
const some = (alphabet: string, length: number): string => someOf(random, alphabet, length);
const base64url = (text: string): string => Buffer.from(text).toString('base64url');

describe('tokens by their shape', () => {
  const TOKENS: readonly (readonly [kind: string, token: string])[] = [
    ['mailchimp-key', `${some(HEX, 32)}-us12`],
    ['okta-token', `00aB${some(ALNUM, 38)}`],
    ['azure-secret', `aB38Q~${some(ALNUM, 34)}`],
    ['newrelic-key', `${some(HEX, 36)}NRAL`],
    ['azure-key', `${some(ALNUM, 52)}JQQJ99${some(ALNUM, 26)}`],
    ['airtable-token', `pat${some(ALNUM, 14)}.${some(HEX, 64)}`],
    ['terraform-token', `${some(ALNUM, 14)}.atlasv1.${some(ALNUM, 67)}`],
    ['asana-token', `1/${some('123456789', 16)}:${some(HEX, 32)}`],
    ['asana-token', `2/${some('123456789', 16)}/${some('123456789', 16)}:${some(HEX, 32)}`],
    ['jwt', `${base64url('{"alg":"HS256"}')}.${base64url('{}')}.${some(ALNUM, 43)}`],
    ['jwt', `${base64url('{"alg":"none"}')}.${base64url('{"a":1}')}.`],
    ['jwt', `${base64url('{"alg":"dir"}')}..${some(ALNUM, 16)}.${some(ALNUM, 40)}.${some(ALNUM, 22)}`],
  ];
  for (const [kind, token] of TOKENS) {
    it(`are found: ${kind}, ${token.slice(0, 12)}…`, () => {
      expect(found(`use ${token} here`)).to.deep.equal([`${kind}: ${token}`]);
      expect(found(`{"a":"${token}"}`)).to.deep.equal([`${kind}: ${token}`]);
    });
  }

  it('are not found in digests, ids and slugs', () => {
    const texts = [
      some(HEX, 40),
      `00${some(HEX, 40)}`,
      `${some(HEX, 32)}-eu12`,
      `pat${some(ALNUM, 14)}`,
      'a.b.c.d.e.f.g.h.i',
    ];
    for (const text of texts) expect(found(`see ${text} there`), text).to.deep.equal([]);
  });
});

describe('base64 that is folded over lines', () => {
  for (const width of [60, 64, 76]) {
    for (const end of ['\n', '\r\n']) {
      it(`is read at ${width} columns with ${JSON.stringify(end)}`, () => {
        const text = `${'All is well today. '.repeat(5)}mail ann@example.com, ${'and so it is. '.repeat(6)}`;
        const code = Buffer.from(text).toString('base64');
        const folded = (code.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join(end);
        expect(redact(`Body:${end}${end}${folded}${end}${end}--`)).to.equal(
          `Body:${end}${end}[REDACTED]${end}${end}--`,
        );
        expect(redact(JSON.stringify({ body: folded }))).to.equal('{"body":"[REDACTED]"}');
        const plain = Buffer.from('All is well today. '.repeat(12)).toString('base64').replaceAll(/.{76}/g, `$&${end}`);
        expect(redact(plain)).to.equal(plain);
      });
    }
  }
});

describe('what stands behind the code of a colour', () => {
  const token = `ghp_${some(ALNUM, 36)}`;
  for (const [kind, text] of [
    ['github-token', token],
    ['card', '4111 1111 1111 1111'],
    ['phone', '+1 415 555 0134'],
    ['email', 'ann@example.com'],
    ['iban', 'DE89370400440532013000'],
  ] as const) {
    it(`is found: ${kind}`, () => {
      expect(found(`\u001B[31m${text}\u001B[0m!`)).to.deep.equal([`${kind}: ${text}`]);
      expect(found(`\u001B[m${text}\u001B[38;5;12m!`)).to.deep.equal([`${kind}: ${text}`]);
      expect(found(JSON.stringify({ log: `\u001B[1;31m${text}\u001B[0m!` }))).to.deep.equal([`${kind}: ${text}`]);
    });
  }

  it('is found behind a name, and ends where the colour does', () => {
    expect(found('password: \u001B[32mhunter2\u001B[0m')).to.deep.equal(['assignment: hunter2']);
  });
});

describe('headers', () => {
  it('are found as names and values in a text', () => {
    expect(found('[{"name":"Cookie","value":"a=b; c=d"}]')).to.deep.equal(['assignment: a=b; c=d']);
    expect(found('{ "Key": "db_password", "Value": "hunter2" }')).to.deep.equal(['assignment: hunter2']);
    expect(found(JSON.stringify('{"name":"x-api-key","value":"k1"}'))).to.deep.equal(['assignment: k1']);
    expect(found('{"name":"accept","value":"text/html1"}')).to.deep.equal([]);
    expect(found('{"name":"password","type":"string"},{"value":"a1"}')).to.deep.equal([]);
  });

  it('are found as lists in a text', () => {
    expect(found('[["accept","x1"],["x-api-key","k1-2"]]')).to.deep.equal(['assignment: k1-2']);
    expect(found("['cookie', 'a=b', 'host', 'x']")).to.deep.equal(['assignment: a=b']);
    expect(found('{"required":["password","token2"],"type":"object"}')).to.deep.equal(['assignment: token2']);
    expect(found('["password","secret","cookie","cake"]')).to.deep.equal([]);
    expect(found('{"a":"password","b1":"x1"}')).to.deep.equal([]);
  });

  it('are found in lists of values', () => {
    const raw = ['Host', 'example.com', 'Cookie', 'theme', 'X-Api-Key', 'k'];
    expect(gate.value(raw)).to.deep.equal(['Host', 'example.com', 'Cookie', '[REDACTED]', 'X-Api-Key', '[REDACTED]']);
    expect(gate.value(['set-cookie', 'a=b'])).to.deep.equal(['set-cookie', '[REDACTED]']);
    expect(gate.value([{ Key: 'API_KEY', Value: 'v' }])).to.deep.equal([{ Key: 'API_KEY', Value: '[REDACTED]' }]);
    for (const words of [
      ['cookie', 'cake'],
      ['password', 'secret', 'token', 'cookie'],
      ['token', 'cookie', 'x'],
    ]) {
      expect(gate.value(words)).to.equal(words);
    }
  });

  it('keep their name', () => {
    expect(redact('Set-Cookie: sid=abc; HttpOnly\nServer: x')).to.equal('Set-Cookie: [REDACTED]\nServer: x');
  });
});

describe('connection strings', () => {
  const TEXTS: readonly (readonly [text: string, secret: string])[] = [
    ['Server=tcp:db,1433;User ID=app;Password=p4ss w0rd;Encrypt=True', 'p4ss'],
    ['Endpoint=sb://x/;SharedAccessKeyName=Root;SharedAccessKey=abc+/d=', 'abc+/d='],
    ['DefaultEndpointsProtocol=https;AccountName=a;AccountKey=ab12==;EndpointSuffix=x', 'ab12=='],
    ['jdbc:postgresql://h/db?user=u&password=pw1&ssl=true', 'pw1'],
    ['amqps://u:pw@h/vhost', 'pw'],
    ['{"private_key_id": "0a1b2c"}', '0a1b2c'],
  ];
  for (const [text, secret] of TEXTS) {
    it(`lose their secret: ${text.slice(0, 40)}`, () => expect(redact(text)).not.to.include(secret));
  }

  it('and private keys with escaped line ends lose theirs', () => {
    const label = ['PRIVATE', 'KEY'].join(' ');
    const json = JSON.stringify({ pem: `-----BEGIN ${label}-----\nabc\ndef\n-----END ${label}-----\n`, a: 1 });
    expect(redact(json)).to.equal('{"pem":"[REDACTED]\\n","a":1}');
    const pgp = `-----BEGIN PGP ${label} BLOCK-----\n\nabc\n-----END PGP ${label} BLOCK-----`;
    expect(redact(`${pgp} x`)).to.equal('[REDACTED] x');
  });
});

describe('phone numbers and addresses', () => {
  const PHONES =
    '415 555 2671,(415)555-2671,+1-800-555-0199,1-800-555-0199,+1.415.555.2671,+33 6 12 34 56 78,+81 3-1234-5678,+91 98765 43210,' +
    '+86 138 0013 8000,+55 (11) 91234-5678,00 33 6 12 34 56 78,07911 123456,(020) 7946 0958,(02) 9374 4000,0412 345 678,044 668 18 00,' +
    '0171-2345678,089/12345678,03-1234-5678,090-1234-5678,030 123 4567';
  for (const phone of PHONES.split(',')) {
    it(`are found: ${phone}`, () => expect(found(`call ${phone}, please`)).to.deep.equal([`phone: ${phone}`]));
  }

  for (const email of [
    'ann+x@mail.eu.example.com',
    '"Ann Other"@example.com',
    'ANN@EXAMPLE.COM',
    'jürgen@köln.example',
  ]) {
    it(`are found: ${email}`, () => {
      expect(found(`mailto:${email}?subject=x`)).to.deep.equal([`email: ${email}`]);
      expect(found(`see ${email}.`)).to.deep.equal([`email: ${email}`]);
    });
  }

  it('are not found where they are something else', () => {
    for (const text of [
      '0-306-40615-2',
      '012-345',
      '2026/11/21 10:30',
      '05:30:00.123',
      '10.0.0.12:8080',
      '1/2-3/4',
      '00:1A:2B:3C',
    ]) {
      expect(found(`see ${text} there`), text).to.deep.equal([]);
    }
  });
});
