import { expect } from 'chai';

import { resolveConfig } from '#lib/config/resolve.js';

import type { Env } from './resolving.js';
import { Folders, onlyOf, otlp, otlpOf, otlpProblem, problemsOf, resolve } from './resolving.js';

const PEM = { ca: 'CERTIFICATE', cert: 'CERTIFICATE', key: 'PRIVATE KEY' } as const;
const pem = (part: keyof typeof PEM): string => `-----BEGIN ${PEM[part]}-----\n${part}\n-----END ${PEM[part]}-----\n`;
const all = { ca: pem('ca'), cert: pem('cert'), key: pem('key') };

describe('certificates of a destination', () => {
  const folders = new Folders();
  after(() => {
    folders.remove();
  });

  it('are texts or files', () => {
    const cwd = folders.make({ 'ca.pem': all.ca, 'sub/key.pem': all.key });
    const tls = { ca: 'ca.pem', cert: all.cert, key: 'sub/key.pem' };
    for (const provider of ['otlp', 'jaeger']) {
      expect(otlpOf(resolve({ destinations: [{ provider, tls }] }, {}, cwd)).tls).deep.equal(all);
    }
  });

  it('of an otlp destination come from variables, that of traces first', () => {
    const cwd = folders.make({ 'ca.pem': all.ca, 'other.pem': pem('key'), 'cert.pem': all.cert, 'key.pem': all.key });
    const env = {
      OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE: 'ca.pem',
      OTEL_EXPORTER_OTLP_CERTIFICATE: 'other.pem',
      OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE: 'cert.pem',
      OTEL_EXPORTER_OTLP_CLIENT_KEY: 'key.pem',
    };
    expect(otlpOf(resolve({ destinations: [{ provider: 'otlp' }] }, env, cwd)).tls).deep.equal(all);
    expect(otlpOf(resolve({ destinations: [{ provider: 'jaeger' }] }, env, cwd)).tls).deep.equal({});
  });

  it('that cannot be read are problems, and no key is shown', () => {
    expect(otlpProblem({ tls: { ca: '/nowhere/ca.pem' } })).include({
      path: 'destinations[0].tls.ca',
      got: '"/nowhere/ca.pem"',
      expected: 'PEM text or the path of a file that holds it',
    });
    const problems = problemsOf({ destinations: [{ provider: 'otlp', tls: { cert: all.cert, key: 'sEcReT' } }] });
    expect(problems.map(({ path, got }) => [path, got])).deep.equal([['destinations[0].tls.key', '***']]);
    expect(otlpProblem({}, { OTEL_EXPORTER_OTLP_CERTIFICATE: '/nowhere' })?.source).equal(
      'OTEL_EXPORTER_OTLP_CERTIFICATE',
    );
  });

  it('of a client are a pair', () => {
    expect(otlpProblem({ tls: { cert: all.cert } })).include({ path: 'destinations[0].tls.key', got: 'nothing' });
    expect(otlpProblem({ tls: { key: all.key } })).include({ path: 'destinations[0].tls.cert', got: 'nothing' });
  });
});

