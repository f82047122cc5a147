import type { Endpoint, Json, Likeness } from '../endpoint.js';
import type { RequestFacts, ResponseFacts } from '../record.js';
import {
  readOllamaChatInput,
  readOllamaChatOutput,
  readOllamaEmbedInput,
  readOllamaGenerateInput,
  readOllamaGenerateOutput,
} from './ollama-content.js';
import { isOllamaRequest, readOllamaRequest, readOllamaResponse, readOllamaUsage } from './ollama-fields.js';
import { OllamaMerger } from './ollama-stream.js';
import { asCount, asList, asName, asObject, asTexts, present } from '../json-fields.js';

function matchChat(request: Json): Likeness {
  if (typeof request['model'] !== 'string' || !Array.isArray(request['messages'])) return 0;
  return isOllamaRequest(request) ? 3 : 1;
}

function matchGenerate(request: Json): Likeness {
  if (typeof request['model'] !== 'string' || typeof request['prompt'] !== 'string') return 0;
  return isOllamaRequest(request) && !request['model'].includes('embed') ? 3 : 1;
}

function matchEmbed(request: Json): Likeness {
  if (typeof request['model'] !== 'string' || asTexts(request['input']) === undefined) return 0;
  return isOllamaRequest(request) || typeof request['truncate'] === 'boolean' ? 3 : 1;
}

// A generation has the same fields; the model's name may tell, else the answer does.
function matchEmbeddings(request: Json): Likeness {
  const { model, prompt } = request;
  if (typeof model !== 'string' || typeof prompt !== 'string') return 0;
  if (!model.includes('embed')) return 1;
  return isOllamaRequest(request) ? 3 : 2;
}

// `done` is read first: nobody else has it, and where it is missing no other field needs to be looked at.
function matchChatResponse(response: Json): Likeness {
  return typeof response['done'] === 'boolean' && asObject(response['message']) !== undefined ? 3 : 0;
}

function matchGenerateResponse(response: Json): Likeness {
  return typeof response['done'] === 'boolean' && typeof response['response'] === 'string' ? 3 : 0;
}

function matchEmbedResponse(response: Json): Likeness {
  if (!Array.isArray(response['embeddings']) || typeof response['model'] !== 'string') return 0;
  return typeof response['total_duration'] === 'number' ? 3 : 1;
}

// Only `embedding`; Titan on Bedrock and the Vercel AI SDK say more beside it.
function matchEmbeddingsResponse(response: Json): Likeness {
  return Array.isArray(response['embedding']) && Object.keys(response).length === 1 ? 1 : 0;
}

const chat: Endpoint = {
  id: 'ollama.chat',
  provider: 'ollama',
  operation: 'chat',
  matchRequest: matchChat,
  matchResponse: matchChatResponse,
  matchChunk: matchChatResponse,
  readRequest: (request) => ({ request: readOllamaRequest(request) }),
  readResponse: readOllamaResponse,
  readInput: readOllamaChatInput,
  readOutput: readOllamaChatOutput,
  createMerger: () => new OllamaMerger('chat'),
};

const generate: Endpoint = {
  id: 'ollama.generate',
  provider: 'ollama',
  operation: 'text_completion',
  matchRequest: matchGenerate,
  matchResponse: matchGenerateResponse,
  matchChunk: matchGenerateResponse,
  readRequest: (request) => ({ request: readOllamaRequest(request) }),
  readResponse: readOllamaResponse,
  readInput: readOllamaGenerateInput,
  readOutput: readOllamaGenerateOutput,
  createMerger: () => new OllamaMerger('generate'),
};

const embed: Endpoint = {
  id: 'ollama.embed',
  provider: 'ollama',
  operation: 'embeddings',
  matchRequest: matchEmbed,
  matchResponse: matchEmbedResponse,
  readRequest: (request) => ({
    request: present<RequestFacts>({ model: asName(request['model']), dimensions: asCount(request['dimensions']) }),
  }),
  readResponse(response) {
    const vector = asList(response['embeddings'])[0];
    const usage = readOllamaUsage(response);
    return {
      response: present<ResponseFacts>({
        model: asName(response['model']),
        dimensions: Array.isArray(vector) ? vector.length : undefined,
      }),
      ...(usage === undefined ? {} : { usage }),
    };
  },
  readInput: readOllamaEmbedInput,
  readOutput: () => ({}),
};

/** `/api/embeddings`, which `/api/embed` came after. */
const embeddings: Endpoint = {
  id: 'ollama.embeddings',
  provider: 'ollama',
  needsRequest: true,
  operation: 'embeddings',
  matchRequest: matchEmbeddings,
  matchResponse: matchEmbeddingsResponse,
  readRequest: (request) => ({ request: present<RequestFacts>({ model: asName(request['model']) }) }),
  readResponse: (response) => ({
    response: present<ResponseFacts>({ dimensions: asList(response['embedding']).length || undefined }),
  }),
  readInput: (request) => {
    const prompt = asName(request['prompt']);
    return prompt === undefined ? {} : { texts: [prompt] };
  },
  readOutput: () => ({}),
};

/** Ollama's endpoints that call a model. */
export const ollamaEndpoints: readonly Endpoint[] = [chat, generate, embed, embeddings];
