import type { BackendPreset } from './preset.js';
import { bearer } from './preset.js';

/** Arize Phoenix, on one's own machine or in its cloud. Source: Arize-ai/phoenix, `routers/v1/traces.py`, read 2026-08-21. */
export const phoenix: BackendPreset = {
  about: 'Arize Phoenix: LLM traces and evaluations, open source',
  vocabulary: 'openinference',
  content: 'redacted',
  limits: {},
  fields: {
    apiKey: {
      meaning: 'the API key of Phoenix',
      variables: ['PHOENIX_API_KEY'],
      isSecret: true,
      isNeeded: (_values, { hostname }) => hostname === 'app.phoenix.arize.com',
    },
    project: { meaning: 'the project', variables: ['PHOENIX_PROJECT', 'PHOENIX_PROJECT_NAME'] },
  },
  http: {
    encodings: ['protobuf'],
    path: () => '/v1/traces',
    defaultUrl: () => 'http://localhost:6006',
    endpointVariables: ['PHOENIX_COLLECTOR_ENDPOINT', 'PHOENIX_ENDPOINT'],
    headers: ({ apiKey, project }) => ({ authorization: bearer(apiKey), 'x-project-name': project }),
    // For versions below 15.5, which do not read the header.
    resource: ({ project }) => ({ 'openinference.project.name': project }),
  },
  quota: '503 when its queue is full, sent again',
  example: "{ provider: 'phoenix', project: 'tickets' }",
};
