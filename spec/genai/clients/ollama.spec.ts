import { expect } from 'chai';

import { ollamaEndpoints } from '#lib/genai/providers/ollama.js';

import { exchanges } from '../exchanges.js';
import { readCase } from './case-reading.js';
import { ollamaCases } from './ollama.js';

describe('clients of Ollama', function () {
  before(function () {
    if (exchanges.length > 0) return;
    console.log('skipped: the recorded exchanges are not here');
    this.skip();
  });

  it('has a case for every recording', () => {
    const recorded = exchanges.filter(({ provider }) => provider === 'ollama');
    expect(ollamaCases.map(({ exchange }) => exchange)).to.have.members(recorded.map(({ id }) => id));
  });

  for (const clientCase of ollamaCases) {
    it(`reads ${clientCase.exchange} as ${clientCase.endpoint}`, async () => {
      expect(await readCase(clientCase, ollamaEndpoints)).to.deep.equal(clientCase.expected);
    });
  }
});
