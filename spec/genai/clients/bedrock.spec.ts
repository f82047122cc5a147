import { bedrockEndpoints } from '#lib/genai/providers/bedrock.js';
import { describeCases } from '../client-replay.js';
import { bedrockCases } from './bedrock.js';

describe('the client of AWS', () => {
  describeCases('bedrock', bedrockEndpoints, bedrockCases);
});
