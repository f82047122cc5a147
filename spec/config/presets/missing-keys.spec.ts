import { expect } from 'chai';

import { resolveConfig } from '#lib/config/resolve.js';

import { Folders, errorOf, problemsOf, resolve } from '../resolving.js';

const VARIABLE = 'SPANWRIGHT_DESTINATIONS';

/** What each provider needs, with the variable that it is usually taken from. */
const NEEDED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  arize: { spaceId: 'ARIZE_SPACE_ID', apiKey: 'ARIZE_API_KEY' },
  langfuse: { publicKey: 'LANGFUSE_PUBLIC_KEY', secretKey: 'LANGFUSE_SECRET_KEY' },
  langsmith: { apiKey: 'LANGSMITH_API_KEY' },
  langwatch: { apiKey: 'LANGWATCH_API_KEY' },
  braintrust: { apiKey: 'BRAINTRUST_API_KEY' },
  opik: { apiKey: 'OPIK_API_KEY' },
  honeycomb: { apiKey: 'HONEYCOMB_API_KEY' },
  azure_monitor: { connectionString: 'APPLICATIONINSIGHTS_CONNECTION_STRING' },
  azure_ai: { connectionString: 'APPLICATIONINSIGHTS_CONNECTION_STRING' },
  grafana_cloud: {
    region: 'GRAFANA_CLOUD_ZONE',
    instanceId: 'GRAFANA_CLOUD_INSTANCE_ID',
    token: 'GRAFANA_CLOUD_API_KEY',
  },
  mlflow: { experimentId: 'MLFLOW_EXPERIMENT_ID' },
  logfire: { token: 'LOGFIRE_TOKEN' },
};

const SENDS_WITHOUT = ['phoenix', 'datadog', 'tempo', 'jaeger', 'otlp', 'console', 'memory'];

describe('a destination without its key', () => {
  const folders = new Folders();
  after(() => {
    folders.remove();
  });

  for (const [provider, fields] of Object.entries(NEEDED)) {
    it(`of ${provider} is an error that names field and variable, in code and in a file`, () => {
      const destinations = [{ provider }];
      const cwd = folders.make({ 't.json': JSON.stringify({ destinations }) });
      for (const error of [errorOf({ destinations }), errorOf({ configFile: 't.json' }, {}, cwd)]) {
        expect(error.problems.map(({ path, got }) => [path, got])).deep.equal(
          Object.keys(fields).map((key) => [`destinations[0].${key}`, 'nothing']),
        );
        for (const [key, variable] of Object.entries(fields)) {
          expect(error.message).contain(`destinations[0].${key}`).and.contain(`set ${variable} or give ${key}`);
        }
      }
    });

    it(`of ${provider} stays inactive where the environment names it, and says so once`, () => {
      const config = resolve({}, { [VARIABLE]: `${provider},memory` });
      expect(config.destinations.map(({ name }) => name)).deep.equal(['memory']);
      expect(config.skipped).deep.equal([{ name: provider, reason: 'no key' }]);
      expect(config.warnings).length(1);
      const [{ code, message, hint } = { code: '', message: '' }] = config.warnings;
      expect(code).equal('CONFIG_DESTINATION_INACTIVE');
      expect(message).contain(provider === 'azure_ai' ? 'azure_monitor' : provider);
      for (const [key, variable] of Object.entries(fields)) {
        expect(message).contain(`no ${key}`);
        expect(hint).contain(variable);
      }
    });
  }

  it('is off where nothing else is named', () => {
    expect(resolve({}, { [VARIABLE]: 'honeycomb' })).include({ enabled: false, disabledBy: 'no key' });
  });

  it('stays inactive in a tracing of its own', () => {
    const options = { destinations: [{ provider: 'langsmith' }, { provider: 'memory' }] };
    const config = resolveConfig(options, {}, '/', undefined, { isLenient: true });
    expect(config.skipped).deep.equal([{ name: 'langsmith', reason: 'no key' }]);
    expect(config.warnings.map(({ code }) => code)).deep.equal(['CONFIG_DESTINATION_INACTIVE']);
  });

  it('is none of those that need none', () => {
    for (const provider of SENDS_WITHOUT) {
      const config = resolve({ destinations: [{ provider }] });
      expect([config.destinations.length, config.warnings], provider).deep.equal([1, []]);
    }
  });

  it('is one where the place it sends to asks for a key', () => {
    const cloud = { provider: 'phoenix', host: 'app.phoenix.arize.com/s/mine' };
    expect(problemsOf({ destinations: [cloud] })[0]?.path).equal('destinations[0].apiKey');
    const agentless = { provider: 'datadog', mode: 'agentless' };
    expect(problemsOf({ destinations: [agentless] })[0]).include({
      path: 'destinations[0].apiKey',
      hint: 'set DD_API_KEY or give apiKey',
    });
    expect(resolve({ destinations: [{ provider: 'datadog' }] }, { DD_SITE: 'ddog-gov.com' }).destinations).length(1);
  });

  it('is one as long as only a blank variable is there', () => {
    expect(problemsOf({ destinations: [{ provider: 'honeycomb' }] }, { HONEYCOMB_API_KEY: ' ' })).length(1);
  });
});

