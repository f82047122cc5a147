import type { Endpoint, Json, Likeness } from '../endpoint.js';
import { createChatMerger } from './openai-chat-merger.js';
import { readChatInput, readChatOutput } from './openai-messages.js';
import { readRequest } from './openai-request.js';
import { readResponse } from './openai-response.js';
import { hasAny, isChatAnswer, isChatChunk, isChatRequest, likeOpenAi } from './openai-shape.js';

// Hosts that take OpenAI's requests take most of these too, but nobody thought of them first.
const TYPICAL = [
  'max_completion_tokens',
  'reasoning_effort',
  'response_format',
  'stream_options',
  'modalities',
  'prediction',
  'service_tier',
  'verbosity',
  'functions',
];

/** OpenAI's chat completions. */
export const openaiChat: Endpoint = {
  id: 'openai.chat_completions',
  provider: 'openai',
  operation: 'chat',
  apiType: 'chat_completions',
  matchRequest,
  matchResponse: (value) => (isChatAnswer(value) ? likeOpenAi(value, true) : 0),
  matchChunk: (value) => (isChatChunk(value) ? likeOpenAi(value, true) : 0),
  readRequest,
  readResponse,
  readInput: readChatInput,
  readOutput: readChatOutput,
  createMerger: createChatMerger,
};

function matchRequest(value: Json): Likeness {
  if (!isChatRequest(value)) return 0;
  return hasAny(value, TYPICAL) ? 2 : 1;
}
