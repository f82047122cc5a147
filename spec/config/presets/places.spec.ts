import { expect } from 'chai';

import type { Env } from '../resolving.js';
import { otlpOf, resolve } from '../resolving.js';
import { NEEDED, whole } from './keys.js';

const endpointOf = (options: object, env: Env = {}): string =>
  otlpOf(resolve({ destinations: [options] }, env)).endpoint;

describe('the place of a backend', () => {
  for (const provider of Object.keys(NEEDED)) {
    it(`of ${provider} is an endpoint: without a path it gets that of the preset, any other stays`, () => {
      const { pathname } = new URL(endpointOf(whole(provider)));
      expect(endpointOf(whole(provider, { endpoint: 'http://127.0.0.1:99' }))).equal(`http://127.0.0.1:99${pathname}`);
      expect(endpointOf(whole(provider, { endpoint: 'https://own.example/' }))).equal(`https://own.example${pathname}`);
      expect(endpointOf(whole(provider, { endpoint: 'https://own/x/' }))).equal('https://own/x/');
    });
  }

  const hosts: readonly [options: object, endpoint: string][] = [
    [whole('langfuse', { host: 'traces.example.com' }), 'https://traces.example.com/api/public/otel/v1/traces'],
    [whole('langfuse', { host: 'localhost:3000' }), 'http://localhost:3000/api/public/otel/v1/traces'],
    [whole('langfuse', { host: 'http://lf:3000/api/public/otel' }), 'http://lf:3000/api/public/otel/v1/traces'],
    [whole('langfuse', { host: 'https://a/base/' }), 'https://a/base/api/public/otel/v1/traces'],
    [whole('langsmith', { host: 'ls.example.com' }), 'https://ls.example.com/api/v1/otel/v1/traces'],
    [whole('langsmith', { host: 'eu.api.smith.langchain.com' }), 'https://eu.api.smith.langchain.com/otel/v1/traces'],
    [
      whole('phoenix', { apiKey: 'k', host: 'https://app.phoenix.arize.com/s/mine' }),
      'https://app.phoenix.arize.com/s/mine/v1/traces',
    ],
    [whole('phoenix', { host: 'http://phoenix:6006/v1/traces' }), 'http://phoenix:6006/v1/traces'],
    [whole('logfire', { host: '[::1]:8080' }), 'http://[::1]:8080/v1/traces'],
    [whole('logfire', { token: 'pylf_v1_eu_abc' }), 'https://logfire-eu.pydantic.dev/v1/traces'],
    [whole('logfire', { token: 'pylf_v1_us_abc' }), 'https://logfire-us.pydantic.dev/v1/traces'],
    [
      whole('grafana_cloud', { region: 'prod-eu-west-2' }),
      'https://otlp-gateway-prod-eu-west-2.grafana.net/otlp/v1/traces',
    ],
    [{ provider: 'langsmith', apiKey: 'k', region: 'apac' }, 'https://apac.api.smith.langchain.com/otel/v1/traces'],
    [{ provider: 'langsmith', apiKey: 'k', region: 'aws' }, 'https://aws.api.smith.langchain.com/otel/v1/traces'],
  ];
  for (const [options, endpoint] of hosts) {
    it(`${JSON.stringify(options)} is ${endpoint}`, () => {
      expect(endpointOf(options)).equal(endpoint);
    });
  }

  const variables: readonly [provider: string, env: Env, endpoint: string][] = [
    ['phoenix', { PHOENIX_COLLECTOR_ENDPOINT: 'http://p:6006/v1/traces' }, 'http://p:6006/v1/traces'],
    ['phoenix', { PHOENIX_COLLECTOR_ENDPOINT: 'http://p:6006' }, 'http://p:6006/v1/traces'],
    ['phoenix', { PHOENIX_ENDPOINT: 'https://p/s/mine' }, 'https://p/s/mine/v1/traces'],
    [
      'langsmith',
      { LANGSMITH_ENDPOINT: 'https://api.smith.langchain.com' },
      'https://api.smith.langchain.com/otel/v1/traces',
    ],
    ['langsmith', { LANGSMITH_ENDPOINT: 'https://own/api/v1' }, 'https://own/api/v1/otel/v1/traces'],
    ['langsmith', { LANGSMITH_ENDPOINT: 'https://own/api' }, 'https://own/api/v1/otel/v1/traces'],
    ['langfuse', { LANGFUSE_HOST: 'http://h', LANGFUSE_BASEURL: 'http://b' }, 'http://b/api/public/otel/v1/traces'],
    ['langwatch', { LANGWATCH_ENDPOINT: 'https://lw/api/otel/v1/traces' }, 'https://lw/api/otel/v1/traces'],
    ['mlflow', { MLFLOW_TRACKING_URI: 'http://ml:5000/' }, 'http://ml:5000/v1/traces'],
    ['logfire', { LOGFIRE_BASE_URL: 'https://own' }, 'https://own/v1/traces'],
    [
      'grafana_cloud',
      { GRAFANA_CLOUD_ZONE: 'prod-us-east-0' },
      'https://otlp-gateway-prod-eu-west-2.grafana.net/otlp/v1/traces',
    ],
  ];
  for (const [provider, env, endpoint] of variables) {
    it(`of ${provider} with ${JSON.stringify(env)} is ${endpoint}`, () => {
      expect(endpointOf(whole(provider), env)).equal(endpoint);
    });
  }

  it('is the region of the variable where code names none', () => {
    const options = { provider: 'grafana_cloud', instanceId: '1', token: 't' };
    expect(endpointOf(options, { GRAFANA_CLOUD_ZONE: 'prod-us-east-0' })).equal(
      'https://otlp-gateway-prod-us-east-0.grafana.net/otlp/v1/traces',
    );
  });

  it('gives its credentials to a header, under that of the preset', () => {
    const authorization = `Basic ${Buffer.from('a:b').toString('base64')}`;
    const tempo = resolve({ destinations: [{ provider: 'tempo', endpoint: 'https://a:b@tempo' }] });
    expect(otlpOf(tempo)).deep.include({ endpoint: 'https://tempo/v1/traces', headers: { authorization } });
    const logfire = resolve({ destinations: [{ provider: 'logfire', token: 't', endpoint: 'https://a:b@own' }] });
    expect(otlpOf(logfire).headers).deep.equal({ authorization: 't' });
  });

  it('takes headers over those of the preset, in any case', () => {
    const options = { provider: 'opik', apiKey: 'k', headers: { AUTHORIZATION: 'own', 'x-team': 'red' } };
    expect(otlpOf(resolve({ destinations: [options] })).headers).deep.equal({ AUTHORIZATION: 'own', 'x-team': 'red' });
  });

  it('of an unknown backend is an otlp one under its own name', () => {
    const newrelic = { provider: 'otlp', name: 'newrelic', endpoint: 'https://otlp.nr-data.net', vocabulary: 'llm' };
    const config = resolve({ destinations: [newrelic] });
    expect(config.destinations[0]).include({ name: 'newrelic', provider: 'otlp', vocabulary: 'llm' });
    expect(otlpOf(config).endpoint).equal('https://otlp.nr-data.net/v1/traces');
  });
});
