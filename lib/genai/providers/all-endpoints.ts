import type { Endpoint } from '../endpoint.js';
import { aiSdkEndpoints } from './ai-sdk.js';
import { anthropicEndpoints } from './anthropic.js';
import { bedrockEndpoints } from './bedrock.js';
import { cohereEndpoints } from './cohere.js';
import { geminiEndpoints } from './gemini.js';
import { langchainEndpoints } from './langchain.js';
import { ollamaEndpoints } from './ollama.js';
import { openaiAgentsEndpoints } from './openai-agents.js';
import { openaiFamily } from './openai-family.js';
import { openaiResponsesEndpoints } from './openai-responses.js';

/** Every endpoint that is known. Among equals the first wins, so the likelier ones stand first. */
export const allEndpoints: readonly Endpoint[] = [
  ...openaiFamily,
  ...openaiResponsesEndpoints,
  ...anthropicEndpoints,
  ...geminiEndpoints,
  ...bedrockEndpoints,
  ...cohereEndpoints,
  ...ollamaEndpoints,
  ...aiSdkEndpoints,
  ...langchainEndpoints,
  ...openaiAgentsEndpoints,
];
