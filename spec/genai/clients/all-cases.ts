import type { ClientCase } from '../client-case.js';
import { anthropicCases } from './anthropic.js';
import { azureOpenaiCases } from './azure-openai.js';
import { bedrockCases } from './bedrock.js';
import { cohereCases } from './cohere.js';
import { geminiCases } from './gemini.js';
import { groqCases } from './groq.js';
import { mistralCases } from './mistral.js';
import { ollamaCases } from './ollama.js';
import { openaiResponsesCases } from './openai-responses.js';
import { openaiCases } from './openai.js';
import { togetherCases } from './together.js';

/** Every recorded exchange that is asked for again through a real client. */
export const allCases: readonly ClientCase[] = [
  ...openaiCases,
  ...azureOpenaiCases,
  ...anthropicCases,
  ...groqCases,
  ...togetherCases,
  ...mistralCases,
  ...openaiResponsesCases,
  ...geminiCases,
  ...bedrockCases,
  ...cohereCases,
  ...ollamaCases,
];
