import { expect } from 'chai';

import type { ContentBudget, Endpoint, Json } from '#lib/genai/endpoint.js';
import type { CallRecord } from '#lib/genai/record.js';
import { snapshot } from '#lib/core/snapshot.js';
import type { ClientCase } from './client-case.js';
import { exchanges, replay, skipWithoutRecordings, type Exchange, type SeenRequest } from './exchanges.js';

/** What came of an exchange: the records read from what the client took and gave, and what the server saw of it. */
export interface ReadExchange {
  readonly live: CallRecord;
  /** Read from structural copies, as content is. */
  readonly copied: CallRecord;
  readonly seen: SeenRequest;
}

function isIterable(value: unknown): value is AsyncIterable<Json> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

/** The chunks of an answer: of itself, or of its member as Bedrock's are. */
function chunksOf(answer: object): AsyncIterable<Json> | undefined {
  const { stream, body } = answer as { stream?: unknown; body?: unknown };
  return [answer, stream, body].find(isIterable);
}

// Tools of Google's stand nine levels deep in their request.
const copyOf = (value: Json): Json => snapshot(value, { maxDepth: 16 }) as Json;

/** Reads both sides of one call as the toolkit does; whoever reads a stream knows that it is one. */
export function readRecord(endpoint: Endpoint, request: Json, answer: Json, isStream: boolean): CallRecord {
  const asked = endpoint.readRequest(request);
  const answered = endpoint.readResponse(answer);
  const provider = answered.provider ?? asked.provider ?? endpoint.provider;
  return {
    operation: asked.operation ?? endpoint.operation,
    ...(provider === undefined ? {} : { provider }),
    request: isStream ? { ...asked.request, stream: true } : asked.request,
    response: answered.response,
    ...(answered.usage === undefined ? {} : { usage: answered.usage }),
    messages: { ...endpoint.readInput(request), ...endpoint.readOutput(answer) },
  };
}

/** Feeds a stream's chunks to the endpoint's merger. */
export async function merge(
  endpoint: Endpoint,
  chunks: AsyncIterable<Json> | Iterable<Json>,
  budget: ContentBudget = { remaining: 1_048_576, isCut: false },
): Promise<Json> {
  const merger = endpoint.createMerger?.();
  if (merger === undefined) throw new Error(`${endpoint.id} has no merger`);
  for await (const chunk of chunks) merger.add(chunk, budget);
  return merger.response();
}

/** Replays a case's exchange to its client and reads what the client takes and gives. Rejects as the client does. */
export async function readThroughClient(
  clientCase: ClientCase,
  endpoint: Endpoint,
  exchange: Exchange,
): Promise<ReadExchange> {
  const server = await replay(exchange);
  try {
    const argument = clientCase.request(exchange.request.body);
    const answer = (await clientCase.call(server.url, argument)) as object;
    const chunks = chunksOf(answer);
    const plain = (value: object): Json => endpoint.toPlain?.(value as Json) ?? (value as Json);
    const request = plain(argument);
    const response = chunks === undefined ? plain(answer) : await merge(endpoint, chunks);
    expect(endpoint.matchRequest(request), 'likeness of the request').greaterThan(0);
    expect(endpoint.matchResponse(response), 'likeness of the answer').equal(3);
    const [seen] = server.seen;
    if (seen === undefined) throw new Error(`${clientCase.exchange}: the client asked nothing`);
    return {
      seen,
      live: readRecord(endpoint, request, response, chunks !== undefined),
      copied: readRecord(endpoint, copyOf(request), copyOf(response), chunks !== undefined),
    };
  } finally {
    await server.close();
  }
}

async function statusOfRejection(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    const { status, $metadata } = error as { status?: unknown; $metadata?: { httpStatusCode?: unknown } };
    return status ?? $metadata?.httpStatusCode ?? error;
  }
  return 'an answer';
}

type Body = Record<string, unknown>;

/** Declares the specs of one family's cases; each recording of `folder` has to have a case. */
export function describeCases(
  folder: string,
  endpoints: readonly Endpoint[],
  cases: readonly ClientCase[],
  /** What the client writes where the recording, of another language's client, has something else. */
  asWritten: (body: Body) => Body = (body) => body,
): void {
  const recorded = exchanges.filter(({ provider }) => provider === folder);

  before(skipWithoutRecordings);

  it('has a case for every recording', () => {
    expect(cases.map(({ exchange }) => exchange).toSorted()).deep.equal(recorded.map(({ id }) => id));
  });

  for (const clientCase of cases) {
    it(`reads ${clientCase.exchange} through ${clientCase.client}`, async () => {
      const exchange = recorded.find(({ id }) => id === clientCase.exchange);
      if (exchange === undefined) throw new Error(`no recording ${clientCase.exchange}`);
      const endpoint = endpoints.find(({ id }) => id === clientCase.endpoint);
      if (endpoint === undefined) throw new Error(`no endpoint ${clientCase.endpoint}`);
      const reading = readThroughClient(clientCase, endpoint, exchange);
      if ('errorStatus' in clientCase.expected) {
        expect(await statusOfRejection(reading)).equal(clientCase.expected.errorStatus);
        return;
      }
      const { live, copied, seen } = await reading;
      expect(live).deep.equal(clientCase.expected);
      expect(copied).deep.equal(clientCase.expected);
      expect(JSON.parse(seen.body), 'the body on the wire').deep.include(asWritten(exchange.request.body));
    });
  }
}
