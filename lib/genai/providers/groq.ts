import type { Endpoint } from '../endpoint.js';
import { isJson } from '../untrusted.js';
import { openaiChat } from './openai-chat.js';
import { hasAny, isChatAnswer, isChatChunk, isChatRequest } from './openai-shape.js';

const REQUEST_SIGNS = ['compound_custom', 'search_settings', 'disable_tool_validation'];

/** Groq's chat completions; answers, and the first and last chunk of a stream, carry `x_groq`. */
export const groqChat: Endpoint = {
  ...openaiChat,
  id: 'groq.chat_completions',
  provider: 'groq',
  matchRequest: (value) => {
    if (!isChatRequest(value)) return 0;
    if (hasAny(value, REQUEST_SIGNS)) return 3;
    return value['reasoning_format'] === undefined ? 1 : 2;
  },
  matchResponse: (value) => (isChatAnswer(value) && isJson(value['x_groq']) ? 3 : 0),
  matchChunk: (value) => (isChatChunk(value) && isJson(value['x_groq']) ? 3 : 0),
};
