import type { BackendPreset } from './preset.js';
import { always } from './preset.js';

/** Honeycomb. Source: docs.honeycomb.io, send data with OpenTelemetry, and the limits of its Events API, read 2026-11-20. */
export const honeycomb: BackendPreset = {
  about: 'Honeycomb: traces to query, with a timeline of agents',
  vocabulary: 'gen-ai',
  content: 'digest',
  limits: { attributeBytes: 65_536, attributesPerSpan: 2000, spanBytes: 1_048_576 },
  fields: {
    apiKey: {
      meaning: 'an ingest key of Honeycomb',
      variables: ['HONEYCOMB_API_KEY'],
      isSecret: true,
      isNeeded: always,
    },
    dataset: { meaning: 'the dataset, for Classic keys; otherwise it is the name of the service', variables: [] },
  },
  http: {
    encodings: ['protobuf', 'json'],
    path: () => '/v1/traces',
    regions: { us: 'https://api.honeycomb.io', eu: 'https://api.eu1.honeycomb.io' },
    defaultUrl: () => 'https://api.honeycomb.io',
    endpointVariables: [],
    headers: ({ apiKey, dataset }) => ({ 'x-honeycomb-team': apiKey, 'x-honeycomb-dataset': dataset }),
  },
  quota: '429',
  example: "{ provider: 'honeycomb', region: 'eu' }",
};
