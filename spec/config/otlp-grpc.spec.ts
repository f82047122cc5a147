import { expect } from 'chai';
import type { ResolvedConfig } from '#lib/config/resolve.js';
import { resolveConfig } from '#lib/config/resolve.js';
import type { Env } from './resolving.js';

const GENERAL = 'OTEL_EXPORTER_OTLP_ENDPOINT';
const TRACES = 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT';

/** What carries an `otlp` destination where the exporter over gRPC is installed. */
function transportOf(options: object, env: Env = {}): ResolvedConfig['destinations'][number]['transport'] | undefined {
  const destinations = [{ provider: 'otlp', ...options }];
  return resolveConfig({ destinations }, env, '/', undefined, { canLoad: () => true }).destinations[0]?.transport;
}

describe('OTLP over gRPC, where the exporter is installed', () => {
  const CASES: readonly (readonly [options: object, env: Env, endpoint: string])[] = [
    [{ endpoint: 'http://collector:4317' }, {}, 'http://collector:4317'],
    [{ endpoint: 'https://collector:4317/v1/traces' }, {}, 'https://collector:4317'],
    [{ protocol: 'grpc' }, {}, 'http://localhost:4317'],
    [{ protocol: 'grpc', endpoint: 'https://collector' }, {}, 'https://collector'],
    [{}, { [GENERAL]: 'http://collector:4317' }, 'http://collector:4317'],
    [{}, { [TRACES]: 'http://collector:4317/' }, 'http://collector:4317'],
    [{}, { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, 'http://localhost:4317'],
    [{}, { OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'grpc', [GENERAL]: 'http://collector:4000' }, 'http://collector:4000'],
  ];
  for (const [options, env, endpoint] of CASES) {
    it(`is asked for by ${JSON.stringify({ ...options, ...env })}`, () => {
      expect(transportOf(options, env)).to.include({ kind: 'grpc', endpoint });
    });
  }

  it('is not asked for by another port, nor by http at any but 4317', () => {
    expect(transportOf({ endpoint: 'http://collector:4318' })).to.include({ kind: 'http' });
    expect(transportOf({ protocol: 'http', endpoint: 'http://collector:4000' })).to.include({ kind: 'http' });
    expect(transportOf({}, { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' })).to.include({ kind: 'http' });
  });

  it('takes headers, credentials, time and compression as over HTTP', () => {
    const transport = transportOf(
      { endpoint: 'https://me:secret@collector:4317', headers: { 'X-Team': 'red' } },
      { OTEL_EXPORTER_OTLP_COMPRESSION: 'none', OTEL_EXPORTER_OTLP_TIMEOUT: '1234' },
    );
    expect(transport).to.deep.include({
      kind: 'grpc',
      endpoint: 'https://collector:4317',
      compression: 'none',
      timeoutMs: 1234,
      headers: { authorization: `Basic ${Buffer.from('me:secret').toString('base64')}`, 'X-Team': 'red' },
    });
  });
});
