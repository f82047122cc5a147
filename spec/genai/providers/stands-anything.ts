import { expect } from 'chai';
import * as fc from 'fast-check';

import type { Endpoint, Json } from '#lib/genai/endpoint.js';

import { exchanges } from '../exchanges.js';

const WORDS = [
  'message',
  'reasoning',
  'function_call',
  'mcp_call',
  'text',
  'image_url',
  'tool',
  'assistant',
  'completed',
];
const EVENTS = [
  'response.output_text.delta',
  'response.output_item.done',
  'response.completed',
  'tool-call-delta',
  'error',
];

/** JSON whose keys are those that are read, so that random values stand where something else is expected. */
function jsonOf(keys: readonly string[]): fc.Arbitrary<Json> {
  const { object } = fc.letrec<{ value: unknown; object: Json }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<unknown>(null, true, 0, 1, -1, 1.5, 4096, 2 ** 53, Number.NaN, '', 'x', ...WORDS, ...EVENTS),
      fc.array(tie('value'), { maxLength: 3 }),
      tie('object'),
    ),
    object: fc.dictionary(fc.constantFrom(...keys, '__proto__', 'constructor'), tie('value'), {
      maxKeys: 8,
    }) as fc.Arbitrary<Json>,
  }));
  return object;
}

function checkCounts(counts: object | undefined): void {
  for (const count of Object.values(counts ?? {})) {
    expect(Number.isSafeInteger(count) && (count as number) >= 0, `count ${String(count)}`).to.equal(true);
  }
}

function useEverything(endpoint: Endpoint, given: Json, chunks: readonly Json[]): void {
  const value = endpoint.toPlain?.(given) ?? given;
  for (const likeness of [
    endpoint.matchRequest(value),
    endpoint.matchResponse(value),
    endpoint.matchChunk?.(value) ?? 0,
  ]) {
    expect(likeness).to.be.oneOf([0, 1, 2, 3]);
  }
  expect(endpoint.readRequest(value).request).to.be.an('object');
  checkCounts(endpoint.readResponse(value).usage);
  expect(endpoint.readInput(value)).to.be.an('object');
  expect(endpoint.readOutput(value)).to.be.an('object');
  const merger = endpoint.createMerger?.();
  if (merger === undefined) return;
  const budget = { remaining: 20, isCut: false };
  for (const chunk of chunks) merger.add(chunk, budget);
  expect(budget.remaining).to.be.within(0, 20);
  const whole = merger.response();
  checkCounts(endpoint.readResponse(whole).usage);
  expect(endpoint.readOutput(whole)).to.be.an('object');
}

function places(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).flatMap((key) => [[...path, key], ...places((value as Json)[key], [...path, key])]);
}

function keysOf(values: readonly unknown[]): string[] {
  return [...new Set(values.flatMap((value) => places(value).map((path) => path.at(-1) ?? '')))].filter(
    (key) => !/^\d+$/.test(key),
  );
}

function put(target: Json, path: readonly string[], value: unknown): Json {
  const copy = structuredClone(target);
  let holder = copy as Record<string, unknown>;
  for (const key of path.slice(0, -1)) holder = holder[key] as Record<string, unknown>;
  holder[path.at(-1) ?? ''] = value;
  return copy;
}

/** Gives every function of the endpoints values of wrong shapes: made of known keys, and samples with one place spoilt. */
export function expectStandsAnything(endpoints: readonly Endpoint[], samples: readonly Json[]): void {
  const json = jsonOf(keysOf(samples));
  const spoilt = fc
    .tuple(
      fc.constantFrom(...samples),
      fc.nat(),
      fc.oneof(json, fc.constantFrom<unknown>(null, 0, '', [], [null], -3, 1e300)),
    )
    .map(([sample, place, value]) => {
      const paths = places(sample);
      return put(sample, paths[place % paths.length] ?? ['x'], value);
    });
  const any = fc.oneof(json, spoilt);
  fc.assert(
    fc.property(any, fc.array(any, { maxLength: 6 }), (value, chunks) => {
      for (const endpoint of endpoints) useEverything(endpoint, value, chunks);
    }),
    { numRuns: 400 },
  );
}

/** Requests, answers and chunks that were recorded of a provider. */
export function recordedOf(folder: string, isOne: (path: string) => boolean = () => true): Json[] {
  return exchanges
    .filter(({ provider, request }) => provider === folder && isOne(request.path))
    .flatMap(({ request, response }) => [
      request.body,
      ...(response.json === undefined ? chunksOf(response.text) : [response.json as Json]),
    ]);
}

/** The JSON values of a body of events or lines. */
export function chunksOf(text = ''): Json[] {
  return text
    .split('\n')
    .map((line) => (line.startsWith('data: ') ? line.slice(6) : line))
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Json);
}
