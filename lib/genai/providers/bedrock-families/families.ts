import type { Json } from '../../endpoint.js';
import { nova, titanEmbeddings, titanText } from './amazon.js';
import { claudeMessages, claudePrompt } from './anthropic.js';
import { cohereEmbeddings, commandR } from './cohere.js';
import type { BedrockFamily } from './family.js';
import { jurassic, llama, mistral } from './prompts.js';

/** In the order in which bodies are tried: those that are told by more come first. */
const families: readonly BedrockFamily[] = [
  claudeMessages,
  claudePrompt,
  titanText,
  titanEmbeddings,
  nova,
  commandR,
  cohereEmbeddings,
  jurassic,
  mistral,
  llama,
];

/**
 * The family of a request: by the id of its model, which may have a region's prefix (`us.anthropic.…`) or be an ARN, and by
 * the shape of its body where the id names none, as that of an application's inference profile.
 */
export function familyOfRequest(modelId: string | undefined, body: Json): BedrockFamily | undefined {
  const named = families.filter(({ modelMark }) => modelId?.includes(modelMark));
  const candidates = named.length > 0 ? named : families;
  return candidates.find((family) => family.isRequest(body));
}

/** The family of an answer, which does not say its model's id. */
export function familyOfResponse(body: Json): BedrockFamily | undefined {
  return families.find((family) => family.isResponse(body));
}

/** The family of a chunk of a stream. */
export function familyOfChunk(body: Json): BedrockFamily | undefined {
  return families.find((family) => family.isChunk?.(body) === true);
}
