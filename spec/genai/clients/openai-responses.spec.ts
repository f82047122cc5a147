import { expect } from 'chai';

import { openaiResponsesEndpoints } from '#lib/genai/providers/openai-responses.js';

import { exchanges, skipWithoutRecordings } from '../exchanges.js';
import { readCase, statusOfCase } from './case-reading.js';
import { openaiResponsesCases } from './openai-responses.js';

describe('openai client on /v1/responses', function () {
  before(skipWithoutRecordings);

  it('has a case for every recording', () => {
    const recorded = exchanges.filter(
      ({ provider, request }) => provider === 'openai' && request.path === '/v1/responses',
    );
    expect(openaiResponsesCases.map(({ exchange }) => exchange)).to.have.members(recorded.map(({ id }) => id));
  });

  for (const clientCase of openaiResponsesCases) {
    const { exchange, expected } = clientCase;
    if ('errorStatus' in expected) {
      it(`rejects with ${expected.errorStatus} for ${exchange}`, async () => {
        expect(await statusOfCase(clientCase)).to.equal(expected.errorStatus);
      });
    } else {
      it(`reads ${exchange}`, async () => {
        expect(await readCase(clientCase, openaiResponsesEndpoints)).to.deep.equal(expected);
      });
    }
  }
});
