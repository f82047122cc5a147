import * as fc from 'fast-check';

import type { Endpoint, Json } from '#lib/genai/endpoint.js';

/** Names that the endpoint reads, so that random values get past its first look. */
function jsonWith(names: readonly string[], words: readonly string[]): fc.Arbitrary<Json> {
  const leaf = fc.oneof(
    fc.constantFrom<unknown>(null, undefined, true, '', 0, -1, 1.5, Number.NaN, 2 ** 60, ...words),
    fc.string({ maxLength: 5 }),
    fc.constant(new Uint8Array([123, 34])),
  );
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      leaf,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 6 }),
    ),
  }));
  return fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 8 });
}

/** Gives every function of an endpoint random JSON made of its own names and words; throws what one of them throws. */
export function surviveHostileJson(endpoint: Endpoint, names: readonly string[], words: readonly string[]): void {
  const json = jsonWith(names, words);
  fc.assert(
    fc.property(json, fc.array(json, { maxLength: 5 }), fc.nat(20), (value, chunks, remaining) => {
      const merger = endpoint.createMerger?.();
      const budget = { remaining, isCut: false };
      for (const chunk of chunks) {
        endpoint.matchChunk?.(chunk);
        merger?.add(chunk, budget);
      }
      for (const each of [value, endpoint.toPlain?.(value) ?? value, merger?.response() ?? value]) {
        endpoint.matchRequest(each);
        endpoint.matchResponse(each);
        endpoint.readRequest(each);
        endpoint.readResponse(each);
        JSON.stringify([endpoint.readInput(each), endpoint.readOutput(each)]);
      }
      if (budget.remaining < 0) throw new Error(`the merger overdrew its budget: ${budget.remaining}`);
    }),
    { numRuns: 300 },
  );
}
