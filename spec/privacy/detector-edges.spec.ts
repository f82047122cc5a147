import { expect } from 'chai';

import { createDetection } from '#lib/privacy/detect.js';

import { foundBy } from './found-by.js';

const detect = createDetection({ level: 'all' });
const found = foundBy(detect);
// Without slashes, behind which a code may begin.
const base64 = (text: string): string => Buffer.from(text, 'latin1').toString('base64url');

describe('detectors at their edges', () => {
  it('take a value right behind its separator for one, whatever follows', () => {
    expect(found('password=please help me')).to.deep.equal(['assignment: please']);
    expect(found('password= please help me')).to.deep.equal([]);
  });

  it('take no object for a value', () => {
    expect(found('cookie: {a=1}')).to.deep.equal([]);
    expect(found('password={a1}')).to.deep.equal([]);
  });

  it('take nothing for a token that is short, of letters alone, in brackets or not printable', () => {
    for (const text of ['abc12', '<abc.123.4>', 'abcdefghijkl', 'abcd1234é']) {
      expect(found(`token=${text}`), text).to.deep.equal([]);
    }
    expect(found('token=abcdefg1')).to.deep.equal(['assignment: abcdefg1']);
  });

  it('read pluses of a form as blanks', () => {
    expect(found('q=06+12+34+56+78&lang=fr')).to.deep.equal(['phone: 06+12+34+56+78']);
    expect(found('q=call%3A06+12+34+56+78')).to.deep.equal(['phone: 06+12+34+56+78']);
  });

  it('say of what a pattern of the user matches that it is a secret', () => {
    const own = createDetection({ level: 'all', patterns: [/ticket-\d{4}/y] });
    expect(own('see ticket-1234')).to.deep.equal([{ start: 4, end: 15, kind: 'pattern', sensitivity: 'secret' }]);
  });

  it('read base64 of texts alone, to its last byte', () => {
    const text = 'write to ann@example.com now.. ';
    for (const [byte, count] of [
      ['.', 1],
      ['\t', 1],
      ['\r', 1],
      ['\n', 1],
      ['\u007f', 0],
      ['\u0001', 0],
      ['\u001f', 0],
      ['\u00c3', 1],
      ['\u00c1', 0],
      ['\u00f5', 0],
      ['\u0080', 0],
      ['\u00c3\u00bc!', 1],
      ['\u00e2\u0082\u00ac', 1],
      ['\u00f0\u009f\u0098\u0080', 1],
      ['\u00c3..', 0],
      ['\u00e2\u0082..', 0],
      ['\u00c3\u00bc\u00bc', 0],
    ] as const) {
      const name = JSON.stringify(byte);
      for (const padding of ['', ' ', '  '])
        expect(found(base64(`${text}${padding}${byte}`)), name).to.have.length(count);
      expect(found(base64(`${byte}${text}`)), name).to.have.length(byte === '\u00c3' ? 0 : count);
    }
  });

  it('ask for a digit near the beginning of a token whose prefix words have', () => {
    const letters = 'abcDefgh-'.repeat(8);
    expect(found(`use sk-${letters.slice(0, 60)}1 here`)).to.have.length(1);
    expect(found(`use sk-${letters}1 here`)).to.deep.equal([]);
    expect(found(`use sk-${letters.slice(0, 30)} 1`)).to.deep.equal([]);
  });

  it('read escapes of JSON and URLs with all their digits alone', () => {
    for (const text of [
      'ann\\x40example.com',
      'ann\\u0040example.com',
      'ann\\\\\\x40example.com',
      'ann%40example.com',
    ]) {
      expect(found(`"${text}"`), text).to.deep.equal([`email: ${text}`]);
    }
    for (const text of ['ann\\x4gexample.com', 'ann\\u004gexample.com', 'ann%4gexample.com', 'ann\\x4:example.com']) {
      expect(found(`"${text}"`), text).to.deep.equal([]);
    }
    expect(found('100% of \\o/ ann%40example.com, 5\\z \\"password\\": \\"a%20b\\"')).to.deep.equal([
      'email: ann%40example.com',
      'assignment: a%20b',
    ]);
    expect(found('\\x zz\\u12 %1 %% \\')).to.deep.equal([]);
    expect(found('p=%7Fann%40example.com%7f&x\\x00password=\\x61b1')).to.deep.equal([
      'email: ann%40example.com',
      'assignment: \\x61b1',
    ]);
  });

  it('end addresses where their parts do', () => {
    const name = 'n'.repeat(63);
    const label = 'd'.repeat(60);
    const domain = `${label}.${label}.${label}.${label}.example`;
    const long: readonly (readonly [text: string, address: string])[] = [
      [`x ${name}a@example.com`, `${name}a@example.com`],
      [`x a@${domain}`, `a@${domain}`],
      ['"Ann\nOther"@example.com', ''],
      ['""@example.com', ''],
      ['other"@example.com', ''],
      [`"${'n'.repeat(70)}"@example.com`, ''],
      ['.-ann@example.com', 'ann@example.com'],
      ['-5ann@example.com', '5ann@example.com'],
      ['%+~@example.com', ''],
      ['a@example.com。', 'a@example.com'],
      ['a@example.com」x', 'a@example.com'],
      ['a@example.com“x', 'a@example.com'],
      ['a@example.com-.', 'a@example.com'],
      ['a@example.c', ''],
      ['a@example.c1', ''],
      ['a@example.XN--P1AI', 'a@example.XN--P1AI'],
      ['a@module.mjs', ''],
      ['a@photo.JPEG', ''],
      ['git@example.com', ''],
      ['agit@example.com', 'agit@example.com'],
    ];
    for (const [text, address] of long) {
      expect(
        found(`see ${text}`).filter((each) => each.startsWith('email')),
        text,
      ).to.deep.equal(address === '' ? [] : [`email: ${address}`]);
    }
    expect(found('https://u:p@ss@example.com/x')).to.deep.equal(['url-password: p@ss']);
    expect(found('https://example.com/?to=ann@example.com')).to.deep.equal(['email: ann@example.com']);
    expect(detect('see ann@example.com')[0]).to.include({ sensitivity: 'personal' });
    expect(detect('see +14155552671')[0]).to.include({ sensitivity: 'personal' });
  });

  it('name findings that overlap by the longest, and keep a secret one', () => {
    const own = createDetection({ level: 'all', patterns: [/example\.com and more/] });
    expect(own('ann@example.com and more')).to.deep.equal([
      { start: 0, end: 24, kind: 'pattern', sensitivity: 'secret' },
    ]);
    expect(own('password=ann@example.com and more')).to.deep.equal([
      { start: 9, end: 33, kind: 'pattern', sensitivity: 'secret' },
    ]);
    const short = createDetection({ level: 'all', patterns: [/^a/, /example/] });
    expect(short('ann.other@example.com')).to.deep.equal([{ start: 0, end: 21, kind: 'email', sensitivity: 'secret' }]);
    expect(short(`${'x '.repeat(40)}a@example.com`)).to.deep.equal([
      { start: 80, end: 93, kind: 'email', sensitivity: 'secret' },
    ]);
  });

  it('read the value of a pair and of a list where it is one', () => {
    const texts: Readonly<Record<string, readonly string[]>> = {
      '{"name":"cookie","value":"a=b"}': ['assignment: a=b'],
      "{'header':'cookie','VALUE':'a=b'}": ['assignment: a=b'],
      '{"name":"cookie","value":""}': [],
      '{"name":"cookie","value":{"a":1}}': [],
      '{"name":"cookie",value:"a=b"}': [],
      '{"name":"cookie",\'value":"a=b"}': [],
      '{"name":"cookie","some_value":"a=b"}': [],
      '["cookie", "a=b"]': ['assignment: a=b'],
      '["cookie",[1]]': [],
      '["cookie","a1","password" , "b2"]': [],
      '["x","cookie","ab1",]': ['assignment: ab1'],
      '["cookie","ab1" : 1]': [],
      '[cookie,"ab1"]': [],
      '["cookie\',"ab1"]': [],
      '"cookie","ab1"': [],
      '["cookie","a1"]': [],
      '[\'cookie\',"ab1"]': [],
    };
    for (const [text, expected] of Object.entries(texts)) expect(found(text), text).to.deep.equal(expected);
  });
});
