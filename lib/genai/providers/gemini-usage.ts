import type { Json } from '../endpoint.js';
import { asCount, asList, asObject, presentAny } from '../json-fields.js';
import type { Usage } from '../record.js';

/** Kinds of content that counts are split by; there are half a dozen. */
const MAX_DETAILS = 16;

/** `AUDIO`, also where an answer gives the numbers of its enumerations. */
const AUDIO: ReadonlySet<unknown> = new Set(['AUDIO', 4]);

function audioOf(details: unknown): number | undefined {
  for (const item of asList(details).slice(0, MAX_DETAILS)) {
    const detail = asObject(item);
    if (AUDIO.has(detail?.['modality'])) return asCount(detail?.['tokenCount']);
  }
  return undefined;
}

// Google leaves a count of zero out, so one that is missing beside its neighbour is one.
function sumOf(first: number | undefined, second: number | undefined): number | undefined {
  return first === undefined && second === undefined ? undefined : (first ?? 0) + (second ?? 0);
}

/** Counts of an answer: results of tools are input beside the prompt, thoughts are output beside the candidates. */
export function toUsage(metadata: Json): Usage | undefined {
  const thoughts = asCount(metadata['thoughtsTokenCount']);
  return presentAny<Usage>({
    inputTokens: sumOf(asCount(metadata['promptTokenCount']), asCount(metadata['toolUsePromptTokenCount'])),
    outputTokens: sumOf(asCount(metadata['candidatesTokenCount']), thoughts),
    totalTokens: asCount(metadata['totalTokenCount']),
    cacheReadTokens: asCount(metadata['cachedContentTokenCount']),
    reasoningTokens: thoughts,
    inputAudioTokens: audioOf(metadata['promptTokensDetails']),
    outputAudioTokens: audioOf(metadata['candidatesTokensDetails']),
  });
}
