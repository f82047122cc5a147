import { anthropicEndpoints } from '#lib/genai/providers/anthropic.js';
import { describeCases } from '../client-replay.js';
import { anthropicCases } from './anthropic.js';

describe('the client of Anthropic', () => {
  describeCases('anthropic', anthropicEndpoints, anthropicCases);
});
