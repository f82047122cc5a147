import type { BackendPreset } from './preset.js';

/** Whatever speaks OTLP. Its variables are those of OpenTelemetry, which have an order of their own. */
export const otlp: BackendPreset = {
  about:
    'any collector or backend that takes OTLP, in a vocabulary of your choice; reads the `OTEL_EXPORTER_OTLP_*` variables',
  vocabulary: 'gen-ai',
  content: 'digest',
  limits: {},
  fields: {},
  http: {
    encodings: ['protobuf', 'json'],
    path: () => '/v1/traces',
    defaultUrl: () => 'http://localhost:4318',
    endpointVariables: [],
    headers: () => ({}),
  },
  quota: 'as the backend has it; the Collector answers 413 above 20 MiB',
  example: "{ provider: 'otlp', endpoint: 'http://collector:4318' }",
};
