import type { Endpoint } from '../endpoint.js';
import { readPromptInput, readTextOutput } from './openai-messages.js';
import { readRequest } from './openai-request.js';
import { readResponse } from './openai-response.js';
import { isTextAnswer, isTextRequest, likeOpenAi } from './openai-shape.js';
import { createTextMerger } from './openai-text-merger.js';

/** OpenAI's legacy completions. */
export const openaiCompletions: Endpoint = {
  id: 'openai.completions',
  provider: 'openai',
  operation: 'text_completion',
  matchRequest: (value) => (isTextRequest(value) ? 1 : 0),
  matchResponse: (value) => (isTextAnswer(value) ? likeOpenAi(value, false) : 0),
  matchChunk: (value) => (isTextAnswer(value) ? likeOpenAi(value, false) : 0),
  readRequest,
  readResponse,
  readInput: readPromptInput,
  readOutput: readTextOutput,
  createMerger: createTextMerger,
};
