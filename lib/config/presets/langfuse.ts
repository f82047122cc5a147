import type { BackendPreset } from './preset.js';
import { always, basicAuth } from './preset.js';

/** Langfuse. Source: langfuse/langfuse, `web/src/pages/api/public/otel`, and `@langfuse/otel` 5.11, read 2026-08-22. */
export const langfuse: BackendPreset = {
  about: 'Langfuse: LLM traces, prompts and evaluations; cloud or self-hosted from 3.22 on',
  vocabulary: 'langfuse',
  content: 'redacted',
  limits: { requestBytes: 67_108_864 },
  fields: {
    publicKey: {
      meaning: 'the public key of the Langfuse project',
      variables: ['LANGFUSE_PUBLIC_KEY'],
      isNeeded: always,
    },
    secretKey: {
      meaning: 'the secret key of the Langfuse project',
      variables: ['LANGFUSE_SECRET_KEY'],
      isSecret: true,
      isNeeded: always,
    },
  },
  http: {
    encodings: ['protobuf', 'json'],
    path: () => '/api/public/otel/v1/traces',
    regions: {
      eu: 'https://cloud.langfuse.com',
      us: 'https://us.cloud.langfuse.com',
      jp: 'https://jp.cloud.langfuse.com',
      hipaa: 'https://hipaa.cloud.langfuse.com',
    },
    defaultUrl: () => 'https://cloud.langfuse.com',
    endpointVariables: ['LANGFUSE_BASE_URL', 'LANGFUSE_BASEURL', 'LANGFUSE_HOST'],
    headers: ({ publicKey, secretKey }) => ({
      authorization: basicAuth(publicKey, secretKey),
      // Without it spans are taken and shown late.
      'x-langfuse-ingestion-version': '4',
    }),
  },
  quota: '429 with Retry-After; 403 while the plan is exceeded',
  example: "{ provider: 'langfuse', region: 'us', only: 'llm' }",
};
