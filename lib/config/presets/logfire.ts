import type { BackendPreset } from './preset.js';
import { always } from './preset.js';

/** Pydantic Logfire. Source: logfire.pydantic.dev and `logfire` for Node 0.18, read 2026-11-20. */
export const logfire: BackendPreset = {
  about: 'Pydantic Logfire: traces, logs and LLM calls as a service',
  vocabulary: 'gen-ai',
  content: 'redacted',
  limits: { requestBytes: 100_000_000 },
  fields: {
    token: { meaning: 'a write token of Logfire', variables: ['LOGFIRE_TOKEN'], isSecret: true, isNeeded: always },
  },
  http: {
    encodings: ['protobuf', 'json'],
    path: () => '/v1/traces',
    regions: { us: 'https://logfire-us.pydantic.dev', eu: 'https://logfire-eu.pydantic.dev' },
    // A token says the region that it is for.
    defaultUrl: ({ token }) => `https://logfire-${/^pylf_v\d+_eu_/.test(token ?? '') ? 'eu' : 'us'}.pydantic.dev`,
    endpointVariables: ['LOGFIRE_BASE_URL'],
    headers: ({ token }) => ({ authorization: token }),
  },
  quota: '429; 413 above 100 MB',
  example: "{ provider: 'logfire', region: 'eu' }",
};
