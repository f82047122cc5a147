import { expect } from 'chai';

import { createDetection } from '#lib/privacy/detect.js';

import { foundBy } from './found-by.js';

const detect = createDetection({ level: 'all' });
const found = foundBy(detect);

describe('where findings begin and end', () => {
  it('is in the source, between the quotes that stand around an escape', () => {
    const filler = `"${'well '.repeat(20)}"`;
    const text = `${filler}, "+1%20415-555-2671", ${filler}, "\\u002b1 415-555-2672", ${filler}`;
    expect(found(text)).to.deep.equal(['phone: +1%20415-555-2671', 'phone: \\u002b1 415-555-2672']);
    expect(found(`+1%20415-555-2671", ${filler}`)).to.deep.equal(['phone: +1%20415-555-2671']);
    expect(found(`${filler}, "+1%20415-555-2671`)).to.deep.equal(['phone: +1%20415-555-2671']);
  });

  it('is not inside of an escape of a line end', () => {
    expect(found('x\\nann@example.com')).to.deep.equal(['email: ann@example.com']);
    expect(found('x\\\\nann@example.com')).to.deep.equal(['email: nann@example.com']);
    expect(found('x\\\\\\tann@example.com')).to.deep.equal(['email: ann@example.com']);
    expect(found('x\\zann@example.com')).to.deep.equal(['email: zann@example.com']);
    expect(found('x\\u0020ann@example.com')).to.deep.equal(['email: ann@example.com']);
  });

  it('is before punctuation of any script', () => {
    for (const mark of ['！', '（', '／', '。', '「', '〠', '’', '…', '\u2000', '\u206f', '¿', ' ']) {
      expect(found(`to ann@example.com${mark}x`), mark).to.deep.equal(['email: ann@example.com']);
    }
    for (const letter of ['À', 'ß', '\u2070', '々', 'あ', '０']) {
      const text = `ann@example.com${letter}x`;
      expect(found(`to ${text}`), letter).to.deep.equal(
        letter === '々' ? ['email: ann@example.com'] : [`email: ${text}`],
      );
    }
  });

  it('is not inside of a character of two code units', () => {
    const own = createDetection({ level: 'all', patterns: [/.ticket./s] });
    expect(foundBy(own)('x😀ticket😀x')).to.deep.equal(['pattern: 😀ticket😀']);
    expect(foundBy(own)('😀xticketx😀')).to.deep.equal(['pattern: xticketx']);
    const first = createDetection({ level: 'all', patterns: [/^ann/] });
    expect(first('ann@example.com')).to.deep.equal([{ start: 0, end: 15, kind: 'email', sensitivity: 'secret' }]);
  });

  it('is behind an escape that is one, and in front of one that is none', () => {
    expect(found('\\xzzann%40example.com')).to.deep.equal(['email: xzzann%40example.com']);
    expect(found('\\u0000ann%40example.com')).to.deep.equal(['email: ann%40example.com']);
    expect(found('["x cookie","ab1"]')).to.deep.equal([]);
  });

  it('is behind a sign that stands at the beginning', () => {
    expect(found('@ann ann@example.com')).to.deep.equal(['email: ann@example.com']);
  });

  it('is behind a blank of any kind', () => {
    for (const blank of [' ', '\t', '\u00a0']) {
      expect(found(`to${blank}ann@example.com`)).to.deep.equal(['email: ann@example.com']);
    }
    expect(found('to ¡ann@example.com')).to.deep.equal(['email: ann@example.com']);
  });

  it('of values is at the character that ends them', () => {
    const cases: Readonly<Record<string, string>> = {
      'password=a1,b': 'a1',
      '`password`: a1': 'a1',
      '=password=a1': 'a1',
      ':password:a1': 'a1',
      '><password>a1</password>': 'a1',
      'password=a1;b': 'a1',
      'password=a1&b': 'a1',
      'password=a1)b': 'a1',
      'password=a1|b': 'a1',
      'password: a1,b': 'a1,b',
      'password: a1;': 'a1',
      'password: (a1),]}|': '(a1',
      'password=a1\tb': 'a1',
      'password=a1<b': 'a1',
      'password=a1\\nb': 'a1',
      'password=a1\\qb': 'a1\\qb',
      "password='a1\\'b' c": "a1\\'b",
      'password=`a1 b`': 'a1 b',
      'password="a1 b': 'a1 b',
      'password => a1': 'a1',
      'password == "a1"': 'a1',
      'password = ["a1"]': 'a1',
      'cookie: a=b\nc': 'a=b',
      'cookie: a=b\r\nc': 'a=b',
      'cookie: a=b\\nc': 'a=b',
      'cookie: "a=b; c" d': 'a=b; c',
      "x 'cookie: a=b' d": 'a=b',
      "cookie: a='b'; c=1": "a='b'; c=1",
      'authorization: Basic a1': 'a1',
      'authorization: basic\ta1': 'a1',
      'authorization: a1 b': 'a1 b',
      'authorization: abcdefghijkl': 'abcdefghijkl',
    };
    for (const [text, value] of Object.entries(cases))
      expect(found(text), text).to.deep.equal([`assignment: ${value}`]);
    for (const text of ['authorization: abcdefghijk', 'authorization: Bearer', 'password: ""', 'password: {"a":1}']) {
      expect(found(text), text).to.deep.equal([]);
    }
  });
});
