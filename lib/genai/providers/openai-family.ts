import type { Endpoint } from '../endpoint.js';
import { azureOpenaiChat, azureOpenaiCompletions, azureOpenaiEmbeddings } from './azure-openai.js';
import { groqChat } from './groq.js';
import { mistralChat, mistralEmbeddings } from './mistral.js';
import { openaiChat } from './openai-chat.js';
import { compatibleChat, compatibleCompletions, compatibleEmbeddings } from './openai-compatible.js';
import { openaiCompletions } from './openai-completions.js';
import { openaiEmbeddings } from './openai-embeddings.js';
import { openrouterChat, openrouterCompletions } from './openrouter.js';
import { togetherChat, togetherCompletions, togetherEmbeddings } from './together.js';

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
  togetherEmbeddings,
  openrouterChat,
  openrouterCompletions,
  mistralChat,
  mistralEmbeddings,
  compatibleChat,
  compatibleCompletions,
  compatibleEmbeddings,
];
