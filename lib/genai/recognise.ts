import { types } from 'node:util';
import type { Endpoint, Json, Likeness } from './endpoint.js';
import { isAiSdkStream } from './providers/ai-sdk-plain.js';

/** A value and the endpoint that it belongs to. */
export interface Recognised {
  readonly endpoint: Endpoint;
  /** Plain data, as the endpoint's functions take it. */
  readonly value: Json;
  readonly likeness: Likeness;
}

/** Who may answer a call, as far as the user says. */
export interface Answerer {
  /** The likelier ones first. */
  readonly endpoints: readonly Endpoint[];
  /** The value of `gen_ai.provider.name`; an unknown name stands for itself. */
  readonly provider: string | undefined;
}

type Match = (endpoint: Endpoint, value: Json) => Likeness | undefined;

const byRequest: Match = (endpoint, value) => endpoint.matchRequest(value);
const byResponse: Match = (endpoint, value) => endpoint.matchResponse(value);
const byChunk: Match = (endpoint, value) => endpoint.matchChunk?.(value);

// A request stands among the first arguments; what comes behind them are options of the client.
const MAX_ARGUMENTS = 3;

function isJson(value: unknown): value is Json {
  // The traps of a proxy are the program's code.
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !types.isProxy(value);
}

function best(value: Json, endpoints: readonly Endpoint[], match: Match, expected?: Endpoint): Recognised | undefined {
  // Its getters start the stream, so that no endpoint may look at it.
  if (isAiSdkStream(value)) return undefined;
  let found: Recognised | undefined;
  let highest: Likeness = 0;
  // Endpoints of one client share how it is made plain, and stand side by side.
  let toPlain: Endpoint['toPlain'];
  let plain = value;
  for (const endpoint of endpoints) {
    if (endpoint.needsRequest === true && match !== byRequest && expected?.provider !== endpoint.provider) continue;
    if (endpoint.toPlain !== toPlain) {
      ({ toPlain } = endpoint);
      plain = toPlain === undefined ? value : toPlain(value);
    }
    const likeness = match(endpoint, plain) ?? 0;
    // The endpoint of the request is the answer's, unless another is the likelier one.
    if (likeness > highest || (likeness === highest && likeness > 0 && endpoint === expected)) {
      found = { endpoint, value: plain, likeness };
      highest = likeness;
    }
  }
  return found;
}

/** The endpoints that a provider's name or alias stands for, all when there is none of that name, and its name on spans. */
export function answererOf(name: string | undefined, endpoints: readonly Endpoint[]): Answerer {
  if (name === undefined) return { endpoints, provider: undefined };
  const named = endpoints.filter(({ provider, aliases }) => provider === name || aliases?.includes(name) === true);
  const [first] = named;
  if (first === undefined) return { endpoints, provider: name };
  // What has no provider of its own may be anybody's.
  return { endpoints: [...named, ...endpoints.filter(({ provider }) => !provider)], provider: first.provider ?? name };
}

/** Finds the request among the arguments of a call. */
export function findRequest(args: ArrayLike<unknown>, endpoints: readonly Endpoint[]): Recognised | undefined {
  for (let index = 0; index < Math.min(args.length, MAX_ARGUMENTS); index++) {
    const value = args[index];
    const found = isJson(value) ? best(value, endpoints, byRequest) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Tells whose answer a value is; `expected` is the endpoint of the request, which wins among equals. */
export function findResponse(
  value: unknown,
  endpoints: readonly Endpoint[],
  expected?: Endpoint,
): Recognised | undefined {
  return isJson(value) ? best(value, endpoints, byResponse, expected) : undefined;
}

/** Tells whose chunk an item of a stream is. */
export function findChunk(value: unknown, endpoints: readonly Endpoint[], expected?: Endpoint): Recognised | undefined {
  return isJson(value) ? best(value, endpoints, byChunk, expected) : undefined;
}
