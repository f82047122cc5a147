import type { BackendPreset, PresetValues } from './preset.js';

const API = '/api/v1/private/otel/v1/traces';

// Cloud and enterprise serve it below /opik and want a key; the open source server does neither.
const pathOf = ({ apiKey }: PresetValues): string => (apiKey === undefined ? API : `/opik${API}`);

/** Opik by Comet. Source: comet.com/docs/opik, OpenTelemetry, and `opik` 2.0.40, read 2026-11-20. */
export const opik: BackendPreset = {
  about: 'Opik by Comet: LLM traces and evaluations; cloud, enterprise or open source',
  vocabulary: 'gen-ai',
  content: 'redacted',
  limits: {},
  fields: {
    apiKey: {
      meaning: 'the API key of Comet',
      variables: ['OPIK_API_KEY'],
      isSecret: true,
      isNeeded: (_values, { hostname }) => /(?:^|\.)comet\.com$/.test(hostname),
    },
    workspace: { meaning: 'the workspace', variables: ['OPIK_WORKSPACE'] },
    project: { meaning: 'the project', variables: ['OPIK_PROJECT_NAME'] },
  },
  http: {
    encodings: ['protobuf', 'json'],
    path: pathOf,
    // `OPIK_URL_OVERRIDE` holds the path up to /api.
    hostPath: (values, { pathname }) => (pathname === '/' ? pathOf(values) : API),
    defaultUrl: () => 'https://www.comet.com',
    endpointVariables: ['OPIK_URL_OVERRIDE'],
    headers: ({ apiKey, workspace, project }) => ({
      // Raw: "Bearer" is refused.
      Authorization: apiKey,
      'Comet-Workspace': workspace,
      projectName: project,
    }),
  },
  quota: '429',
  example: "{ provider: 'opik', workspace: 'acme', project: 'tickets' }",
};
