import type { BackendPreset } from './preset.js';

/** Jaeger 2. Source: jaegertracing/jaeger 2.20, read 2026-08-20. */
export const jaeger: BackendPreset = {
  about: 'Jaeger 2: traces on one’s own machines',
  vocabulary: 'gen-ai',
  content: 'digest',
  limits: { requestBytes: 20_971_520 },
  fields: {},
  http: {
    encodings: ['protobuf', 'json'],
    path: () => '/v1/traces',
    defaultUrl: () => 'http://localhost:4318',
    endpointVariables: [],
    headers: () => ({}),
  },
  quota: '413 above 20 MiB',
  example: "{ provider: 'jaeger', endpoint: 'http://jaeger:4318' }",
};
