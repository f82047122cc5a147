import type { Endpoint } from '../endpoint.js';
import { cohereEmbed } from './cohere-embed.js';
import { cohereRerank } from './cohere-rerank.js';
import { cohereV1Chat } from './cohere-v1-chat.js';
import { cohereV1Generate } from './cohere-v1-generate.js';
import { cohereV2Chat } from './cohere-v2-chat.js';

/** Cohere's endpoints, in the names of the wire and of the SDK. */
export const cohereEndpoints: readonly Endpoint[] = [
  cohereV2Chat,
  cohereV1Chat,
  cohereV1Generate,
  cohereRerank,
  cohereEmbed,
];
