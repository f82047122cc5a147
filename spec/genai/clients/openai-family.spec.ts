import { expect } from 'chai';

import type { ChunkMerger, ContentBudget, Endpoint, Json, Likeness } from '#lib/genai/endpoint.js';
import { openaiFamily } from '#lib/genai/providers/openai-family.js';

import type { ClientCase } from '../client-case.js';
import { exchangeOf, exchanges, replay, skipWithoutRecordings } from '../exchanges.js';
import { azureOpenaiCases } from './azure-openai.js';
import { groqCases } from './groq.js';
import { mistralCases } from './mistral.js';
import { openaiCases } from './openai.js';
import { togetherCases } from './together.js';

const cases = [...openaiCases, ...azureOpenaiCases, ...groqCases, ...togetherCases, ...mistralCases];
const providers = new Set(['openai', 'azure-openai', 'groq', 'together', 'mistral']);

function mostAlike(likeness: (endpoint: Endpoint) => Likeness | undefined): Endpoint | undefined {
  const ranked = openaiFamily
    .map((endpoint) => ({ endpoint, likeness: likeness(endpoint) ?? 0 }))
    .filter((candidate) => candidate.likeness > 0);
  const highest = Math.max(...ranked.map((candidate) => candidate.likeness));
  return ranked.find((candidate) => candidate.likeness === highest)?.endpoint;
}

async function readStream(stream: AsyncIterable<Json>, budget: ContentBudget): Promise<[string | undefined, Json]> {
  let endpoint: Endpoint | undefined;
  let merger: ChunkMerger | undefined;
  for await (const chunk of stream) {
    endpoint ??= mostAlike((candidate) => candidate.matchChunk?.(chunk));
    merger ??= endpoint?.createMerger?.();
    merger?.add(chunk, budget);
  }
  return [endpoint?.id, merger?.response() ?? {}];
}

function isStream(result: unknown): result is AsyncIterable<Json> {
  return typeof result === 'object' && result !== null && Symbol.asyncIterator in result;
}

function recordOf(endpoint: Endpoint, request: Json, answer: Json): unknown {
  const asked = endpoint.readRequest(request);
  const answered = endpoint.readResponse(answer);
  const record = {
    operation: asked.operation ?? endpoint.operation,
    provider: answered.provider ?? asked.provider ?? endpoint.provider,
    apiType: endpoint.apiType,
    request: asked.request,
    response: answered.response,
    usage: answered.usage,
    messages: { ...endpoint.readInput(request), ...endpoint.readOutput(answer) },
  };
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}

async function checkAnswer(
  { request, call, endpoint: id, expected }: ClientCase,
  url: string,
  body: Json,
): Promise<void> {
  const asked = request({ ...body }) as Json;
  const endpoint = openaiFamily.find((candidate) => candidate.id === id);
  expect(endpoint?.matchRequest(asked)).greaterThan(0);
  const budget = { remaining: 100_000, isCut: false };
  const result = await call(url, asked);
  const [recognised, answer] = isStream(result)
    ? await readStream(result, budget)
    : [mostAlike((candidate) => candidate.matchResponse(result as Json))?.id, result as Json];
  expect(recognised).equal(id);
  expect(endpoint && recordOf(endpoint, asked, answer)).deep.equal(expected);
  expect(budget.isCut).equal(false);
}

describe('clients of the OpenAI family', () => {
  before(skipWithoutRecordings);

  for (const client of cases) {
    it(`${client.client} with ${client.exchange}`, async () => {
      const exchange = exchangeOf(client.exchange);
      if (exchange === undefined) throw new Error(`${client.exchange} is absent`);
      const server = await replay(exchange);
      try {
        if (!('errorStatus' in client.expected)) {
          await checkAnswer(client, server.url, exchange.request.body);
          return;
        }
        const error: unknown = await Promise.resolve(
          client.call(server.url, client.request(exchange.request.body)),
        ).then(
          () => undefined,
          (reason: unknown) => reason,
        );
        expect(error).property('status', client.expected.errorStatus);
      } finally {
        await server.close();
      }
    });
  }

  it('cover every recording but those of Responses', () => {
    const recorded = exchanges
      .filter(({ provider, request }) => providers.has(provider) && !request.path.endsWith('/responses'))
      .map(({ id }) => id);
    expect(cases.map(({ exchange }) => exchange)).have.members(recorded);
  });
});
