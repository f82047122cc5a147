import type { ClientCase } from '../client-case.js';
import { openaiChats } from './openai-chats.js';
import { openaiStreams } from './openai-streams.js';
import { openaiTexts } from './openai-texts.js';
import { openaiToolCalls } from './openai-tool-calls.js';

/** Every recording of OpenAI's chat completions, completions and embeddings, asked for with `openai`. */
export const openaiCases: readonly ClientCase[] = [
  ...openaiChats,
  ...openaiStreams,
  ...openaiTexts,
  ...openaiToolCalls,
];