describe('the proxy of a destination', () => {
  const cases: readonly [endpoint: string, env: Env, proxy: string | undefined][] = [
    ['https://a.example', { HTTPS_PROXY: 'http://proxy:3128' }, 'http://proxy:3128'],
    ['https://a.example', { https_proxy: 'proxy:3128', HTTPS_PROXY: 'http://other' }, 'http://proxy:3128'],
    ['https://a.example', { HTTP_PROXY: 'http://proxy:3128' }, undefined],
    ['http://a.example', { http_proxy: 'http://proxy:3128' }, 'http://proxy:3128'],
    ['http://localhost:4318', { HTTP_PROXY: 'http://proxy:3128' }, undefined],
    ['http://127.0.0.5:4318', { HTTP_PROXY: 'http://proxy:3128' }, undefined],
    ['http://[::1]:4318', { HTTP_PROXY: 'http://proxy:3128' }, undefined],
    ['https://a.example', { HTTPS_PROXY: 'http://proxy', NO_PROXY: '*' }, undefined],
    ['https://a.example', { HTTPS_PROXY: 'http://proxy', no_proxy: 'b.example, A.Example' }, undefined],
    ['https://x.a.example', { HTTPS_PROXY: 'http://proxy', NO_PROXY: '.a.example' }, undefined],
    ['https://x.a.example', { HTTPS_PROXY: 'http://proxy', NO_PROXY: '*.a.example' }, undefined],
    ['https://x.a.example', { HTTPS_PROXY: 'http://proxy', NO_PROXY: 'a.example' }, undefined],
    ['https://xa.example', { HTTPS_PROXY: 'http://proxy', NO_PROXY: 'a.example' }, 'http://proxy'],
    ['https://a.example', { HTTPS_PROXY: 'http://proxy', NO_PROXY: 'a.example:443' }, undefined],
    ['https://a.example:8443', { HTTPS_PROXY: 'http://proxy', NO_PROXY: 'a.example:443' }, 'http://proxy'],
  ];
  for (const [endpoint, env, proxy] of cases) {
    it(`to ${endpoint} with ${JSON.stringify(env)} is ${proxy ?? 'none'}`, () => {
      expect(otlp({ endpoint }, env).proxy).equal(proxy);
    });
  }

  it('that is none of http warns and is left out', () => {
    const config = resolve(
      { destinations: [{ provider: 'otlp', endpoint: 'https://a' }] },
      { HTTPS_PROXY: 'socks5://p' },
    );
    expect(otlpOf(config)).not.have.property('proxy');
    expect(config.warnings.map(({ code }) => code)).deep.equal(['CONFIG_VARIABLE_IGNORED']);
  });
});

describe('an otlp destination over gRPC', () => {
  const grpc = (options: object, env: Env = {}): object =>
    onlyOf(
      resolveConfig({ destinations: [{ provider: 'otlp', ...options }] }, env, '/', undefined, { canLoad: () => true }),
    ).transport;

  it('is one by protocol, by port and by variable', () => {
    const rest = { kind: 'grpc', headers: {}, compression: 'gzip', timeoutMs: 10_000, tls: {} };
    const PROTOCOL = 'OTEL_EXPORTER_OTLP_PROTOCOL';
    const GENERAL = 'OTEL_EXPORTER_OTLP_ENDPOINT';
    const local = { ...rest, endpoint: 'http://localhost:4317' };
    expect(grpc({ protocol: 'grpc' })).deep.equal(local);
    expect(grpc({}, { [PROTOCOL]: 'grpc' })).deep.equal(local);
    expect(grpc({ endpoint: 'http://c:4317' })).deep.equal({ ...rest, endpoint: 'http://c:4317' });
    expect(grpc({}, { [GENERAL]: 'http://c:4317/' })).deep.equal({ ...rest, endpoint: 'http://c:4317' });
    expect(grpc({ protocol: 'grpc', endpoint: 'https://c/x' })).deep.equal({ ...rest, endpoint: 'https://c' });
    expect(grpc({ protocol: 'grpc', endpoint: 'https://a:b@c', headers: { x: 'y' } })).deep.include({
      headers: { authorization: `Basic ${Buffer.from('a:b').toString('base64')}`, x: 'y' },
    });
  });

  it('is none where code says http, or an encoding of it', () => {
    expect(grpc({ protocol: 'http' }, { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' })).include({ kind: 'http' });
    expect(grpc({ encoding: 'json' }, { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' })).include({
      kind: 'http',
      encoding: 'json',
    });
  });

  it('is one problem with the URL that works where the package is missing', () => {
    const hint = 'npm install @opentelemetry/exporter-trace-otlp-grpc to send over gRPC';
    expect(otlpProblem({ protocol: 'grpc' })).deep.equal({
      path: 'destinations[0].protocol',
      got: '"grpc"',
      expected: 'http, which a collector takes at http://localhost:4318',
      source: 'code',
      hint,
    });
    const both = otlpProblem({ protocol: 'grpc', endpoint: 'http://c:4317' });
    expect(both?.expected).contain('http://c:4318');
    expect(both?.hint).equal(hint);
  });

  it('at its port is refused over http', () => {
    const problem = otlpProblem({ protocol: 'http', endpoint: 'http://c:4317' });
    expect(problem?.expected).equal('OTLP over HTTP at http://c:4318 (port 4317 speaks gRPC)');
    expect(problem).not.have.property('hint');
  });
});
