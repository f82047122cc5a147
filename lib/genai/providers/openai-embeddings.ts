import type { Endpoint, Json, Likeness } from '../endpoint.js';
import { textOf } from '../untrusted.js';
import { readEmbeddingInput } from './openai-messages.js';
import { readRequest } from './openai-request.js';
import { readResponse } from './openai-response.js';
import { hasAny, isEmbeddingAnswer, isEmbeddingRequest } from './openai-shape.js';

/** OpenAI's embeddings. */
export const openaiEmbeddings: Endpoint = {
  id: 'openai.embeddings',
  provider: 'openai',
  operation: 'embeddings',
  matchRequest,
  matchResponse,
  readRequest,
  readResponse,
  readInput: readEmbeddingInput,
  readOutput: () => ({}),
};

function matchRequest(value: Json): Likeness {
  if (!isEmbeddingRequest(value)) return 0;
  // A text and a model are all that a request of Responses needs as well.
  const isPlain = !hasAny(value, ['dimensions', 'encoding_format']) && !textOf(value, 'model')?.includes('embed');
  return isPlain ? 1 : 2;
}

/** OpenAI's own has no id; vLLM, Mistral and others give one. */
function matchResponse(value: Json): Likeness {
  return isEmbeddingAnswer(value) && value['object'] === 'list' && value['id'] === undefined ? 2 : 0;
}
