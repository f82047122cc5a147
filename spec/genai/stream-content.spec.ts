import { expect } from 'chai';

import type { ContentBudget } from '#lib/genai/endpoint.js';
import { takeCopy, takeText } from '#lib/genai/stream-content.js';

function budgetOf(remaining: number): ContentBudget {
  return { remaining, isCut: false };
}

describe('content taken from a budget', () => {
  it('is text as long as it lasts', () => {
    const budget = budgetOf(5);
    expect([takeText('abc', budget), takeText('def', budget), takeText('ghi', budget)]).deep.equal(['abc', 'de', '']);
    expect(budget).deep.equal({ remaining: 0, isCut: true });
  });

  it('is not cut while it fits', () => {
    const budget = budgetOf(3);
    expect([takeText('abc', budget), takeText('', budget), takeText(7, budget)]).deep.equal(['abc', '', '']);
    expect(budget).deep.equal({ remaining: 0, isCut: false });
  });

  it('ends with no half of a character whose other half comes with the next chunk', () => {
    const budget = budgetOf(2);
    expect([takeText('a\ud83d', budget), takeText('\ude04', budget)]).deep.equal(['a', '']);
    expect(budget).deep.equal({ remaining: 0, isCut: true });
    const enough = budgetOf(3);
    expect(takeText('a\ud83d', enough) + takeText('\ude04', enough)).equal('a😄');
    expect(enough).deep.equal({ remaining: 0, isCut: false });
  });

  it('is a structure where all of it fits, its keys and texts counted', () => {
    const budget = budgetOf(10);
    const value = { key: ['abc', null, 5, true], x: 'defg' };
    expect(takeCopy(value, budget)).equal(undefined);
    expect(budget).deep.equal({ remaining: 10, isCut: true });
    const enough = budgetOf(20);
    expect(takeCopy(value, enough)).deep.equal(value);
    expect(enough).deep.equal({ remaining: 5, isCut: false });
  });

  it('is a structure that takes the last of it', () => {
    const budget = budgetOf(4);
    expect(takeCopy({ a: 'bcd' }, budget)).deep.equal({ a: 'bcd' });
    expect(budget).deep.equal({ remaining: 0, isCut: false });
    expect(takeCopy(undefined, budget)).equal(undefined);
    expect(budget.isCut).equal(false);
  });
});
