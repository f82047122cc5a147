import { expect } from 'chai';

import {
  countOf,
  defined,
  fieldOf,
  isJson,
  listOf,
  numberOf,
  objectOf,
  objectsOf,
  textOf,
  textsOf,
} from '#lib/genai/untrusted.js';

describe('fields of an untrusted value', () => {
  it('are those of an object, no list and no null', () => {
    expect([{}, [], null, 'a', 1, undefined].map(isJson)).deep.equal([true, false, false, false, false, false]);
  });

  it('are read under either name, the first before the second', () => {
    expect(fieldOf({ top_p: 1, topP: 2 }, 'top_p', 'topP')).equal(1);
    expect(fieldOf({ top_p: null, topP: 2 }, 'top_p', 'topP')).equal(2);
    expect(fieldOf({ topP: 2 }, 'top_p')).equal(undefined);
  });

  it('are texts only where they are some', () => {
    expect(['a', '', 1, null, ['a']].map((field) => textOf({ field }, 'field'))).deep.equal([
      'a',
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('are numbers only where they are finite', () => {
    expect([1.5, -1, Number.NaN, Infinity, '1'].map((field) => numberOf({ field }, 'field'))).deep.equal([
      1.5,
      -1,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('are counts from 0', () => {
    expect([0, 3, -1, '3'].map((field) => countOf({ field }, 'field'))).deep.equal([0, 3, undefined, undefined]);
  });

  it('are asked for in objects and lists that are not there', () => {
    expect(textOf(objectOf({ inner: ['a'] }, 'inner'), 'a')).equal(undefined);
    expect(listOf({ items: { length: 2 } }, 'items')).deep.equal([]);
    expect(objectsOf({ items: [1, { a: 1 }, null, []] }, 'items')).deep.equal([{ a: 1 }]);
  });

  it('are texts of a list or the one text', () => {
    expect(textsOf({ stop: 'a' }, 'stop')).deep.equal(['a']);
    expect(textsOf({ stop: ['a', 1, 'b'] }, 'stop')).deep.equal(['a', 'b']);
    expect(textsOf({ stop: 1 }, 'stop')).deep.equal([]);
  });

  it('are kept where they are defined', () => {
    expect(defined({ a: 0, b: undefined, c: null })).deep.equal({ a: 0, c: null });
    expect(defined({ b: undefined })).not.property('b');
  });
});
