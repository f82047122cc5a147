import type { BackendPreset } from './preset.js';
import { always } from './preset.js';

const CLOUD = 'smith.langchain.com';
const CLOUD_PATH = '/otel/v1/traces';
const OWN_PATH = '/api/v1/otel/v1/traces';

/** LangSmith. Source: docs.langchain.com/langsmith, trace with OpenTelemetry, and langsmith-sdk, read 2026-08-21. */
export const langsmith: BackendPreset = {
  about: 'LangSmith: traces and evaluations by LangChain; cloud or self-hosted',
  vocabulary: 'gen-ai',
  content: 'redacted',
  limits: {},
  fields: {
    apiKey: {
      meaning: 'the API key of LangSmith',
      variables: ['LANGSMITH_API_KEY'],
      isSecret: true,
      isNeeded: always,
    },
    project: { meaning: 'the project; `default` without one', variables: ['LANGSMITH_PROJECT'] },
  },
  http: {
    encodings: ['protobuf'],
    path: () => CLOUD_PATH,
    hostPath: (_values, { hostname }) => (isCloud(hostname) ? CLOUD_PATH : OWN_PATH),
    // For an installation of one's own the variable holds the prefix of the API, or the first part of it.
    variablePath: (_values, { pathname }) => (pathname.startsWith('/api') ? OWN_PATH : CLOUD_PATH),
    regions: {
      us: `https://api.${CLOUD}`,
      eu: `https://eu.api.${CLOUD}`,
      apac: `https://apac.api.${CLOUD}`,
      aws: `https://aws.api.${CLOUD}`,
    },
    defaultUrl: () => `https://api.${CLOUD}`,
    endpointVariables: ['LANGSMITH_ENDPOINT'],
    headers: ({ apiKey, project }) => ({ 'x-api-key': apiKey, 'Langsmith-Project': project }),
  },
  quota: '429',
  example: "{ provider: 'langsmith', project: 'tickets' }",
};

function isCloud(hostname: string): boolean {
  return hostname.endsWith(`.${CLOUD}`);
}
