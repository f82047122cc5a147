import { joinMessages } from '#lib/genai/join-messages.js';
import { expect } from 'chai';

import type { Endpoint, Json } from '#lib/genai/endpoint.js';
import type { CallRecord } from '#lib/genai/record.js';

import type { ClientCase } from '../client-case.js';
import { exchangeOf, replay } from '../exchanges.js';

// More than any recording holds.
const BUDGET = 1_000_000;

interface Match {
  readonly endpoint: Endpoint;
  readonly value: Json;
}

/** The endpoint that finds a value most alike; the expected one among equals. */
export function mostAlike(
  endpoints: readonly Endpoint[],
  value: Json,
  match: 'matchRequest' | 'matchResponse' | 'matchChunk',
  expected?: string,
): Match | undefined {
  let found: Match | undefined;
  let highest = 0;
  for (const endpoint of endpoints) {
    const plain = endpoint.toPlain?.(value) ?? value;
    const likeness = endpoint[match]?.(plain) ?? 0;
    if (likeness > highest || (likeness === highest && likeness > 0 && endpoint.id === expected)) {
      found = { endpoint, value: plain };
      highest = likeness;
    }
  }
  return found;
}

function isStream(value: unknown): value is AsyncIterable<Json> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

async function whole(value: unknown, endpoints: readonly Endpoint[], expected: string): Promise<Match | undefined> {
  if (!isStream(value)) return mostAlike(endpoints, value as Json, 'matchResponse', expected);
  const budget = { remaining: BUDGET, isCut: false };
  let first: Match | undefined;
  let merger: ReturnType<NonNullable<Endpoint['createMerger']>> | undefined;
  for await (const chunk of value) {
    first ??= mostAlike(endpoints, chunk, 'matchChunk', expected);
    merger ??= first?.endpoint.createMerger?.();
    merger?.add(chunk, budget);
  }
  expect(budget.isCut).to.equal(false);
  return first === undefined || merger === undefined
    ? undefined
    : { endpoint: first.endpoint, value: merger.response() };
}

/** Sends the case's request through its client to a server that replays the exchange, and reads what passes. */
export async function readCase(clientCase: ClientCase, endpoints: readonly Endpoint[]): Promise<CallRecord> {
  const exchange = exchangeOf(clientCase.exchange);
  if (exchange === undefined) throw new Error(`no exchange ${clientCase.exchange}`);
  await using server = await replaying(exchange);
  const request = clientCase.request(structuredClone(exchange.request.body)) as Json;
  const asked = mostAlike(endpoints, request, 'matchRequest', clientCase.endpoint);
  const sent = asked?.endpoint.readRequest(asked.value);
  const received = await whole(await clientCase.call(server.url, request), endpoints, clientCase.endpoint);
  expect(server.seen.map(({ method, path }) => `${method} ${path}`)).to.deep.equal([
    `${exchange.request.method} ${exchange.request.path}`,
  ]);
  expect(received?.endpoint.id).to.equal(clientCase.endpoint);
  if (sent === undefined || received === undefined) throw new Error('nothing was recognised');
  const { endpoint, value } = received;
  const { response, usage } = endpoint.readResponse(value);
  return {
    operation: endpoint.operation,
    ...(endpoint.provider === undefined ? {} : { provider: endpoint.provider }),
    ...(endpoint.apiType === undefined ? {} : { apiType: endpoint.apiType }),
    request: sent.request,
    response,
    ...(usage === undefined ? {} : { usage }),
    messages: joinMessages(endpoint.readInput(request), endpoint.readOutput(value)),
  };
}

async function replaying(
  exchange: Parameters<typeof replay>[0],
): Promise<Awaited<ReturnType<typeof replay>> & AsyncDisposable> {
  const server = await replay(exchange);
  return { ...server, [Symbol.asyncDispose]: () => server.close() };
}

/** The status that the case's client rejects with. */
export async function statusOfCase(clientCase: ClientCase): Promise<unknown> {
  const exchange = exchangeOf(clientCase.exchange);
  if (exchange === undefined) throw new Error(`no exchange ${clientCase.exchange}`);
  await using server = await replaying(exchange);
  try {
    await clientCase.call(server.url, clientCase.request(structuredClone(exchange.request.body)));
  } catch (error) {
    return (error as { status?: unknown }).status;
  }
  return undefined;
}
