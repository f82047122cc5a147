import { genAi } from './gen-ai.js';
import { langfuse } from './langfuse.js';
import { llm } from './llm.js';
import { openinference } from './openinference.js';
import type { Vocabulary, VocabularyName } from './vocabulary.js';

const VOCABULARIES: Readonly<Record<VocabularyName, Vocabulary>> = {
  'gen-ai': genAi,
  openinference,
  langfuse,
  llm,
};

/** The vocabulary of this name. */
export function vocabularyOf(name: VocabularyName): Vocabulary {
  return VOCABULARIES[name];
}

/** The names that `vocabulary` of a destination takes. */
export const VOCABULARY_NAMES = Object.keys(VOCABULARIES) as readonly VocabularyName[];
