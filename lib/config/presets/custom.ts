import type { Preset } from './preset.js';

/** Hands spans to an exporter of the application's. */
export const custom: Preset = {
  about: 'an exporter of your own: any `SpanExporter` of OpenTelemetry, or a function; in code only',
  vocabulary: 'gen-ai',
  content: 'digest',
  limits: {},
  fields: {},
  quota: 'what your exporter says',
  example: "{ provider: 'custom', exporter: (spans) => console.log(spans.length) }",
};
