import type { Preset } from './preset.js';

/** Appends to a file. */
export const file: Preset = {
  about: 'a file of OTLP JSON, one request a line, readable by its owner alone',
  vocabulary: 'gen-ai',
  content: 'redacted',
  limits: {},
  fields: {},
  quota: '',
  example: "{ provider: 'file', path: 'trace.jsonl' }",
};
