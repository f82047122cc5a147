import { expect } from 'chai';

import { canonicalJson } from '#lib/privacy/canonical.js';
import { createDetection } from '#lib/privacy/detect.js';
import { createGate, type GateRules } from '#lib/privacy/gate.js';
import { hideQuoted, textsIn } from '#lib/privacy/quoted.js';
import { WINDOW_CHARS } from '#lib/privacy/redact-long-text.js';
import { createTextRedactor } from '#lib/privacy/redact-text.js';
import { truncateJson, truncateText } from '#lib/privacy/truncate.js';
import { checkPattern } from '#lib/privacy/user-patterns.js';

const gate = (rules: Partial<GateRules> = {}): ReturnType<typeof createGate> =>
  createGate({ tier: 'redacted', text: (value) => value.replaceAll('42', '#'), ...rules });

describe('the gate at its edges', () => {
  it('gives a text whatever the function of the user gave', () => {
    const of = (given: unknown): string => gate({ redact: () => given }).text('x');
    expect([of({ a: 42 }), of(null), of(7), of('42'), of(undefined)]).to.deep.equal([
      '{"a":42}',
      'null',
      '7',
      '#',
      'x',
    ]);
  });

  it('looks at numbers from eleven digits on', () => {
    const numbers = [42, -42, 4_200_000_000, 100_000_000_042, -100_000_000_042, 100_000_000_042.5];
    expect(gate().value(numbers)).to.deep.equal([
      42,
      -42,
      4_200_000_000,
      '1000000000#',
      '-1000000000#',
      100_000_000_042.5,
    ]);
    const exact = gate({ text: (value) => value.replace(/^-?1(0+)$/, 'x') });
    expect(exact.value([99_999_999_999, 100_000_000_000, -100_000_000_000])).to.deep.equal([99_999_999_999, 'x', 'x']);
  });

  it('reads JSON with blanks around it, and no more than 20 in front', () => {
    for (const [before, behind] of [
      ['\n\t ', ' \n'],
      ['\r', '\t'],
      [' '.repeat(20), ''],
    ] as const) {
      expect(gate().text(`${before}{"password":"a","n":1}${behind}`)).to.equal('{"password":"[REDACTED]","n":1}');
      expect(gate().text(`${before}[{"password":"a"}]${behind}`)).to.equal('[{"password":"[REDACTED]"}]');
    }
    for (const text of [
      `${' '.repeat(21)}{"password":"a"}`,
      '{"password":"a"]',
      '\u0008{"password":"a"}',
      '{"password"}',
    ]) {
      expect(gate().text(text)).to.equal(text);
    }
  });

  it('makes marks of the text of a value, whatever its type', () => {
    const mark = (found: string, kind: string): string => `${kind} ${found}`;
    const value = { password: { a: [1] }, secret: 5, api_key: 'k', token: '[REDACTED]', at: { path: [2n] } };
    expect(gate({ mark, paths: ['at.path'] }).value(value)).to.deep.equal({
      password: 'key {"a":[1]}',
      secret: 'key 5',
      api_key: 'key k',
      token: '[REDACTED]',
      at: { path: 'path ["2n"]' },
    });
    const failing = gate({
      mark: () => {
        throw new Error('no');
      },
    });
    expect(failing.value({ password: 'p', a: 1 })).to.deep.equal({ password: '[redaction failed]', a: 1 });
    expect(failing.failures).to.equal(1);
  });

  it('knows the keys of the user behind the last dot', () => {
    const own = gate({ keys: ['employee no'] });
    expect(own.value({ 'a.employee_no': 7, 'employee_no.a': 7, EmployeeNo: 7 })).to.deep.equal({
      'a.employee_no': '[REDACTED]',
      'employee_no.a': 7,
      EmployeeNo: '[REDACTED]',
    });
    const long = 'x'.repeat(192);
    expect(own.value({ [`${long}password`]: 1, [`x${long}password`]: 1 })).to.deep.equal({
      [`${long}password`]: '[REDACTED]',
      [`x${long}password`]: 1,
    });
  });

  it('reads headers in lists with holes and getters', () => {
    const list = ['cookie', 'a b'];
    list[3] = 'y';
    expect(gate().value(list)).to.equal(list);
    expect(gate().failures).to.equal(0);
    const headers = ['Cookie', 'a b', 'ACCEPT', 'y'];
    expect(gate().value(headers)).to.deep.equal(['Cookie', '[REDACTED]', 'ACCEPT', 'y']);
    expect(gate().value(['cookie', 'a b', 'x', 'accept'])).to.deep.equal(['cookie', 'a b', 'x', 'accept']);
    expect(gate().value(['x-api-key', 'A', 'x', 'y'])).to.deep.equal(['x-api-key', '[REDACTED]', 'x', 'y']);
    for (const name of ['name', 'key', 'header', 'Name', 'Key']) {
      expect(gate().value({ [name]: 'cookie', value: 'v' })).to.deep.equal({ [name]: 'cookie', value: '[REDACTED]' });
    }
    expect(gate().value({ title: 'cookie', value: 'v' })).to.deep.equal({ title: 'cookie', value: 'v' });
  });

  it('copies keys of the prototype as ordinary ones', () => {
    const copy = gate().value(JSON.parse('{"__proto__":{"a":1},"b":"42"}')) as object;
    expect(Object.getOwnPropertyDescriptor(copy, '__proto__')).to.deep.equal({
      value: { a: 1 },
      enumerable: true,
      configurable: true,
      writable: true,
    });
    const array = Object.assign([1, '42'], { length: 4 });
    expect(gate().value(array)).to.have.lengthOf(4).and.not.have.property('3');
  });
});

