import { isText } from '../option-checks.js';
import type { BackendPreset } from './preset.js';
import { always } from './preset.js';

/** Arize AX. Source: arize.com/docs/ax, pages on OpenTelemetry and on data regions, read 2026-11-21. */
export const arize: BackendPreset = {
  about: 'Arize AX: LLM observability as a service',
  vocabulary: 'openinference',
  content: 'redacted',
  limits: {},
  fields: {
    spaceId: {
      meaning: 'the id of the Arize space',
      variables: ['ARIZE_SPACE_ID'],
      isNeeded: always,
    },
    apiKey: { meaning: 'the API key of Arize', variables: ['ARIZE_API_KEY'], isSecret: true, isNeeded: always },
    project: {
      meaning: 'the project',
      variables: ['ARIZE_PROJECT_NAME'],
      accepts: isText,
      expected: 'a text that is not empty',
    },
  },
  http: {
    encodings: ['protobuf', 'json'],
    path: () => '/v1/traces',
    regions: {
      us: 'https://otlp.arize.com',
      eu: 'https://otlp.eu-west-1a.arize.com',
      ca: 'https://otlp.ca-central-1a.arize.com',
    },
    defaultUrl: () => 'https://otlp.arize.com',
    endpointVariables: [],
    headers: ({ spaceId, apiKey }) => ({ 'arize-space-id': spaceId, 'arize-api-key': apiKey }),
    resource: ({ project }) => ({ 'openinference.project.name': project }),
  },
  quota: '429',
  example: "{ provider: 'arize', project: 'tickets', region: 'eu' }",
};
