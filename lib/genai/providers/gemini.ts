import type { Endpoint, Json, Likeness } from '../endpoint.js';
import { asList, asObject } from '../json-fields.js';
import { embedContent } from './gemini-embeddings.js';
import { readGenerateInput, readGenerateOutput, readGenerateRequest, readGenerateResponse } from './gemini-reading.js';
import { GenerateContentMerger } from './gemini-stream.js';

const ANSWER_FIELDS = ['candidates', 'createTime', 'modelVersion', 'promptFeedback', 'responseId', 'usageMetadata'];
const REQUEST_FIELDS = ['config', 'generationConfig', 'systemInstruction', 'safetySettings', 'toolConfig'];

function isAnswer(value: Json): boolean {
  return (
    Array.isArray(value['candidates']) || asObject(value['promptFeedback'] ?? value['usageMetadata']) !== undefined
  );
}

// The client's answers are of a class whose getters put texts together and warn. Its two predecessors wrap the answer.
function toPlain(value: Json): Json {
  const inner = asObject(value['response']);
  const source = inner !== undefined && isAnswer(inner) ? inner : value;
  if ('contents' in source || !isAnswer(source)) return value;
  const plain: Record<string, unknown> = {};
  for (const field of ANSWER_FIELDS) if (source[field] !== undefined) plain[field] = source[field];
  return plain;
}

function isFramed(contents: unknown): boolean {
  const first = asObject(Array.isArray(contents) ? asList(contents)[0] : contents);
  return Array.isArray(first?.['parts']);
}

// Embeddings take `model` and `contents` too; only the model tells.
function matchRequest(value: Json): Likeness {
  const { contents, model } = value;
  if (contents === undefined || contents === null || 'messages' in value) return 0;
  if (typeof model === 'string' && model.includes('embed')) return 0;
  if (isFramed(contents) || REQUEST_FIELDS.some((field) => value[field] !== undefined)) return 3;
  return typeof model === 'string' ? 2 : 1;
}

function matchResponse(value: Json): Likeness {
  const first = asObject(asList(value['candidates'])[0]);
  if (first !== undefined) return 'content' in first || 'finishReason' in first ? 3 : 1;
  if (asObject(value['promptFeedback'])?.['blockReason'] !== undefined) return 3;
  return asObject(value['usageMetadata']) === undefined ? 0 : 2;
}

const generateContent: Endpoint = {
  id: 'gemini.generate_content',
  provider: 'gcp.gemini',
  aliases: ['gemini', 'google', 'gcp.vertex_ai', 'vertex'],
  operation: 'generate_content',
  matchRequest,
  matchResponse,
  matchChunk: matchResponse,
  toPlain,
  readRequest: readGenerateRequest,
  readResponse: readGenerateResponse,
  readInput: readGenerateInput,
  readOutput: readGenerateOutput,
  createMerger: () => new GenerateContentMerger(),
};

/**
 * Google's generateContent, of the Gemini API and of Vertex AI, which the answer tells apart. Whether an answer is streamed
 * is the client's method and not in its argument.
 */
export const geminiEndpoints: readonly Endpoint[] = [generateContent, embedContent];
