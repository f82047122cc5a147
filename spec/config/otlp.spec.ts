import { expect } from 'chai';

import { otlp, otlpProblem, otlpSource, problemsOf, resolve } from './resolving.js';

const TRACES = 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT';
const GENERAL = 'OTEL_EXPORTER_OTLP_ENDPOINT';

describe('an otlp destination', () => {
  it('has every default', () => {
    expect(otlp()).deep.equal({
      kind: 'http',
      endpoint: 'http://localhost:4318/v1/traces',
      headers: {},
      encoding: 'protobuf',
      compression: 'gzip',
      timeoutMs: 10_000,
      connectTimeoutMs: 5000,
      maxSockets: 10,
      tls: {},
      officialExporter: false,
    });
    for (const key of [
      'endpoint',
      'encoding',
      'compression',
      'timeoutMs',
      'granularity',
      'content',
      'vocabulary',
      'maxQueue',
    ]) {
      expect(otlpSource(key), key).equal('default');
    }
  });

  describe('headers', () => {
    const env = {
      OTEL_EXPORTER_OTLP_HEADERS: 'a=general,b=general,c=general, Authorization = Bearer%20x ',
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'B=traces,c=traces',
    };

    it('merge code over the traces variable over the general one, in any case', () => {
      const headers = { C: 'code' };
      expect(otlp({ headers }, env).headers).deep.equal({
        a: 'general',
        B: 'traces',
        C: 'code',
        Authorization: 'Bearer x',
      });
      expect(otlpSource('headers.a', { headers }, env)).equal('OTEL_EXPORTER_OTLP_HEADERS');
      expect(otlpSource('headers.B', { headers }, env)).equal('OTEL_EXPORTER_OTLP_TRACES_HEADERS');
      expect(otlpSource('headers.C', { headers }, env)).equal('code');
    });

    it('of a variable are pairs that HTTP allows', () => {
      for (const name of Object.keys(env)) {
        for (const text of ['a', '=b', 'a=%zz', 'a b=c', 'a=b%0d%0ac: d', '__proto__=a']) {
          expect(otlpProblem({}, { [name]: text }), text).include({
            path: 'destinations[0].headers',
            got: '***',
            source: name,
          });
        }
      }
    });
  });

  const plain: readonly [key: string, suffix: string, values: Record<string, unknown>, code: unknown, bad: string[]][] =
    [
      [
        'encoding',
        'PROTOCOL',
        { 'http/json': 'json', 'HTTP/Protobuf': 'protobuf' },
        'json',
        ['http', 'json', 'constructor'],
      ],
      ['compression', 'COMPRESSION', { gzip: 'gzip', none: 'none' }, 'none', ['zstd', 'true']],
      ['timeoutMs', 'TIMEOUT', { '1': 1, '2500': 2500 }, 5, ['0', '-1', '1.5', '10s', '600001', '0x10']],
    ];
  for (const [key, suffix, values, code, bad] of plain) {
    describe(key, () => {
      const [traces, general] = [`OTEL_EXPORTER_OTLP_TRACES_${suffix}`, `OTEL_EXPORTER_OTLP_${suffix}`];

      for (const name of [traces, general]) {
        it(`comes from ${name}`, () => {
          for (const [text, value] of Object.entries(values)) {
            expect(otlp({}, { [name]: text })).include({ [key]: value });
            expect(otlpSource(key, {}, { [name]: text })).equal(name);
          }
        });

        it(`refuses another value of ${name}`, () => {
          for (const text of bad) {
            const problem = otlpProblem({}, { [name]: text });
            expect(problem).include({ path: `destinations[0].${key}`, got: `"${text}"`, source: name });
          }
        });
      }

      it('goes code, traces variable, general variable', () => {
        const [first = '', last = ''] = [Object.keys(values)[0], Object.keys(values).at(-1)];
        const env = { [traces]: first, [general]: last };
        expect(otlp({}, env)).include({ [key]: values[first] });
        expect(otlp({ [key]: code }, { [traces]: 'bad', [general]: 'bad' })).include({ [key]: code });
        expect(otlpSource(key, { [key]: code }, env)).equal('code');
      });
    });
  }

  it('is refused over gRPC with the URL that works', () => {
    const expected = 'http/protobuf or http/json, which a collector takes at http://collector:4318';
    const hint = 'npm install @opentelemetry/exporter-trace-otlp-grpc to send over gRPC';
    for (const name of ['OTEL_EXPORTER_OTLP_PROTOCOL', 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL']) {
      const problem = { path: 'destinations[0].encoding', got: '"grpc"', expected, source: name, hint };
      expect(otlpProblem({ endpoint: 'http://collector:4318' }, { [name]: 'grpc' })).deep.equal(problem);
      expect(otlpProblem({}, { [name]: 'grpc', [GENERAL]: 'http://collector:4318' })).deep.equal(problem);
      const url = expected.replace('collector:', 'localhost:');
      expect(otlpProblem({}, { [name]: 'grpc' })).deep.equal({ ...problem, expected: url });
      const both = problemsOf(
        { destinations: [{ provider: 'otlp' }] },
        { [name]: 'grpc', [TRACES]: 'http://collector:4317' },
      );
      expect(both).length(1);
      expect(both[0]).include({ path: 'destinations[0].endpoint', source: TRACES, hint });
    }
  });

  it('alone looks at the variables of OTLP', () => {
    const env = {
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      [GENERAL]: 'http://collector:4317',
      OTEL_EXPORTER_OTLP_HEADERS: 'x',
    };
    expect(resolve({ destinations: [{ provider: 'console' }] }, env).enabled).equal(true);
  });
});
