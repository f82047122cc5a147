import { expect } from 'chai';

import { otlp, otlpProblem, otlpSource } from './resolving.js';

const TRACES = 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT';
const GENERAL = 'OTEL_EXPORTER_OTLP_ENDPOINT';

describe('the endpoint of an otlp destination', () => {
  const options: Record<string, string> = {
    'http://collector:4318': 'http://collector:4318/v1/traces',
    'http://collector:4318/': 'http://collector:4318/v1/traces',
    ' https://collector ': 'https://collector/v1/traces',
    'https://collector?tenant=a': 'https://collector/v1/traces?tenant=a',
    'https://api.example.com/otlp': 'https://api.example.com/otlp',
    'https://api.example.com/otlp/v1/traces/': 'https://api.example.com/otlp/v1/traces/',
    'https://Api.example.com:443/A//b?c=%7e': 'https://Api.example.com:443/A//b?c=%7e',
  };
  for (const [given, final] of Object.entries(options)) {
    it(`of code "${given}" becomes ${final}`, () => {
      expect(otlp({ endpoint: given }).endpoint).equal(final);
    });
  }

  const general: Record<string, string> = {
    'http://collector:4318': 'http://collector:4318/v1/traces',
    'http://collector:4318/': 'http://collector:4318/v1/traces',
    'https://api.example.com/otlp': 'https://api.example.com/otlp/v1/traces',
    'https://api.example.com/otlp/': 'https://api.example.com/otlp/v1/traces',
    'https://api.example.com/otlp?x=1': 'https://api.example.com/otlp/v1/traces?x=1',
  };
  for (const [given, final] of Object.entries(general)) {
    it(`of ${GENERAL}=${given} becomes ${final}`, () => {
      expect(otlp({}, { [GENERAL]: given }).endpoint).equal(final);
    });
  }

  it(`of ${TRACES} is taken as it is`, () => {
    for (const url of ['http://collector:4318', 'https://api.example.com/otlp']) {
      expect(otlp({}, { [TRACES]: url }).endpoint).equal(url);
    }
  });

  it('goes code, traces variable, general variable, default', () => {
    const env = { [TRACES]: 'http://traces/x', [GENERAL]: 'http://general' };
    const code = { endpoint: 'http://code/x' };
    expect([otlp(code, env).endpoint, otlpSource('endpoint', code, env)]).deep.equal(['http://code/x', 'code']);
    expect([otlp({}, env).endpoint, otlpSource('endpoint', {}, env)]).deep.equal(['http://traces/x', TRACES]);
    const { [GENERAL]: url } = env;
    expect(otlpSource('endpoint', {}, { [GENERAL]: url })).equal(GENERAL);
    expect(otlp({}, { [TRACES]: ' ', [GENERAL]: '' }).endpoint).equal('http://localhost:4318/v1/traces');
  });

  it('on port 4317 is refused with the URL that works', () => {
    const expected = 'OTLP over HTTP at http://collector:4318 (port 4317 speaks gRPC)';
    const path = 'destinations[0].endpoint';
    const url = 'http://collector:4317';
    const hint = 'npm install @opentelemetry/exporter-trace-otlp-grpc to send over gRPC';
    expect(otlpProblem({ endpoint: url })).deep.equal({ path, got: `"${url}"`, expected, source: 'code', hint });
    for (const name of [TRACES, GENERAL]) {
      expect(otlpProblem({}, { [name]: url })).deep.equal({ path, got: `"${url}"`, expected, source: name, hint });
      expect(otlp({ endpoint: 'http://code' }, { [name]: url }).endpoint).equal('http://code/v1/traces');
    }
  });

  it('of a variable that is no URL is refused', () => {
    for (const name of [TRACES, GENERAL]) {
      expect(otlpProblem({}, { [name]: 'collector:4318' })).include({
        expected: 'an http(s) URL such as http://localhost:4318/v1/traces',
        source: name,
      });
    }
  });

  it('gives its credentials to a header, under one that is given', () => {
    const { endpoint, headers } = otlp({ endpoint: 'https://us%40er:p%3A@host/x' });
    expect(endpoint).equal('https://host/x');
    expect(headers).deep.equal({ authorization: `Basic ${Buffer.from('us@er:p:').toString('base64')}` });
    const own = otlp({ endpoint: 'https://a:b@host', headers: { Authorization: 'own' } });
    expect(own).deep.include({ endpoint: 'https://host/v1/traces', headers: { Authorization: 'own' } });
    expect(otlp({ endpoint: 'https://a%zz:b@host/x' }).headers['authorization']).match(/^Basic /);
    expect(otlpSource('headers.authorization', { endpoint: 'https://a:b@host' })).equal('endpoint');
  });
});
