import type { Endpoint } from '../endpoint.js';
import { openaiFamily } from './openai-family.js';

/** Every endpoint that is known. Among equals the first wins, so the likelier ones stand first. */
export const allEndpoints: readonly Endpoint[] = [...openaiFamily];
