import type { Attributes } from '@opentelemetry/api';
import type { CallRecord } from '../record.js';
import { GEN_AI } from './gen-ai-names.js';

/** Parameters of a request as one object of short names, for vocabularies that have a single attribute for them. */
export function requestParameters({ request }: CallRecord): Readonly<Record<string, unknown>> | undefined {
  if (request === undefined) return undefined;
  const all: Record<string, unknown> = {
    max_tokens: request.maxTokens,
    temperature: request.temperature,
    top_p: request.topP,
    top_k: request.topK,
    frequency_penalty: request.frequencyPenalty,
    presence_penalty: request.presencePenalty,
    stop_sequences: request.stopSequences,
    seed: request.seed,
    n: request.choiceCount,
    stream: request.stream,
    reasoning_level: request.reasoningLevel,
    previous_response_id: request.previousResponseId,
    output_type: request.outputType,
    encoding_formats: request.encodingFormats,
    dimensions: request.dimensions,
    service_tier: request.serviceTier,
    guardrail_id: request.guardrailId,
  };
  const given = Object.entries(all).filter(([, value]) => value !== undefined);
  return given.length === 0 ? undefined : Object.fromEntries(given);
}

/** The attributes that such an object stands for. */
export const REQUEST_PARAMETER_KEYS: readonly string[] = [
  GEN_AI.maxTokens,
  GEN_AI.temperature,
  GEN_AI.topP,
  GEN_AI.topK,
  GEN_AI.frequencyPenalty,
  GEN_AI.presencePenalty,
  GEN_AI.stopSequences,
  GEN_AI.seed,
  GEN_AI.choiceCount,
  GEN_AI.stream,
  GEN_AI.reasoningLevel,
  GEN_AI.previousResponseId,
  GEN_AI.outputType,
  GEN_AI.encodingFormats,
  GEN_AI.requestDimensionCount,
  GEN_AI.openaiRequestServiceTier,
  GEN_AI.requestServiceTier,
  GEN_AI.guardrailId,
];

/** Takes out the one attribute that stands for a parameter only as long as the answer does not tell it better. */
export function dropAskedDimensions(facts: Attributes, { request, response }: CallRecord): void {
  if (request?.dimensions !== undefined && response?.dimensions === undefined) delete facts[GEN_AI.dimensionCount];
}
