import { expect } from 'chai';

import { ollamaEndpoints } from '#lib/genai/providers/ollama.js';

import { exchanges, skipWithoutRecordings } from '../exchanges.js';
import { readCase } from './case-reading.js';
import { ollamaCases } from './ollama.js';

describe('clients of Ollama', function () {
  before(skipWithoutRecordings);

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
