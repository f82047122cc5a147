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
  return isOllamaRequest(request) ? 3 : 1;
}

function matchEmbed(request: Json): Likeness {
  if (typeof request['model'] !== 'string' || asTexts(request['input']) === undefined) return 0;
  return isOllamaRequest(request) || typeof request['truncate'] === 'boolean' ? 3 : 1;
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

/** Ollama's endpoints that call a model. */
export const ollamaEndpoints: readonly Endpoint[] = [chat, generate, embed];
