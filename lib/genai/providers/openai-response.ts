import type { Json, ResponseReading } from '../endpoint.js';
import type { ResponseFacts } from '../record.js';
import { defined, isJson, listOf, textOf } from '../untrusted.js';
import { readUsage } from './openai-usage.js';

/** The facts of a chat completion, text completion or embedding in OpenAI's shape. */
export function readResponse(value: Json): ResponseReading {
  const usage = readUsage(value);
  const response: ResponseFacts = defined({
    id: textOf(value, 'id'),
    model: textOf(value, 'model'),
    finishReasons: readFinishReasons(listOf(value, 'choices')),
    serviceTier: textOf(value, 'service_tier', 'serviceTier'),
    systemFingerprint: textOf(value, 'system_fingerprint', 'systemFingerprint'),
    dimensions: readDimensions(listOf(value, 'data')),
  });
  return usage === undefined ? { response } : { response, usage };
}

function readFinishReasons(choices: readonly unknown[]): readonly string[] | undefined {
  const reasons: string[] = [];
  for (const choice of choices) {
    const reason = isJson(choice) ? textOf(choice, 'finish_reason', 'finishReason') : undefined;
    if (reason !== undefined) reasons.push(reason);
  }
  return reasons.length === 0 ? undefined : reasons;
}

function readDimensions(vectors: readonly unknown[]): number | undefined {
  const first = vectors[0];
  const vector = isJson(first) ? first['embedding'] : undefined;
  return Array.isArray(vector) && typeof vector[0] === 'number' ? vector.length : undefined;
}
