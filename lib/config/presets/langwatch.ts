import type { BackendPreset } from './preset.js';
import { always, bearer } from './preset.js';

/** LangWatch. Source: langwatch/langwatch, `server/routes/otel.ts`, read 2026-08-22. */
export const langwatch: BackendPreset = {
  about: 'LangWatch: LLM traces and evaluations; cloud or self-hosted',
  vocabulary: 'gen-ai',
  content: 'redacted',
  // On the wire and after decompression.
  limits: { requestBytes: 10_485_760 },
  fields: {
    apiKey: {
      meaning: 'the API key of the LangWatch project',
      variables: ['LANGWATCH_API_KEY'],
      isSecret: true,
      isNeeded: always,
    },
    projectId: { meaning: 'the id of the project, for personal keys', variables: ['LANGWATCH_PROJECT_ID'] },
  },
  http: {
    encodings: ['protobuf', 'json'],
    path: () => '/api/otel/v1/traces',
    defaultUrl: () => 'https://app.langwatch.ai',
    endpointVariables: ['LANGWATCH_ENDPOINT'],
    headers: ({ apiKey, projectId }) => ({ Authorization: bearer(apiKey), 'X-Project-Id': projectId }),
  },
  quota: '402 when the plan is used up; 413 above 10 MiB',
  example: "{ provider: 'langwatch' }",
};
