import { expect } from 'chai';

import type { Env } from '../resolving.js';
import { onlyOf, otlpOf, resolve } from '../resolving.js';

interface Case {
  readonly options: Record<string, unknown>;
  readonly env?: Env;
  readonly endpoint: string;
  readonly headers: Record<string, string>;
  readonly resource?: Record<string, string>;
}

const k = { apiKey: 'key-1' };

// By the pages that the presets name, on the days that they name.
const CASES: Readonly<Record<string, readonly Case[]>> = {
  arize: [
    {
      options: { spaceId: 's', ...k, project: 'Ünï 日' },
      endpoint: 'https://otlp.arize.com/v1/traces',
      headers: { 'arize-space-id': 's', 'arize-api-key': 'key-1' },
      resource: { 'openinference.project.name': 'Ünï 日' },
    },
    {
      options: { region: 'eu' },
      env: { ARIZE_SPACE_ID: 's', ARIZE_API_KEY: 'key-1' },
      endpoint: 'https://otlp.eu-west-1a.arize.com/v1/traces',
      headers: { 'arize-space-id': 's', 'arize-api-key': 'key-1' },
    },
    {
      options: { spaceId: 's', ...k, region: 'ca' },
      endpoint: 'https://otlp.ca-central-1a.arize.com/v1/traces',
      headers: { 'arize-space-id': 's', 'arize-api-key': 'key-1' },
    },
  ],
  langwatch: [
    {
      options: k,
      endpoint: 'https://app.langwatch.ai/api/otel/v1/traces',
      headers: { Authorization: 'Bearer key-1' },
    },
    {
      options: {},
      env: { LANGWATCH_API_KEY: 'key-2', LANGWATCH_PROJECT_ID: 'p', LANGWATCH_ENDPOINT: 'http://127.0.0.1:5560/api' },
      endpoint: 'http://127.0.0.1:5560/api/otel/v1/traces',
      headers: { Authorization: 'Bearer key-2', 'X-Project-Id': 'p' },
    },
  ],
  braintrust: [
    {
      options: k,
      endpoint: 'https://api.braintrust.dev/otel/v1/traces',
      headers: { Authorization: 'Bearer key-1', 'x-bt-parent': 'project_name:default-otel-project' },
    },
    {
      options: { parent: 'project_id:7', region: 'eu' },
      env: { BRAINTRUST_API_KEY: 'key-2', BRAINTRUST_PARENT: 'experiment_id:1' },
      endpoint: 'https://api-eu.braintrust.dev/otel/v1/traces',
      headers: { Authorization: 'Bearer key-2', 'x-bt-parent': 'project_id:7' },
    },
    {
      options: {},
      env: {
        BRAINTRUST_API_KEY: 'k',
        BRAINTRUST_PARENT: 'experiment_id:1',
        BRAINTRUST_API_URL: 'http://localhost:8000',
      },
      endpoint: 'http://localhost:8000/otel/v1/traces',
      headers: { Authorization: 'Bearer k', 'x-bt-parent': 'experiment_id:1' },
    },
  ],
  opik: [
    {
      options: { ...k, workspace: 'w', project: 'p' },
      endpoint: 'https://www.comet.com/opik/api/v1/private/otel/v1/traces',
      headers: { Authorization: 'key-1', 'Comet-Workspace': 'w', projectName: 'p' },
    },
    {
      options: { host: 'localhost:5173', project: 'p' },
      endpoint: 'http://localhost:5173/api/v1/private/otel/v1/traces',
      headers: { projectName: 'p' },
    },
    {
      options: { host: 'comet.example.com', ...k },
      endpoint: 'https://comet.example.com/opik/api/v1/private/otel/v1/traces',
      headers: { Authorization: 'key-1' },
    },
    {
      options: {},
      env: {
        OPIK_API_KEY: 'k',
        OPIK_WORKSPACE: 'w',
        OPIK_PROJECT_NAME: 'p',
        OPIK_URL_OVERRIDE: 'http://localhost:5173/api/',
      },
      endpoint: 'http://localhost:5173/api/v1/private/otel/v1/traces',
      headers: { Authorization: 'k', 'Comet-Workspace': 'w', projectName: 'p' },
    },
    {
      options: {},
      env: { OPIK_API_KEY: 'k', OPIK_URL_OVERRIDE: 'https://www.comet.com/opik/api' },
      endpoint: 'https://www.comet.com/opik/api/v1/private/otel/v1/traces',
      headers: { Authorization: 'k' },
    },
  ],
  honeycomb: [
    {
      options: k,
      endpoint: 'https://api.honeycomb.io/v1/traces',
      headers: { 'x-honeycomb-team': 'key-1' },
    },
    {
      options: { region: 'eu', dataset: 'd' },
      env: { HONEYCOMB_API_KEY: 'key-2' },
      endpoint: 'https://api.eu1.honeycomb.io/v1/traces',
      headers: { 'x-honeycomb-team': 'key-2', 'x-honeycomb-dataset': 'd' },
    },
  ],
};

const VIEWS: Readonly<Record<string, object>> = {
  arize: { vocabulary: 'openinference', content: 'redacted', limits: {} },
  langwatch: { vocabulary: 'gen-ai', content: 'redacted', limits: { requestBytes: 10_485_760 } },
  braintrust: { vocabulary: 'gen-ai', content: 'redacted', limits: {} },
  opik: { vocabulary: 'gen-ai', content: 'redacted', limits: {} },
  honeycomb: {
    vocabulary: 'gen-ai',
    content: 'digest',
    limits: { attributeBytes: 65_536, attributesPerSpan: 2000, spanBytes: 1_048_576 },
  },
};

describe('presets of backends', () => {
  for (const [provider, cases] of Object.entries(CASES)) {
    for (const { options, env = {}, endpoint, headers, resource = {} } of cases) {
      it(`send ${provider} with ${JSON.stringify({ ...options, ...env })} to ${endpoint}`, () => {
        const config = resolve({ destinations: [{ provider, ...options }] }, env);
        expect(otlpOf(config)).include({ endpoint, encoding: 'protobuf', compression: 'gzip' });
        expect(otlpOf(config).headers).deep.equal(headers);
        expect(onlyOf(config).resourceAttributes).deep.equal(resource);
        expect(onlyOf(config)).deep.include(VIEWS[provider]);
      });
    }

    it(`${provider} takes JSON as well`, () => {
      const [{ options, env } = { options: {}, env: {} }] = cases;
      const config = resolve({ destinations: [{ provider, ...options, encoding: 'json' }] }, env);
      expect(otlpOf(config).encoding).equal('json');
    });
  }
});
