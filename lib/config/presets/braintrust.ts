import { isHeaderText } from '../option-checks.js';
import type { BackendPreset } from './preset.js';
import { always, bearer } from './preset.js';

/** Braintrust. Source: braintrust.dev/docs, OpenTelemetry, and `@braintrust/otel` 1.0.1, read 2026-11-20. */
export const braintrust: BackendPreset = {
  about: 'Braintrust: LLM logs, evaluations and experiments',
  vocabulary: 'gen-ai',
  content: 'redacted',
  limits: {},
  fields: {
    apiKey: {
      meaning: 'the API key of Braintrust',
      variables: ['BRAINTRUST_API_KEY'],
      isSecret: true,
      isNeeded: always,
    },
    parent: {
      meaning: 'where spans go: `project_id:<id>`, `project_name:<name>` or `experiment_id:<id>`',
      variables: ['BRAINTRUST_PARENT'],
      accepts: (value) => isHeaderText(value) && /^\s*(?:project_id|project_name|experiment_id):\S/.test(String(value)),
      expected: 'project_id:<id>, project_name:<name> or experiment_id:<id>',
      // As their own exporter has it: without a parent nothing is taken.
      fallback: 'project_name:default-otel-project',
    },
  },
  http: {
    encodings: ['protobuf', 'json'],
    path: () => '/otel/v1/traces',
    regions: { us: 'https://api.braintrust.dev', eu: 'https://api-eu.braintrust.dev' },
    defaultUrl: () => 'https://api.braintrust.dev',
    endpointVariables: ['BRAINTRUST_API_URL'],
    headers: ({ apiKey, parent }) => ({ Authorization: bearer(apiKey), 'x-bt-parent': parent }),
  },
  quota: '429',
  example: "{ provider: 'braintrust', parent: 'project_name:tickets' }",
};