describe('variables of vendors', () => {
  it('are listed by name where nothing uses them', () => {
    const env = { LANGFUSE_PUBLIC_KEY: 'pk', LANGFUSE_SECRET_KEY: 'sk', PHOENIX_API_KEY: 'p', DD_SITE: 'datadoghq.eu' };
    const config = resolve({ destinations: [{ provider: 'phoenix' }] }, env);
    expect(config.unused).deep.equal([
      { variable: 'LANGFUSE_PUBLIC_KEY', provider: 'langfuse' },
      { variable: 'LANGFUSE_SECRET_KEY', provider: 'langfuse' },
      { variable: 'DD_SITE', provider: 'datadog' },
    ]);
    expect(config.destinations.map(({ provider }) => provider)).deep.equal(['phoenix']);
    expect(JSON.stringify(config.unused)).not.contain('sk"');
  });

  it('are no unused ones under the other name of Azure', () => {
    const env = { APPLICATIONINSIGHTS_CONNECTION_STRING: 'InstrumentationKey=1' };
    expect(resolve({ destinations: [{ provider: 'azure_ai' }] }, env).unused).deep.equal([]);
  });

  it('beat a file, and code beats them', () => {
    const folders = new Folders();
    const cwd = folders.make({ 't.json': '{"destinations":[{"provider":"logfire","token":"from-file"}]}' });
    const env = { LOGFIRE_TOKEN: 'from-env', SPANWRIGHT_CONFIG: 't.json' };
    expect(resolve({}, env, cwd).sources['destinations.logfire.token']).equal('LOGFIRE_TOKEN');
    const code = { destinations: [{ provider: 'logfire', token: 'from-code' }] };
    expect(resolve(code, env, cwd).sources['destinations.logfire.token']).equal('code');
    folders.remove();
  });

  it('that hold something else are problems of theirs', () => {
    const bad: readonly [provider: string, variable: string, value: string, path: string, rest?: object][] = [
      ['phoenix', 'PHOENIX_COLLECTOR_ENDPOINT', 'localhost', 'endpoint'],
      ['phoenix', 'PHOENIX_ENDPOINT', 'http://localhost:4317', 'endpoint'],
      ['mlflow', 'MLFLOW_TRACKING_URI', 'databricks', 'endpoint', { experimentId: '1' }],
      ['braintrust', 'BRAINTRUST_PARENT', 'tickets', 'parent', { apiKey: 'k' }],
      ['honeycomb', 'HONEYCOMB_API_KEY', 'a\nb: c', 'apiKey'],
      ['datadog', 'DD_SITE', 'https://datadoghq.eu', 'site', { mode: 'agentless', apiKey: 'k' }],
      ['grafana_cloud', 'GRAFANA_CLOUD_ZONE', 'https://a', 'region', { instanceId: '1', token: 't' }],
      ['azure_monitor', 'APPLICATIONINSIGHTS_CONNECTION_STRING', 'nothing', 'connectionString'],
    ];
    for (const [provider, variable, value, key, rest] of bad) {
      const problems = problemsOf({ destinations: [{ provider, ...rest }] }, { [variable]: value });
      expect(problems, variable).length(1);
      expect(problems[0], variable).include({ path: `destinations[0].${key}`, source: variable });
    }
  });
});
