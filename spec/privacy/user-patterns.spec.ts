import { expect } from 'chai';
import { checkPattern } from '#lib/privacy/user-patterns.js';

function problemOf(pattern: unknown): string {
  const check = checkPattern(pattern);
  return 'problem' in check ? check.problem : 'none';
}

function compiled(pattern: unknown): RegExp {
  const check = checkPattern(pattern);
  if ('problem' in check) throw new Error(check.problem);
  return check.pattern;
}

const SUPER_LINEAR = [
  /(a+)+$/,
  /(a|aa)+$/,
  /(.*a){20}/,
  /\s+$/,
  /a*b?a*x/,
  /(a*)*b/,
  /^(\w+\s?)*$/,
  /.*.*=.*/,
  /\d+x/,
  /a.*b/,
  /(\w+)\1+$/,
  /[\w.]+@[\w.]+\.[a-z]+/,
  /a{1,5000}b/,
  /(?:A+a+)+x/i,
  /(?:.|\n)*x/s,
];
const LINEAR = [
  /\bEMP-\d{6}\b/,
  /CUST[0-9]{8}/i,
  /[A-Z]{2}\d{2}[A-Z0-9]{10,30}/,
  /(?:foo|bar|baz)-\d{1,6}/,
  /\b\d{3}-\d{2}-\d{4}\b/,
  /acme_[a-z0-9]{32}/,
  /(?<!\d)\d{9}(?!\d)/,
  /(?<=ID[: (]{2})\d{5}(?!\)|\d{2})/,
  /\p{Lu}\d{5}/u,
  /\bEMP-\d+/,
  /patient[ :#]{1,3}\d{4,10}/i,
];

describe('a pattern of the user', () => {
  for (const pattern of SUPER_LINEAR) {
    it(`is refused where its time grows faster than the text: ${String(pattern)}`, function () {
      this.timeout(10_000);
      expect(problemOf(pattern)).to.match(
        /^got ".+, expected a pattern that is linear \(.+\): begin with fixed letters/s,
      );
    });
  }

  for (const pattern of LINEAR) {
    it(`is taken where it is linear: ${String(pattern)}`, () => {
      expect(problemOf(pattern)).to.equal('none');
    });
  }

  for (const pattern of [/(?=(a+)+$)b/, /(?<=a+)b/, /y(?=.*z)/, /y(?!.*z)/, /(?<=x[)]?)y/, /(?<!(?:a|a)(?:a|a))y/]) {
    it(`is refused where it looks around without bounds: ${String(pattern)}`, () => {
      expect(problemOf(pattern)).to.include('expected no repeat in what looks ahead or behind');
    });
  }

  it('is refused where it is none, says nothing or cannot be told', () => {
    expect(problemOf(5)).to.equal('got a value of type number, expected a RegExp or the text of one');
    expect(problemOf(null)).to.include('type null');
    expect(problemOf('')).to.include('got an empty pattern');
    expect(problemOf('(a')).to.match(/^got "\(a", expected a pattern that compiles: .+/);
    expect(problemOf('a'.repeat(1001))).to.include('1001 characters');
    expect(problemOf(/^\s+x/m)).to.include('flag m');
    expect(problemOf(new RegExp('[a--b]', 'v'))).to.include('flag v');
  });

  it('is refused where the checker is not installed or fails', () => {
    const missing = (): never => {
      throw Object.assign(new Error('no'), { code: 'MODULE_NOT_FOUND' });
    };
    expect(checkPattern('abc', missing)).to.have.property('problem').that.includes('npm install redos-detector');
    const broken = { isSafePattern: (): never => expect.fail('broken') };
    expect(checkPattern('abc', () => broken)).to.have.property(
      'problem',
      'got "abc", expected one that can be checked: named groups cannot',
    );
  });

  it('becomes a global one of its own, which is not sticky', () => {
    const own = /abc/iy;
    const pattern = compiled(own);
    expect(pattern).not.to.equal(own);
    expect(pattern.flags).to.equal('gi');
    expect(compiled('abc').flags).to.equal('g');
  });
});
