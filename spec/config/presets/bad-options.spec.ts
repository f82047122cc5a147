import { inspect } from 'node:util';

import { expect } from 'chai';

import { printConfig } from '#lib/config/print.js';

import { errorOf, problemsOf, resolve } from '../resolving.js';
import { whole } from './keys.js';

const SECRET = 'hunter2-x9';

const bad: readonly [provider: string, key: string, value: unknown, expected: RegExp, variable?: string][] = [
  ['phoenix', 'encoding', 'json', /^protobuf, the only encoding/],
  ['phoenix', 'apiKey', `${SECRET}\n`.repeat(2), /HTTP allows in a header/, 'PHOENIX_API_KEY'],
  ['phoenix', 'endpoint', `ftp://${SECRET}@host`, /an http\(s\) URL/, 'PHOENIX_COLLECTOR_ENDPOINT'],
  ['arize', 'spaceId', 5, /HTTP allows in a header/, 'ARIZE_SPACE_ID'],
  ['arize', 'region', 'mars', /^one of us, eu, ca$/],
  ['langfuse', 'secretKey', [SECRET], /HTTP allows in a header/, 'LANGFUSE_SECRET_KEY'],
  ['langfuse', 'host', `ftp://u:${SECRET}@a`, /^a host such as/, 'LANGFUSE_BASE_URL'],
  ['langsmith', 'encoding', 'json', /^protobuf, the only encoding/],
  ['langsmith', 'region', 'us-west', /^one of us, eu, apac, aws$/],
  ['langwatch', 'projectId', '', /HTTP allows in a header/, 'LANGWATCH_PROJECT_ID'],
  ['braintrust', 'parent', 'tickets', /^project_id:<id>/, 'BRAINTRUST_PARENT'],
  ['opik', 'workspace', {}, /HTTP allows in a header/, 'OPIK_WORKSPACE'],
  ['honeycomb', 'apiKey', { a: SECRET }, /HTTP allows in a header/, 'HONEYCOMB_API_KEY'],
  ['datadog', 'mode', 'both', /^one of agent, agentless$/],
  ['datadog', 'site', 'ddog-gov.com', /^a site such as/, 'DD_SITE'],
  ['datadog', 'encoding', 'json', /^protobuf, the only encoding/],
  ['grafana_cloud', 'token', `${SECRET}\r\n1`, /HTTP allows in a header/, 'GRAFANA_CLOUD_API_KEY'],
  ['grafana_cloud', 'region', 'a.b', /^a region such as/, 'GRAFANA_CLOUD_ZONE'],
  ['tempo', 'tenant', 1, /HTTP allows in a header/],
  ['jaeger', 'endpoint', 'http://jaeger:4317', /^OTLP over HTTP at http:\/\/jaeger:4318/],
  ['mlflow', 'encoding', 'json', /^protobuf, the only encoding/],
  ['mlflow', 'experimentId', 0, /HTTP allows in a header/, 'MLFLOW_EXPERIMENT_ID'],
  ['logfire', 'token', null, /HTTP allows in a header/, 'LOGFIRE_TOKEN'],
  ['custom', 'exporter', 'console', /^an object with an export\(\) method/],
  ['azure_monitor', 'connectionString', `Key=${SECRET}`, /InstrumentationKey/, 'APPLICATIONINSIGHTS_CONNECTION_STRING'],
];

describe('bad options of a preset', () => {
  for (const [provider, key, value, expected, variable] of bad) {
    it(`${provider}: ${key} that is ${inspect(value)} is one problem with field and variable, without secrets`, () => {
      const error = errorOf({ destinations: [whole(provider, { [key]: value })] });
      expect(error.problems).length(1);
      const [problem] = error.problems;
      expect(problem?.path).equal(`destinations[0].${key}`);
      expect(problem?.expected).match(expected);
      expect(problem?.hint).equal(variable === undefined ? undefined : `usually taken from ${variable}`);
      expect(inspect(error, { depth: Infinity })).not.contain(SECRET);
    });
  }

  it('are unknown ones of another preset', () => {
    const [problem] = problemsOf({ destinations: [{ provider: 'jaeger', apiKey: SECRET }] });
    expect(problem).include({ path: 'destinations[0].apiKey', got: 'an unknown option' });
  });

  it('tell a provider by a name that is close', () => {
    const near = {
      langfus: 'langfuse',
      'azure-monitor': 'azure_monitor',
      Phoenix: 'phoenix',
      grafanacloud: 'grafana_cloud',
    };
    for (const [wrong, right] of Object.entries(near)) {
      const hint = `did you mean ${right}?`;
      expect(problemsOf({ destinations: [{ provider: wrong }] })[0]).include({ hint });
      expect(problemsOf({}, { SPANWRIGHT_DESTINATIONS: wrong })[0]).include({ hint });
    }
  });

  it('of the variable name no exporter', () => {
    const [problem] = problemsOf({}, { SPANWRIGHT_DESTINATIONS: 'custom' });
    expect(problem).include({ path: 'destinations[0].provider', hint: 'give it in code' });
  });
});

describe('a printed preset', () => {
  it('shows no secret', () => {
    const pem = `-----BEGIN PRIVATE KEY-----\n${SECRET}\n-----END PRIVATE KEY-----`;
    const cert = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';
    const keys = { apiKey: SECRET, spaceId: SECRET, publicKey: SECRET, secretKey: SECRET, token: SECRET };
    const options = { ...keys, instanceId: SECRET, region: 'eu-west-2', workspace: SECRET, project: 'p', tenant: 't' };
    const known = {
      arize: ['spaceId', 'apiKey'],
      langfuse: ['publicKey', 'secretKey'],
      honeycomb: ['apiKey'],
      opik: ['apiKey', 'workspace'],
      grafana_cloud: ['instanceId', 'token', 'region'],
      logfire: ['token'],
    };
    const destinations: object[] = Object.entries(known).map(([provider, names]) => ({
      provider,
      ...Object.fromEntries(Object.entries(options).filter(([name]) => names.includes(name))),
    }));
    class OwnExporter {
      readonly password = SECRET;
      export(): void {}
    }
    destinations.push(
      { provider: 'custom', exporter: new OwnExporter() },
      { provider: 'azure_monitor', connectionString: `InstrumentationKey=${SECRET}` },
      { provider: 'otlp', endpoint: 'https://collector', tls: { cert, key: pem }, headers: { 'x-a': SECRET } },
    );
    const config = resolve({ destinations }, { HTTPS_PROXY: `http://user:${SECRET}@proxy:3128` });
    const printed = printConfig(config);
    expect(inspect(config, { depth: Infinity })).contain(SECRET);
    expect(inspect(printed, { depth: Infinity, showHidden: true })).not.contain(SECRET);
    const transports = (printed['destinations'] as { transport: Record<string, unknown> }[]).map(
      (one) => one.transport,
    );
    expect(transports.find(({ kind }) => kind === 'custom')).include({ exporter: 'own' });
    expect(transports.at(-1)).deep.include({ tls: { cert: 'given', key: '***' }, proxy: 'http://***@proxy:3128' });
  });
});
