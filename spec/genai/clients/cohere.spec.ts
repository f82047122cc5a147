import { expect } from 'chai';

import { cohereEndpoints } from '#lib/genai/providers/cohere.js';

import { exchanges, skipWithoutRecordings } from '../exchanges.js';
import { readCase } from './case-reading.js';
import { cohereCases } from './cohere.js';

describe('clients of Cohere', function () {
  before(skipWithoutRecordings);

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
