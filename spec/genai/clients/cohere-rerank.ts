import { CohereClient } from 'cohere-ai';

import type { ClientCase } from '../client-case.js';

/** The recorded exchange of Cohere in which documents are ranked. */
export const cohereRerank: ClientCase = {
  exchange: 'cohere-02',
  client: 'cohere-ai',
  endpoint: 'cohere.rerank',
  request: ({ top_n: topN, ...request }) => ({ ...request, topN }),
  call: (url, request) =>
    new CohereClient({ token: 'none', environment: url }).rerank(request as Parameters<CohereClient['rerank']>[0]),
  expected: {
    provider: 'cohere',
    operation: 'rerank',
    request: { model: 'rerank-multilingual-v2.0' },
    response: { id: 'c995b490-c717-411c-8fd0-8bf993cd8382' },
    usage: { searchUnits: 1 },
    messages: {
      query: 'What is the capital of the United States?',
      documents: [
        {
          id: '3',
          score: 0.9999989,
          content:
            'Washington, D.C. (also known as simply Washington or D.C., and officially as the District of Columbia) is the capital of the United States. It is a federal district. ',
        },
        {
          id: '2',
          score: 0.9003547,
          content:
            'Charlotte Amalie is the capital and largest city of the United States Virgin Islands. It has about 20,000 people. The city is on the island of Saint Thomas.',
        },
        {
          id: '0',
          score: 0.6807725,
          content:
            'Carson City is the capital city of the American state of Nevada. At the  2010 United States Census, Carson City had a population of 55,274.',
        },
      ],
    },
  },
};
