import { expect } from 'chai';

import { compilePaths, pathProblem } from '#lib/privacy/value-paths.js';
import { checkPattern } from '#lib/privacy/user-patterns.js';

const isAt = (path: string, ...keys: string[]): boolean => {
  const rules = compilePaths([path, 'never.here']);
  if (rules === undefined) throw new Error(path);
  let states = rules.start;
  for (const key of keys) states = rules.enter(states, key);
  return rules.isEnd(states);
};

describe('paths at their edges', () => {
  it('have up to 500 characters, and name something', () => {
    expect(pathProblem('a'.repeat(500))).to.equal(undefined);
    expect(pathProblem('a'.repeat(501))).to.equal(
      `got "${'a'.repeat(60)}", expected a path like user.email, messages[*].content, **.ssn or ["a.b"].c`,
    );
    for (const path of ['', '**', '**.**', 'a.', 'a[', 'a[x]', '["a]', '[12345678901]']) {
      expect(pathProblem(path), path).to.match(/^got ".*", expected/);
    }
    expect(pathProblem(5)).to.match(/^got a value of type number, expected/);
    expect(compilePaths()).to.equal(undefined);
    expect(() => compilePaths(['a', ''])).to.throw(TypeError, 'path: got "", expected a path like');
  });

  it('match keys, indices and any number of steps', () => {
    const cases: readonly (readonly [path: string, keys: string, isEnd: boolean])[] = [
      ['a.b', 'a b', true],
      ['a.b', 'a', false],
      ['a.b', 'a b c', false],
      ['a.*', 'a x', true],
      ['a[*]', 'a 12', true],
      ['a[*]', 'a 1x', false],
      ['a[*]', 'a x1', false],
      ['a[3]', 'a 3', true],
      ['a["b.c"]', 'a b.c', true],
      ['["a"].b', 'a b', true],
      ['**.a', 'a', true],
      ['**.a', 'x y a', true],
      ['**.a', 'x a y', false],
      ['**.a', 'a a', true],
      ['a.**.b', 'a b', true],
      ['a.**.b', 'a x b', true],
      ['a.**.**.b', 'a x y b', true],
      ['a.**.b', 'x b', false],
      ['a.**', 'a', true],
      ['a.**', 'a x', true],
    ];
    for (const [path, keys, isEnd] of cases) {
      expect(isAt(path, ...keys.split(' ')), `${path} at ${keys}`).to.equal(isEnd);
    }
  });

  it('keep few states, whatever they repeat', () => {
    const rules = compilePaths(['**.a.**.a', '**.a.**.**.a.b']);
    let states = rules?.start ?? [];
    for (let level = 0; level < 50; level++) states = rules?.enter(states, 'a') ?? [];
    expect(states).to.have.length.below(12);
    expect(rules?.enter([], 'a')).to.deep.equal([]);
  });
});

describe('patterns at their edges', () => {
  const problemOf = (pattern: RegExp): string => {
    const checked = checkPattern(pattern);
    return 'problem' in checked ? checked.problem : '';
  };

  it('are refused for what was found', () => {
    for (const empty of [new RegExp(''), /(?:)/i]) expect(problemOf(empty)).to.include('got an empty pattern');
    expect(problemOf(/(a+)+$/)).to.include('(its time grows faster than the text)');
    expect(problemOf(/a(?=b)c(?!\d{100})/)).to.include('expected no repeat in what looks ahead');
    expect(problemOf(/abc/m)).to.equal('got "abc" with the flag m, expected only flags of d, g, i, s, u, y');
  });

  it('may name what looks like a repeat', () => {
    for (const pattern of [/a(?=\*)b/, /a(?!\p{Lu})b/u, /a(?![*+])b/, /a(?!\d{2})b/, /a(?!\+\()b/]) {
      expect(problemOf(pattern), String(pattern)).to.equal('');
    }
    for (const pattern of [/a(?=b*)c/, /a(?!(b))c/, /a(?<=b{3,})c/, /a(?!\\*)b/, /a(?!b)c(?!d+)e/]) {
      expect(problemOf(pattern), String(pattern)).to.include('expected no repeat');
    }
  });
});
