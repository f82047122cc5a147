import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { metrics } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { expect } from 'chai';
import type { MetricsOptions, Tracing, TracingOptions } from 'spanwright';
import { configureTracing, Metered, Traced } from 'spanwright';
import { state } from '#lib/core/state.js';
import { registeredGlobals } from '../testing/otel-globals.js';
import { eventually } from './accounts.js';
import { OtlpServer } from './otlp-server.js';

interface Said {
  readonly code: string;
  readonly message: string;
}

const work = Metered.wrap(function work() {
  return 1;
});

describe('metrics', () => {
  let server: OtlpServer;
  let tracing: Tracing;
  let said: Said[];

  function configure(options: boolean | MetricsOptions | undefined, more: TracingOptions = {}): void {
    tracing = configureTracing({
      serviceName: 'shop',
      environment: 'spec',
      logger: { warn: (warning: unknown) => said.push(warning as Said) },
      destinations: [{ provider: 'memory' }],
      metrics: options,
      ...more,
    });
  }

  beforeEach(async () => {
    said = [];
    server = await new OtlpServer().start();
  });
  afterEach(async () => {
    await tracing.shutdown(500);
    await server.stop();
    metrics.disable();
  });

  it('are off by default: nothing is registered, measured or sent', async () => {
    configure(undefined);
    work();
    expect(tracing.status()).to.have.property('metrics', 'off');
    expect(registeredGlobals()).to.not.have.property('metrics');
    expect(state.metrics).to.equal(undefined);
    expect(await tracing.flush()).to.have.property('complete', true);
    expect(server.requests).to.deep.equal([]);
  });

  for (const encoding of ['protobuf', 'json'] as const) {
    for (const compression of ['gzip', 'none'] as const) {
      it(`arrive as ${encoding}, compression ${compression}`, async () => {
        configure({ endpoint: server.metricsEndpoint, encoding, compression, headers: { 'x-api-key': 'key' } });
        work();
        work();
        expect(tracing.status()).to.deep.include({ state: 'on', metrics: 'on' });
        expect(await tracing.flush()).to.have.property('complete', true);
        const [request] = server.requests;
        expect(request).to.include({ method: 'POST', path: '/v1/metrics' });
        expect(request?.headers).to.include({
          'content-type': encoding === 'json' ? 'application/json' : 'application/x-protobuf',
          'x-api-key': 'key',
        });
        expect(request?.headers['content-encoding']).to.equal(compression === 'gzip' ? 'gzip' : undefined);
        const [calls, duration] = ['spanwright.calls', 'spanwright.call.duration'].map((name) =>
          server.metrics.find((metric) => metric.name === name),
        );
        expect(calls).to.deep.include({
          name: 'spanwright.calls',
          unit: '{call}',
          kind: 'counter',
          scope: 'spanwright',
          points: [{ attributes: { 'code.function.name': 'work', 'spanwright.outcome': 'ok' }, value: 2 }],
        });
        expect(calls?.resource).to.include({
          'service.name': 'shop',
          'deployment.environment.name': 'spec',
          'telemetry.sdk.language': 'nodejs',
        });
        expect(duration).to.include({ name: 'spanwright.call.duration', unit: 's', kind: 'histogram' });
        expect(duration?.points[0]).to.include({ count: 2 });
        expect(duration?.points[0]?.bounds).to.have.lengthOf(14);
      });
    }
  }

  it('arrive by themselves, at every interval', async () => {
    configure({ endpoint: server.metricsEndpoint, intervalMs: 100 });
    work();
    await eventually(() => server.pointsOf('spanwright.calls')[0]?.value === 1, 'the first export');
    work();
    await eventually(() => server.pointsOf('spanwright.calls')[0]?.value === 2, 'one after it');
  });

  it('need no destination of spans', async () => {
    configure({ endpoint: server.metricsEndpoint }, { destinations: [] });
    work();
    expect(tracing.status()).to.deep.include({ state: 'on', metrics: 'on' });
    await tracing.flush();
    expect(server.pointsOf('spanwright.calls')[0]).to.include({ value: 1 });
  });

  it('are sent by shutdown, with those of calls that it abandons, and are off then', async () => {
    configure({ endpoint: server.metricsEndpoint });
    void Metered.run('open', () => new Promise(() => {}));
    expect(await tracing.shutdown()).to.have.property('complete', true);
    expect(server.pointsOf('spanwright.calls')[0]?.attributes).to.include({ 'spanwright.outcome': 'abandoned' });
    expect(server.pointsOf('spanwright.call.duration')).to.deep.equal([]);
    expect(tracing.status()).to.have.property('metrics', 'off');
    expect(registeredGlobals()).to.not.have.property('metrics');
    expect(state.metrics).to.equal(undefined);
    const count = server.requests.length;
    work();
    await tracing.flush();
    await tracing.shutdown();
    expect(server.requests).to.have.lengthOf(count);
  });

  it('follow a new configuration, and what was measured before goes where it was meant to go', async () => {
    const other = await new OtlpServer().start();
    configure({ endpoint: server.metricsEndpoint });
    const former = tracing;
    work();
    configure({ endpoint: other.metricsEndpoint });
    work();
    work();
    await former.shutdown();
    await tracing.flush();
    expect(server.pointsOf('spanwright.calls')[0]).to.include({ value: 1 });
    expect(other.pointsOf('spanwright.calls')[0]).to.include({ value: 2 });
    configure(undefined);
    await former.shutdown();
    await eventually(() => state.metrics === undefined, 'off after a configuration without them');
    expect(registeredGlobals()).to.not.have.property('metrics');
    await other.stop();
  });

  it('that do not arrive are said once, tell flush, and are in the next export', async () => {
    configure({ endpoint: server.metricsEndpoint, timeoutMs: 200 });
    server.status = 400;
    work();
    expect(await tracing.flush()).to.have.property('complete', false);
    expect(await tracing.flush()).to.have.property('complete', false);
    expect(said.map(({ code }) => code)).to.deep.equal(['EXPORT_FAILED']);
    server.status = 200;
    expect(await tracing.flush()).to.have.property('complete', true);
    expect(said.map(({ code }) => code)).to.deep.equal(['EXPORT_FAILED', 'EXPORT_RECOVERED']);
    expect(server.pointsOf('spanwright.calls')[0]).to.include({ value: 1 });
  });

  it('hold flush and shutdown no longer than their deadlines', async () => {
    configure({ endpoint: server.metricsEndpoint });
    server.delayMs = 3000;
    work();
    const start = performance.now();
    expect(await tracing.flush(50)).to.have.property('complete', false);
    expect(await tracing.shutdown(50)).to.have.property('complete', false);
    expect(performance.now() - start).to.be.below(2000);
  });

  it('leave through requests that are not traced', async () => {
    const { request } = http;
    let requests = 0;
    const traced = Traced.wrap('http.request', (...args: Parameters<typeof request>) => {
      requests++;
      return Reflect.apply(request, http, args);
    });
    http.request = traced as typeof request;
    syncBuiltinESMExports();
    try {
      configure({ endpoint: server.metricsEndpoint, intervalMs: 100 });
      work();
      await eventually(() => server.metrics.length > 0, 'an export by itself');
      await Traced.run('outside', () => tracing.flush());
    } finally {
      http.request = request;
      syncBuiltinESMExports();
    }
    expect(requests).to.be.at.least(2);
    expect(tracing.finishedSpans().map(({ name }) => name)).to.deep.equal(['work', 'outside']);
  });

  it('take no header from the environment that was not meant for their endpoint', async () => {
    process.env['OTEL_EXPORTER_OTLP_TRACES_HEADERS'] = 'x-key=of-traces';
    process.env['OTEL_EXPORTER_OTLP_METRICS_HEADERS'] = 'x-metrics=yes';
    try {
      configure({ endpoint: server.metricsEndpoint, headers: { 'x-own': '1' } });
      work();
      await tracing.flush();
      expect(server.requests[0]?.headers).to.include({ 'x-own': '1', 'x-metrics': 'yes' });
      expect(server.requests[0]?.headers).to.not.have.property('x-key');
      expect(process.env['OTEL_EXPORTER_OTLP_METRICS_HEADERS']).to.equal('x-metrics=yes');
    } finally {
      delete process.env['OTEL_EXPORTER_OTLP_TRACES_HEADERS'];
      delete process.env['OTEL_EXPORTER_OTLP_METRICS_HEADERS'];
    }
  });

  it('go through a meter provider that the application registered before', async () => {
    const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
    const host = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter })] });
    metrics.setGlobalMeterProvider(host);
    configure({ endpoint: server.metricsEndpoint });
    expect(tracing.status()).to.deep.include({ state: 'on', metrics: 'hosted' });
    work();
    expect(await tracing.shutdown()).to.have.property('complete', true);
    expect(metrics.getMeterProvider()).to.equal(host);
    await host.forceFlush();
    const [measured] = exporter.getMetrics();
    expect(measured?.scopeMetrics[0]?.metrics.map(({ descriptor }) => descriptor.name)).to.deep.equal([
      'spanwright.calls',
      'spanwright.call.duration',
    ]);
    expect(server.requests).to.deep.equal([]);
    await host.shutdown();
  });

  it('follow the provider that is registered, when it is another one meanwhile', async () => {
    configure({ endpoint: server.metricsEndpoint });
    work();
    metrics.disable();
    work();
    const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
    const host = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter })] });
    metrics.setGlobalMeterProvider(host);
    work();
    await host.forceFlush();
    await tracing.shutdown();
    expect(metrics.getMeterProvider()).to.equal(host);
    expect(exporter.getMetrics()[0]?.scopeMetrics[0]?.metrics[0]?.dataPoints[0]?.value).to.equal(1);
    expect(server.pointsOf('spanwright.calls')[0]).to.include({ value: 1 });
    await host.shutdown();
  });
});
