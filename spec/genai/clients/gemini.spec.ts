import { geminiEndpoints } from '#lib/genai/providers/gemini.js';
import { describeCases } from '../client-replay.js';
import { geminiCases, withWords } from './gemini.js';

describe('the client of Google', () => {
  describeCases('gemini', geminiEndpoints, geminiCases, withWords);
});
