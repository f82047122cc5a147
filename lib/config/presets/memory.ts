import type { Preset } from './preset.js';

/** Keeps spans in the process. */
export const memory: Preset = {
  about: 'the latest spans in the process: `tracing.finishedSpans()`',
  vocabulary: 'gen-ai',
  content: 'full',
  limits: {},
  fields: {},
  quota: '',
  example: "{ provider: 'memory' }",
};
