import type { Json, Likeness } from '../endpoint.js';
import { isJson, listOf, textOf } from '../untrusted.js';

const CHAT_ID = 'chatcmpl-';
const TEXT_ID = 'cmpl-';
const SIGNS_OF_OPENAI = ['system_fingerprint', 'service_tier'];
// `chatcmpl-` with 32 hexadecimal digits or a UUID is an id of vLLM, Groq and others.
const FOREIGN_ID = /-|^[0-9a-f]{32}$/;

// OpenAI's own models have no owner before their name, and none of these names; a host of them is another.
const FOREIGN_MODEL =
  /\/|^(?:claude|codestral|command|deepseek|gemini|gemma|glm|grok|kimi|llama|meta|ministral|mistral|mixtral|phi|qwen)/i;

/** True where a field is there, even if it is null. */
export function hasAny(value: Json, names: readonly string[]): boolean {
  return names.some((name) => value[name] !== undefined);
}

/** True for a request of a chat completion, whoever takes it. */
export function isChatRequest(value: Json): boolean {
  return Array.isArray(value['messages']) && hasModelName(value);
}

/** True for a request of a legacy completion, whoever takes it. */
export function isTextRequest(value: Json): boolean {
  const prompt = value['prompt'];
  return (typeof prompt === 'string' || Array.isArray(prompt)) && hasModelName(value);
}

/** True for a request of embeddings, whoever takes it. A request of OpenAI's Responses looks the same. */
export function isEmbeddingRequest(value: Json): boolean {
  const input = value['input'];
  return (typeof input === 'string' || Array.isArray(input)) && hasModelName(value);
}

/** True for a whole chat completion. */
export function isChatAnswer(value: Json): boolean {
  return Array.isArray(value['choices']) && (value['object'] === 'chat.completion' || hasChoiceWith(value, 'message'));
}

/** True for a chunk of a chat completion; Azure's first has no choice and no name. */
export function isChatChunk(value: Json): boolean {
  return (
    Array.isArray(value['choices']) && (value['object'] === 'chat.completion.chunk' || hasChoiceWith(value, 'delta'))
  );
}

/** True for a whole legacy completion and for a chunk of one, which look the same. */
export function isTextAnswer(value: Json): boolean {
  const first = listOf(value, 'choices')[0];
  const kind = value['object'];
  if (typeof kind === 'string' && kind.startsWith('chat.')) return false;
  if (first === undefined) return Array.isArray(value['choices']) && kind === 'text_completion';
  return isJson(first) && typeof first['text'] === 'string';
}

/** True for a list of embeddings. */
export function isEmbeddingAnswer(value: Json): boolean {
  const first = listOf(value, 'data')[0];
  return isJson(first) && first['embedding'] !== undefined;
}

/** How alike an id and its company are to OpenAI's own; Azure has the same, and says more. */
export function likeOpenAi(value: Json, isChat: boolean): Likeness {
  const id = textOf(value, 'id');
  const prefix = isChat ? CHAT_ID : TEXT_ID;
  if (id === undefined || !id.startsWith(prefix)) return 0;
  if (FOREIGN_ID.test(id.slice(prefix.length)) || FOREIGN_MODEL.test(textOf(value, 'model') ?? '')) return 0;
  // llama.cpp and LM Studio give OpenAI's ids, and a fingerprint that is a build or a model.
  const fingerprint = textOf(value, 'system_fingerprint') ?? 'fp_';
  if (!fingerprint.startsWith('fp_') || fingerprint === 'fp_ollama') return 0;
  return !isChat || hasAny(value, SIGNS_OF_OPENAI) ? 2 : 1;
}

function hasModelName(value: Json): boolean {
  return value['model'] === undefined || typeof value['model'] === 'string';
}

function hasChoiceWith(value: Json, name: string): boolean {
  const first = listOf(value, 'choices')[0];
  return isJson(first) && isJson(first[name]);
}
