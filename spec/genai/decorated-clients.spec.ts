import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { expect } from 'chai';
import { EmbeddingCall, health, LlmCall } from 'spanwright';
import type { FinishedSpan } from 'spanwright';
import { captureSpans } from 'spanwright/testing';
import { contentFields } from '#lib/decorators/model-content.js';
import { toAttributes } from '#lib/genai/facts.js';
import type { CallRecord } from '#lib/genai/record.js';
import type { ClientCase } from './client-case.js';
import { allCases } from './clients/all-cases.js';
import { exchangeOf, exchanges, replay, skipWithoutRecordings } from './exchanges.js';

// Of a stream: when it began to come, and that it did.
const MEASURED = ['gen_ai.response.time_to_first_chunk', 'gen_ai.request.stream'];

class Desk {
  readonly #case: ClientCase;
  readonly #url: string;

  constructor(client: ClientCase, url: string) {
    this.#case = client;
    this.#url = url;
  }

  plain(request: object): unknown {
    return this.#case.call(this.#url, request);
  }

  @LlmCall()
  chat(request: object): unknown {
    return this.#case.call(this.#url, request);
  }

  @EmbeddingCall()
  embed(request: object): unknown {
    return this.#case.call(this.#url, request);
  }
}

/** What a program reads: the answer, or the chunks of a stream, in one of the clients' ways to hand it out. */
async function readAll(result: unknown): Promise<unknown> {
  const answer: unknown = await result;
  // Bedrock hands out its stream in a field; others have a field of that name and are the stream themselves.
  const { stream, body } = answer as { stream?: unknown; body?: unknown };
  const source = [answer, stream, body].find(isStream);
  if (source === undefined) return answer;
  const chunks: unknown[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return chunks;
}

function isStream(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

async function outcomeOf(work: () => unknown): Promise<{ value: unknown } | { error: unknown }> {
  try {
    return { value: await readAll(work()) };
  } catch (error) {
    return { error };
  }
}

function isError(expected: ClientCase['expected']): expected is { readonly errorStatus: number } {
  return 'errorStatus' in expected;
}

function nameOf({ operation, request }: CallRecord): string {
  return request?.model === undefined ? String(operation) : `${operation} ${request.model}`;
}

function expectRecord(span: FinishedSpan, expected: CallRecord): void {
  const { messages, ...facts } = expected;
  expect(span.name).to.equal(nameOf(expected));
  expect(span.kind).to.equal(SpanKind.CLIENT);
  expect(span.status.code).to.equal(SpanStatusCode.UNSET);
  const wanted = toAttributes(facts);
  expect(span.attributes, 'facts').to.deep.include(wanted);
  const known = new Set([...Object.keys(wanted), ...Object.keys(contentFields(messages ?? {})), ...MEASURED]);
  const invented = Object.keys(span.attributes).filter((key) => key.startsWith('gen_ai.') && !known.has(key));
  expect(invented, 'facts that nobody stated').to.deep.equal([]);
  for (const [key, content] of Object.entries(contentFields(messages ?? {}))) {
    if (expected.operation === 'embeddings') expect(span.attributes, key).to.not.have.property(key);
    else if (typeof content === 'string') expect(span.attributes[key], key).to.equal(content);
    else expect(JSON.parse(String(span.attributes[key])), key).to.deep.equal(content);
  }
}

// What a client tells of the transport has the time of day in it.
const OF_THE_TRANSPORT = new Set(['$metadata', 'sdkHttpResponse']);

// A client makes an id or a time of its own for some answers; what the program gets is of the same kind and size.
function shapeOf(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, inner: unknown) => (OF_THE_TRANSPORT.has(key) ? undefined : inner)) ?? 'null',
  );
}

describe('a decorated method that calls a model through a real client', () => {
  before(skipWithoutRecordings);

  for (const client of allCases) {
    it(`says what ${client.exchange} says, with ${client.client}`, async () => {
      const exchange = exchangeOf(client.exchange);
      if (exchange === undefined) throw new Error(`${client.exchange} is absent`);
      const server = await replay(exchange);
      const before = health().unrecognisedResponses;
      try {
        await captureSpans(async (spans) => {
          const desk = new Desk(client, server.url);
          const request = client.request({ ...exchange.request.body });
          const { expected } = client;
          const isEmbedding = !isError(expected) && expected.operation === 'embeddings';
          const plain = await outcomeOf(() => desk.plain(client.request({ ...exchange.request.body })));
          const traced = await outcomeOf(() => (isEmbedding ? desk.embed(request) : desk.chat(request)));
          expect(Object.keys(traced)).to.deep.equal(Object.keys(plain));
          // The Anthropic client makes spans of its own for its requests.
          const [span, ...others] = spans
            .finished()
            .filter(({ instrumentationScope: { name } }) => name === 'spanwright');
          expect(others).to.deep.equal([]);
          if (span === undefined) throw new Error('no span');
          if (isError(expected)) {
            expect(span.attributes['error.type']).to.equal(String(expected.errorStatus));
            expect((traced as { error: Error }).error.constructor).to.equal(
              (plain as { error: Error }).error.constructor,
            );
          } else {
            expect(shapeOf((traced as { value: unknown }).value)).to.deep.equal(
              shapeOf((plain as { value: unknown }).value),
            );
            expectRecord(span, expected);
            expect(health().unrecognisedResponses).to.equal(before);
          }
        });
      } finally {
        await server.close();
      }
    });
  }

  it('covers every recording', () => {
    expect(allCases.map(({ exchange }) => exchange)).to.have.members(exchanges.map(({ id }) => id));
  });
});
