import type { Json } from '../endpoint.js';
import type { RequestFacts, Usage } from '../record.js';
import { asCount, asName, asNumber, asObject, asTexts, present, presentAny } from '../json-fields.js';

/** A field by its name on the wire, else by its name in the SDK. */
export function either(object: Json | undefined, wire: string, sdk: string): unknown {
  return object?.[wire] ?? object?.[sdk];
}

/** Tells whether an object has one of these fields. */
export function hasAny(object: Json, names: readonly string[]): boolean {
  return names.some((name) => object[name] !== undefined && object[name] !== null);
}

/**
 * Reads counts where Cohere gives them: `usage` of v2, `meta` of v1. `tokens` are what the model processed, with the text
 * that Cohere adds itself; `billed_units` are what is paid for. The conventions ask for the billed ones where there are both.
 */
export function readCohereUsage(usage: Json | undefined): Usage | undefined {
  const billed = asObject(either(usage, 'billed_units', 'billedUnits'));
  const tokens = asObject(usage?.['tokens']);
  const inputTokens =
    asCount(either(billed, 'input_tokens', 'inputTokens')) ?? asCount(either(tokens, 'input_tokens', 'inputTokens'));
  const cached = asCount(either(usage, 'cached_tokens', 'cachedTokens'));
  return presentAny<Usage>({
    inputTokens,
    outputTokens:
      asCount(either(billed, 'output_tokens', 'outputTokens')) ??
      asCount(either(tokens, 'output_tokens', 'outputTokens')),
    // They are counted among the processed tokens, which can be more than the billed ones.
    cacheReadTokens: cached !== undefined && inputTokens !== undefined && cached <= inputTokens ? cached : undefined,
    searchUnits: asCount(either(billed, 'search_units', 'searchUnits')),
  });
}

/** Reads the parameters that Cohere's endpoints for text share. */
export function readCohereSampling(request: Json): RequestFacts {
  const choiceCount = asCount(either(request, 'num_generations', 'numGenerations'));
  const format = asName(asObject(either(request, 'response_format', 'responseFormat'))?.['type']);
  return present<RequestFacts>({
    model: asName(request['model']),
    maxTokens: asCount(either(request, 'max_tokens', 'maxTokens')),
    temperature: asNumber(request['temperature']),
    topP: asNumber(request['p']),
    topK: asCount(request['k']),
    frequencyPenalty: asNumber(either(request, 'frequency_penalty', 'frequencyPenalty')),
    presencePenalty: asNumber(either(request, 'presence_penalty', 'presencePenalty')),
    stopSequences:
      asTexts(either(request, 'stop_sequences', 'stopSequences')) ??
      asTexts(either(request, 'end_sequences', 'endSequences')),
    seed: asNumber(request['seed']),
    choiceCount: choiceCount === 1 ? undefined : choiceCount,
    stream: request['stream'] === true ? true : undefined,
    outputType: format === undefined ? undefined : format === 'text' ? 'text' : 'json',
  });
}

/** Cohere's word for the end of an answer as a message has it; a word that is not known stays. */
export function cohereMessageFinish(reason: string | undefined): string {
  switch (reason) {
    case undefined:
      return 'unknown';
    case 'COMPLETE':
    case 'STOP_SEQUENCE':
      return 'stop';
    case 'MAX_TOKENS':
      return 'length';
    case 'TOOL_CALL':
      return 'tool_call';
    case 'ERROR_TOXIC':
      return 'content_filter';
    case 'ERROR':
    case 'ERROR_LIMIT':
    case 'TIMEOUT':
      return 'error';
    default:
      return reason;
  }
}
