import { metrics } from '@opentelemetry/api';
import { expect } from 'chai';
import type { Tracing } from 'spanwright';
import { configureTracing, Traced } from 'spanwright';
import { CollectedWarnings } from '../collected-warnings.js';
import { eventually } from './accounts.js';
import { OtlpServer } from './otlp-server.js';

describe('the health of destinations as metrics', () => {
  let server: OtlpServer;
  let spans: OtlpServer;
  let tracing: Tracing;
  let warnings: CollectedWarnings;

  beforeEach(async () => {
    warnings = new CollectedWarnings();
    server = await new OtlpServer().start();
    spans = await new OtlpServer().start();
    tracing = configureTracing({
      logger: warnings.logger,
      lastResort: '/dev/null',
      metrics: { endpoint: server.metricsEndpoint },
      destinations: [
        { provider: 'otlp', endpoint: spans.endpoint, maxQueue: 5, batch: { delayMs: 60_000 } },
        { provider: 'memory' },
      ],
    });
  });
  afterEach(async () => {
    await tracing.shutdown(1000);
    await server.stop();
    await spans.stop();
    metrics.disable();
    warnings.stop();
  });

  function valuesOf(name: string): unknown[] {
    return server
      .pointsOf(name)
      .map(({ attributes, value }) => [
        attributes['otel.component.name'],
        ...(attributes['error.type'] === undefined ? [] : [attributes['error.type']]),
        value,
      ]);
  }

  it('says what health() says: accepted, delivered, dropped by reason, queued, bytes, breaker', async () => {
    for (let n = 0; n < 8; n++) Traced.run('work', () => n);
    const { queuedBytes } = tracing.health().destinations['otlp'] ?? expect.fail('no health');
    expect(queuedBytes).to.be.above(5000);
    // Read when it was measured, which is before the spans are flushed.
    const flushed = tracing.flush();
    await flushed;
    await eventually(() => server.metrics.length > 0, 'metrics arrived');
    expect(valuesOf('spanwright.destination.accepted')).to.deep.equal([
      ['otlp', 8],
      ['memory', 8],
    ]);
    expect(valuesOf('otel.sdk.processor.span.queue.capacity')).to.deep.include(['otlp', 5]);
    await tracing.flush();
    expect(valuesOf('otel.sdk.exporter.span.exported')).to.deep.include.members([
      ['otlp', 5],
      ['otlp', 'queue_full', 3],
      ['memory', 8],
    ]);
    expect(valuesOf('otel.sdk.processor.span.queue.size')).to.deep.include(['otlp', 0]);
    expect(valuesOf('spanwright.destination.queue.bytes')).to.deep.include(['otlp', 0]);
    expect(valuesOf('spanwright.destination.breaker.open')).to.deep.include(['otlp', 0]);
    const [time] = server.pointsOf('otel.sdk.exporter.operation.duration');
    expect(time?.attributes).to.deep.equal({
      'otel.component.name': 'otlp',
      'otel.component.type': 'spanwright/otlp',
    });
  });
});
