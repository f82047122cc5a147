// The rows of docs/reference/providers.md. spec/docs/providers.spec.ts compares them with the client cases, the recordings
// and the sources that specs name.
const AWS = '@aws-sdk/client-bedrock-runtime';
const OLLAMA_PAGE = 'https://github.com/ollama/ollama/blob/01e52d24bc00defcd9bcc6d995b11df0f08bc6f1/docs/api.md';
const COHERE_TYPES =
  'https://github.com/cohere-ai/cohere-developer-experience/blob/7ad5e65adab05150c2bc6fd924dd6f10da20b6ce/fern/openapi/types';
const AI_SDK_PAGES = 'https://ai-sdk.dev/docs/reference/ai-sdk-core';

const NONE = { state: 'none' };
const NOT_READ = { state: 'not read' };

/** Answers that were recorded and are asked for again through `client`; `refusals` are recorded errors. */
function recorded(answers, client, refusals = 0) {
  return { state: 'recorded', answers, client, refusals };
}

/** Errors alone were recorded. */
function refused(refusals, client) {
  return { state: 'none', answers: 0, client, refusals };
}

/** A fixture of `spec` was typed from the page at `url`, of which a copy was read on the day `read`. */
function documented(spec, url, read) {
  return { state: 'documented', spec: `spec/genai/providers/${spec}`, url, read };
}

/** `recordings` names where recordings of it are; without `streamed` there is no such mode. */
function row(provider, call, endpoint, recordings, whole, streamed) {
  return { provider, call, endpoint, recordings, whole, streamed };
}

function invokeModel(family, vendor, answers) {
  const whole = answers === 0 ? NONE : recorded(answers, AWS);
  return row('Bedrock', `InvokeModel, ${family}`, 'bedrock.invoke_model', vendor && `bedrock/${vendor}`, whole, NONE);
}

const openrouterPage = documented('openrouter.spec.ts', 'https://openrouter.ai/docs/responses', '2026-11-21');
const ollamaPage = documented('ollama-documented.spec.ts', OLLAMA_PAGE, '2026-11-21');
const compatible = 'any other that speaks OpenAI’s language';