describe('texts at their edges', () => {
  it('that are quoted are long enough, and not too many', () => {
    expect(textsIn(['short', 'long enough', ['1234567', '12345678']])).to.deep.equal(['long enough', '12345678']);
    const lines = Array.from({ length: 5000 }, (_, index) => `line number ${index}`);
    expect(textsIn(lines.join('\n'))).to.have.lengthOf(2000);
    expect(textsIn({ id: 'long enough 1', role: 'long enough 2', of: 'long enough 3' })).to.deep.equal([
      'long enough 3',
    ]);
    expect(hideQuoted('a 1234567 b 12345678', ['1234567', '12345678'])).to.equal('a 1234567 b [REDACTED]');
  });

  it('that are long are divided in front of a code', () => {
    const redact = createTextRedactor({ level: 'all', maxChars: 1_048_576 });
    const code = Buffer.from(`${'All is well. '.repeat(400)}ann@example.com`).toString('base64url');
    for (const blank of [' ', '\n']) {
      const text = `${`well${blank}`.repeat((WINDOW_CHARS - 1000) / 5)}${code}`;
      expect(redact(`${text}${blank}${'x '.repeat(500)}`)).to.not.include(code.slice(0, 40));
    }
  });

  it('that are encoded are read far from any quote', () => {
    const found = createDetection({ level: 'all' });
    for (const [before, behind] of [
      ['x '.repeat(800), '"'],
      ['"', ' x'.repeat(800)],
      ['x '.repeat(800), ' x'.repeat(800)],
    ] as const) {
      const text = `${before}+1%20415-555-2671${behind}`;
      const at = before.length;
      expect(found(text)).to.deep.equal([{ start: at, end: at + 17, kind: 'phone', sensitivity: 'personal' }]);
    }
  });

  it('are cut with the cost of each character', () => {
    for (const character of ['\b', '\t', '\n', '\f', '\r', '"', '\\', '\u0001', '\ud800', 'ü', '\uffff']) {
      const cut = JSON.stringify(truncateJson({ a: character.repeat(300) }, { maxChars: 200 }));
      expect(cut.length, JSON.stringify(character)).to.be.within(195, 200);
      const bytes = JSON.stringify(truncateJson({ a: character.repeat(300) }, { maxBytes: 200 }));
      expect(Buffer.byteLength(bytes), JSON.stringify(character)).to.be.within(195, 200);
    }
    expect(truncateText('\uffff'.repeat(4), { maxChars: 3 })).to.equal('\uffff\uffff…');
    expect(truncateText('😀'.repeat(4), { maxChars: 4 })).to.equal('😀…');
    expect(truncateText('\u007f\u0080\u07ff\u0800'.repeat(9), { maxBytes: 12 })).to.equal(
      '\u007f\u0080\u07ff\u0800\u007f…',
    );
  });

  it('are written whole at the limit of their characters', () => {
    expect(canonicalJson('abc', { maxChars: 3 })).to.equal('"abc"');
    expect(canonicalJson('abcd', { maxChars: 3 })).to.equal('"abc…[cut, 4 characters]"');
    expect(canonicalJson(['ab', 'c', 'd'], { maxChars: 3 })).to.equal('["ab","c","…[cut, 1 characters]"]');
    expect(canonicalJson([1, [2, 3]], { maxNodes: 4 })).to.equal('[1,"[cut, 2 items]"]');
    expect(canonicalJson([1, [2, 3]], { maxNodes: 5 })).to.equal('[1,[2,3]]');
  });

  it('of members that have no room leave a mark', () => {
    const members = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`k${index}`, 'x'.repeat(100)]));
    const cut = truncateJson(members, { maxChars: 200 }) as object;
    expect(cut).to.have.property('…', '[cut]');
    expect(Object.keys(cut)).to.have.lengthOf(5);
    expect(JSON.stringify(cut).length).to.be.within(150, 200);
  });
});

describe('what is wrong with a pattern', () => {
  it('is said with its beginning', () => {
    const problemOf = (pattern: unknown): string => {
      const checked = checkPattern(pattern);
      return 'problem' in checked ? checked.problem : '';
    };
    const got = (count: number): string => problemOf(`(${'a'.repeat(count)}`);
    expect(got(59)).to.match(/^got "\(a{59}", expected a pattern that compiles: /);
    expect(got(60)).to.match(/^got "\(a{59}…", expected a pattern that compiles: /);
    expect(problemOf('('.repeat(1000))).to.match(/^got "\({60}…", expected a pattern that compiles: /);
    expect(problemOf('('.repeat(1001))).to.equal(
      'got a pattern of 1001 characters, expected at most 1000: give several shorter ones',
    );
    expect(problemOf(null)).to.match(/^got a value of type null, expected a RegExp/);
    expect(problemOf(5)).to.match(/^got a value of type number, expected a RegExp/);
  });
});
