import { expect } from 'chai';

import { cohereEndpoints } from '#lib/genai/providers/cohere.js';

import { exchanges } from '../exchanges.js';
import { readCase } from './case-reading.js';
import { cohereCases } from './cohere.js';

describe('clients of Cohere', function () {
  before(function () {
    if (exchanges.length > 0) return;
    console.log('skipped: the recorded exchanges are not here');
    this.skip();
  });

  it('has a case for every recording', () => {
    const recorded = exchanges.filter(({ provider }) => provider === 'cohere');
    expect(cohereCases.map(({ exchange }) => exchange)).to.have.members(recorded.map(({ id }) => id));
  });

  for (const clientCase of cohereCases) {
    it(`reads ${clientCase.exchange} as ${clientCase.endpoint}`, async () => {
      expect(await readCase(clientCase, cohereEndpoints)).to.deep.equal(clientCase.expected);
    });
  }
});