/** What is known of each call of each provider, as one answer and streamed. */
export const providerRows = [
  row(
    'OpenAI',
    'chat completions',
    'openai.chat_completions',
    'openai',
    recorded(9, 'openai', 1),
    recorded(5, 'openai'),
  ),
  row('OpenAI', 'Responses', 'openai.responses', 'openai', recorded(8, 'openai', 1), recorded(5, 'openai')),
  row('OpenAI', 'completions', 'openai.completions', 'openai', recorded(2, 'openai'), recorded(1, 'openai')),
  row('OpenAI', 'embeddings', 'openai.embeddings', 'openai', recorded(4, 'openai')),
  row(
    'Azure OpenAI',
    'chat completions',
    'azure.openai.chat_completions',
    'azure-openai',
    recorded(3, 'openai'),
    recorded(2, 'openai'),
  ),
  row('Azure OpenAI', 'Responses', 'openai.responses', 'azure-openai', NONE, NONE),
  row('Azure OpenAI', 'completions', 'azure.openai.completions', 'azure-openai', NONE, NONE),
  row('Azure OpenAI', 'embeddings', 'azure.openai.embeddings', 'azure-openai', refused(1, 'openai')),
  row(
    'Anthropic',
    'Messages',
    'anthropic.messages',
    'anthropic',
    recorded(10, '@anthropic-ai/sdk'),
    recorded(5, '@anthropic-ai/sdk'),
  ),
  row('Gemini API', '`generateContent`', 'gemini.generate_content', 'gemini', recorded(1, '@google/genai'), NONE),
  row(
    'Vertex AI',
    '`generateContent`',
    'gemini.generate_content',
    'vertex',
    recorded(6, '@google/genai', 1),
    recorded(1, '@google/genai'),
  ),
  row(
    'Gemini API',
    '`embedContent`',
    'gemini.embed_content',
    'gemini',
    documented(
      'gemini-embeddings.spec.ts',
      'https://ai.google.dev/api/python/google/generativeai/protos/BatchEmbedContentsResponse',
      '2026-11-21',
    ),
  ),
  row(
    'Vertex AI',
    '`embedContent`',
    'gemini.embed_content',
    'vertex',
    documented(
      'gemini-embeddings.spec.ts',
      'https://cloud.google.com/vertex-ai/generative-ai/docs/reference/rest/v1/projects.locations.publishers.models/embedContent',
      '2026-11-21',
    ),
  ),
  invokeModel('Claude', 'anthropic', 5),
  invokeModel('Titan', 'amazon', 1),
  row(
    'Bedrock',
    'InvokeModel, Nova',
    'bedrock.invoke_model',
    undefined,
    documented(
      'bedrock-families.spec.ts',
      'https://docs.aws.amazon.com/nova/latest/userguide/complete-request-schema-response.html',
      '2026-11-21',
    ),
    NONE,
  ),
  invokeModel('Llama', 'meta', 0),
  invokeModel('Command R', 'cohere', 1),
  invokeModel('Mistral', 'mistral', 1),
  invokeModel('Jurassic', 'ai21', 1),
  row('Bedrock', 'InvokeModel, embeddings of Titan and Cohere', 'bedrock.invoke_model', undefined, NONE),
  row('Bedrock', 'Converse, Titan', 'bedrock.converse', 'bedrock/amazon', recorded(1, AWS), NONE),
  row('Bedrock', 'Converse, every other family', 'bedrock.converse', undefined, NONE, NONE),
  row('OpenRouter', 'chat completions', 'openrouter.chat_completions', undefined, openrouterPage, openrouterPage),
  row('OpenRouter', 'completions', 'openrouter.completions', undefined, openrouterPage, NONE),
  row('Ollama', 'chat', 'ollama.chat', 'ollama', recorded(3, 'ollama'), ollamaPage),
  row('Ollama', 'generate', 'ollama.generate', 'ollama', recorded(1, 'ollama'), recorded(1, 'ollama')),
  row('Ollama', 'embed', 'ollama.embed', 'ollama', ollamaPage),
  row('Ollama', 'embeddings', 'ollama.embeddings', 'ollama', ollamaPage),
  row(
    'Mistral',
    'chat completions',
    'mistral.chat_completions',
    'mistral',
    recorded(1, '@mistralai/mistralai'),
    recorded(1, '@mistralai/mistralai'),
  ),
  row('Mistral', 'embeddings', 'mistral.embeddings', 'mistral', recorded(1, '@mistralai/mistralai')),
  row('Groq', 'chat completions', 'groq.chat_completions', 'groq', recorded(1, 'groq-sdk'), recorded(1, 'groq-sdk')),
  row('Cohere', 'chat, version 1', 'cohere.v1_chat', 'cohere', recorded(1, 'cohere-ai'), recorded(1, 'cohere-ai')),
  row('Cohere', 'chat, version 2', 'cohere.v2_chat', 'cohere', recorded(1, 'cohere-ai'), recorded(1, 'cohere-ai')),
  row('Cohere', 'generate', 'cohere.v1_generate', 'cohere', recorded(1, 'cohere-ai'), NONE),
  row('Cohere', 'rerank, version 1', 'cohere.rerank', 'cohere', recorded(1, 'cohere-ai')),
  row('Cohere', 'rerank, version 2', 'cohere.rerank', undefined, NONE),
  row(
    'Cohere',
    'embed',
    'cohere.embed',
    'cohere',
    documented('cohere.spec.ts', `${COHERE_TYPES}/EmbedByTypeResponse.yaml`, '2026-11-21'),
  ),
  row('Together', 'chat completions', 'together.chat_completions', 'together', recorded(1, 'openai'), NONE),
  row('Together', 'completions', 'together.completions', 'together', recorded(1, 'openai'), NONE),
  row(
    'Together',
    'embeddings',
    'together.embeddings',
    'together',
    documented('together.spec.ts', 'https://docs.together.ai/docs/embeddings-rest', '2026-11-21'),
  ),
  row(
    'Vercel AI SDK',
    'result of `generateText`',
    'vercel.ai_sdk',
    undefined,
    documented('ai-sdk-results.ts', `${AI_SDK_PAGES}/generate-text`, '2026-11-21'),
    NOT_READ,
  ),
  row(
    'Vercel AI SDK',
    'result of `embed`',
    'vercel.ai_sdk_embed',
    undefined,
    documented('ai-sdk-results.ts', `${AI_SDK_PAGES}/embed`, '2026-11-21'),
  ),
  row('Vercel AI SDK', 'result of `generateObject`', 'vercel.ai_sdk', undefined, NONE, NOT_READ),
  row('Vercel AI SDK', 'result of `embedMany`', 'vercel.ai_sdk_embed', undefined, NONE),
  row('LangChain', 'messages of a result, in `recordLlmCall`', 'langchain.message', undefined, NONE, NOT_READ),
  row('OpenAI Agents', '`rawResponses` of a result, in `recordLlmCall`', 'openai.agents', undefined, NONE, NOT_READ),
  row(compatible, 'chat completions', 'openai_compatible.chat_completions', undefined, NONE, NONE),
  row(compatible, 'completions', 'openai_compatible.completions', undefined, NONE, NONE),
  row(compatible, 'embeddings', 'openai_compatible.embeddings', undefined, NONE),
];
