import { expect } from 'chai';
import { printConfig } from '#lib/config/print.js';
import type { Env } from './resolving.js';
import { Folders, problemsOf, resolve } from './resolving.js';

const METRICS = 'OTEL_EXPORTER_OTLP_METRICS_ENDPOINT';
const GENERAL = 'OTEL_EXPORTER_OTLP_ENDPOINT';
const INTERVAL = 'OTEL_METRIC_EXPORT_INTERVAL';

const DEFAULTS = {
  endpoint: 'http://localhost:4318/v1/metrics',
  headers: {},
  encoding: 'protobuf',
  compression: 'gzip',
  timeoutMs: 10_000,
  intervalMs: 60_000,
};

function metricsOf(metrics: unknown, env: Env = {}): unknown {
  return resolve({ metrics }, env).metrics;
}

describe('metrics', () => {
  const folders = new Folders();
  after(() => folders.remove());

  it('are off by default and with false', () => {
    for (const options of [{}, { metrics: false }, { metrics: undefined }]) {
      expect(resolve(options)).to.not.have.property('metrics');
      expect(resolve(options)).to.include({ enabled: false, disabledBy: 'no destination' });
    }
  });

  it('have every default', () => {
    expect(metricsOf(true)).to.deep.equal(DEFAULTS);
    expect(metricsOf({})).to.deep.equal(DEFAULTS);
    const { sources } = resolve({ metrics: true });
    for (const key of ['endpoint', 'encoding', 'compression', 'timeoutMs', 'intervalMs']) {
      expect(sources[`metrics.${key}`], key).to.equal('default');
    }
    expect(sources).to.include({ metrics: 'code' });
  });

  it('switch tracing on without a destination, and are off where it is switched off', () => {
    expect(resolve({ metrics: true })).to.include({ enabled: true });
    expect(resolve({ metrics: true, enabled: false })).to.not.have.property('metrics');
    const killed = resolve({ metrics: true }, { OTEL_SDK_DISABLED: 'true', [INTERVAL]: 'never' });
    expect(killed).to.not.have.property('metrics');
    expect(killed).to.include({ disabledBy: 'OTEL_SDK_DISABLED' });
  });

  it('take code over the variables of metrics over the general ones', () => {
    const env = {
      [METRICS]: 'http://metrics:4318/own',
      [GENERAL]: 'http://general:4318/base/',
      OTEL_EXPORTER_OTLP_METRICS_PROTOCOL: 'http/json',
      OTEL_EXPORTER_OTLP_COMPRESSION: 'none',
      OTEL_EXPORTER_OTLP_METRICS_TIMEOUT: '5',
      OTEL_EXPORTER_OTLP_METRICS_HEADERS: 'a=metrics',
      OTEL_EXPORTER_OTLP_HEADERS: 'a=general,b=general',
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'c=traces',
      [INTERVAL]: '2500',
    };
    expect(metricsOf(true, env)).to.deep.equal({
      endpoint: 'http://metrics:4318/own',
      headers: { a: 'metrics', b: 'general' },
      encoding: 'json',
      compression: 'none',
      timeoutMs: 5,
      intervalMs: 2500,
    });
    expect(metricsOf(true, { [GENERAL]: 'http://general:4318/base/' })).to.include({
      endpoint: 'http://general:4318/base/v1/metrics',
    });
    expect(metricsOf({ endpoint: 'http://code:4318', intervalMs: 100, headers: { B: 'code' } }, env)).to.deep.include({
      endpoint: 'http://code:4318/v1/metrics',
      intervalMs: 100,
      headers: { a: 'metrics', B: 'code' },
    });
    expect(resolve({ metrics: true }, env).sources).to.include({
      'metrics.endpoint': METRICS,
      'metrics.intervalMs': INTERVAL,
      'metrics.headers.b': 'OTEL_EXPORTER_OTLP_HEADERS',
    });
  });

  it('take the variables over the file, and the file where code says true', () => {
    const file = { metrics: { endpoint: 'http://file:4318', intervalMs: 5000, timeoutMs: 7 } };
    const cwd = folders.make({ 'tracing.json': JSON.stringify(file) });
    for (const more of [{}, { metrics: true }]) {
      const resolved = resolve({ configFile: 'tracing.json', ...more }, { [INTERVAL]: '200' }, cwd);
      expect(resolved.metrics).to.deep.include({
        endpoint: 'http://file:4318/v1/metrics',
        intervalMs: 200,
        timeoutMs: 7,
      });
    }
    expect(resolve({ configFile: 'tracing.json', metrics: false }, {}, cwd)).to.not.have.property('metrics');
    expect(resolve({ configFile: 'tracing.json', metrics: { timeoutMs: 9 } }, {}, cwd).metrics).to.include({
      endpoint: DEFAULTS.endpoint,
      timeoutMs: 9,
    });
  });

  it('hold what is allowed', () => {
    const wrong: [unknown, string][] = [
      [5, 'metrics'],
      ['on', 'metrics'],
      [null, 'metrics'],
      [[], 'metrics'],
      [{ endpoint: 'http://localhost:4317' }, 'metrics.endpoint'],
      [{ endpoint: 'nowhere' }, 'metrics.endpoint'],
      [{ intervalMs: 99 }, 'metrics.intervalMs'],
      [{ intervalMs: 3_600_001 }, 'metrics.intervalMs'],
      [{ intervalMs: 1000.5 }, 'metrics.intervalMs'],
      [{ timeoutMs: 0 }, 'metrics.timeoutMs'],
      [{ encoding: 'grpc' }, 'metrics.encoding'],
      [{ compression: 'zstd' }, 'metrics.compression'],
      [{ headers: { 'a b': 'c' } }, 'metrics.headers["a b"]'],
      [{ interval: 5 }, 'metrics.interval'],
    ];
    for (const [metrics, path] of wrong) {
      expect(
        problemsOf({ metrics }).map((problem) => problem.path),
        path,
      ).to.deep.equal([path]);
    }
    expect(problemsOf({ metrics: { endpoint: 'nowhere' } })[0]?.expected).to.contain('/v1/metrics');
    expect(problemsOf({ metrics: true }, { [INTERVAL]: '5' })[0]).to.include({
      path: 'metrics.intervalMs',
      source: INTERVAL,
      expected: 'a whole number from 100 to 3,600,000',
    });
    expect(resolve({ destinations: [{ provider: 'memory' }] }, { [INTERVAL]: '5' })).to.include({ enabled: true });
  });

  it('are skipped in CI beyond this machine, and sent where that is asked for', () => {
    const metrics = { endpoint: 'https://collector.example.com' };
    const skipped = resolve({ metrics }, { CI: 'true' });
    expect(skipped).to.not.have.property('metrics');
    expect(skipped.skipped).to.deep.equal([{ name: 'metrics', reason: 'ci' }]);
    expect(skipped).to.include({ enabled: false, disabledBy: 'CI' });
    expect(skipped.warnings.map(({ code }) => code)).to.deep.equal(['CONFIG_DESTINATION_SKIPPED']);
    expect(resolve({ metrics: true }, { CI: 'true' })).to.have.property('metrics');
    expect(resolve({ metrics }, { CI: 'true', SPANWRIGHT_ENABLE_IN_CI: 'true' })).to.have.property('metrics');
  });

  it('are printed without their secrets', () => {
    const endpoint = 'https://user:word@collector.example.com/?api_key=secret';
    const printed = printConfig(resolve({ metrics: { endpoint, headers: { 'x-key': 'secret' } } }));
    expect(printed['metrics']).to.deep.include({ headers: { authorization: '***', 'x-key': '***' } });
    expect(JSON.stringify(printed)).to.not.match(/secret|word/);
  });
});
