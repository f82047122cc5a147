import type { Endpoint } from '../endpoint.js';
import { azureOpenaiChat, azureOpenaiCompletions, azureOpenaiEmbeddings } from './azure-openai.js';
import { groqChat } from './groq.js';
import { mistralChat, mistralEmbeddings } from './mistral.js';
import { openaiChat } from './openai-chat.js';
import { compatibleChat, compatibleCompletions, compatibleEmbeddings } from './openai-compatible.js';
import { openaiCompletions } from './openai-completions.js';
import { openaiEmbeddings } from './openai-embeddings.js';
import { openrouterChat } from './openrouter.js';
import { togetherChat, togetherCompletions } from './together.js';

/** OpenAI and who speaks its language. Where two are equally like a value, the earlier is meant. */
export const openaiFamily: readonly Endpoint[] = [
  openaiChat,
  openaiCompletions,
  openaiEmbeddings,
  azureOpenaiChat,
  azureOpenaiCompletions,
  azureOpenaiEmbeddings,
  groqChat,
  togetherChat,
  togetherCompletions,
  openrouterChat,
  mistralChat,
  mistralEmbeddings,
  compatibleChat,
  compatibleCompletions,
  compatibleEmbeddings,
];
