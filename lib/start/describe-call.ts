import type { CallFacts } from '../audit/current-ledger.js';
import { usageOf } from '../decorators/entry-usage.js';
import { Exchange } from '../genai/exchange.js';
import { knownEndpoints } from '../genai/known-endpoints.js';

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // A form, a file: no request to a model.
    return undefined;
  }
}

/** What an exchange over HTTP says of a model, read out of the texts that went over the wire; undefined for any other. */
export function describeCall(
  _url: string,
  request: string | undefined,
  response: string | undefined,
): CallFacts | undefined {
  const asked = request === undefined ? undefined : parse(request);
  if (asked === undefined) return undefined;
  const exchange = new Exchange({ endpoints: knownEndpoints(), provider: undefined, maxChars: 0 });
  exchange.ask([asked]);
  if (response !== undefined) {
    exchange.chunk(response, undefined);
    exchange.finish(undefined);
  }
  const record = exchange.facts(response !== undefined);
  const model = response === undefined ? record.request?.model : (record.response?.model ?? record.request?.model);
  const usage = usageOf(record);
  if (model === undefined) return undefined;
  const { provider } = record;
  return { model, ...(provider !== undefined && { provider }), ...(usage !== undefined && { usage }) };
}
