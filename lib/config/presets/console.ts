import type { Preset } from './preset.js';

/** Prints to standard output. */
export const console: Preset = {
  about: 'a tree on standard output when the root of a trace ends',
  vocabulary: 'gen-ai',
  content: 'digest',
  limits: {},
  fields: {},
  quota: '',
  example: "{ provider: 'console' }",
};
