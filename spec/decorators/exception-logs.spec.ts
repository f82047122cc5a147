import { logs } from '@opentelemetry/api-logs';
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { expect } from 'chai';
import { configureTracing, Traced } from 'spanwright';
import type { FinishedSpan, Tracing } from 'spanwright';
import { state } from '#lib/core/state.js';
import { CollectedWarnings } from '../collected-warnings.js';

const VARIABLE = 'OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN';

class Failing {
  @Traced
  outer(): void {
    this.inner();
  }

  @Traced
  inner(): never {
    throw new TypeError('no');
  }
}

describe('exceptions as logs', () => {
  const exporter = new InMemoryLogRecordExporter();
  let tracing: Tracing | undefined;
  let warnings: CollectedWarnings;

  function fail(): { inner: FinishedSpan; outer: FinishedSpan } {
    expect(() => new Failing().outer()).to.throw('no');
    const [inner, outer] = (tracing as Tracing).finishedSpans().slice(-2);
    return { inner: inner as FinishedSpan, outer: outer as FinishedSpan };
  }

  function configure(signal: string | undefined): void {
    if (signal === undefined) delete process.env[VARIABLE];
    else process.env[VARIABLE] = signal;
    tracing = configureTracing({ destinations: [{ provider: 'memory' }], logger: warnings.logger });
    delete process.env[VARIABLE];
  }

  beforeEach(() => {
    warnings = new CollectedWarnings();
    exporter.reset();
  });
  afterEach(async () => {
    await tracing?.shutdown();
    state.exceptionSignal = 'event';
    warnings.stop();
    logs.disable();
  });

  function register(): void {
    logs.setGlobalLoggerProvider(new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter })] }));
  }

  it('are span events by default, whether or not there is a logger', () => {
    register();
    configure(undefined);
    const { inner, outer } = fail();
    expect(inner.events.map(({ name }) => name)).to.deep.equal(['exception']);
    expect(outer.events).to.deep.equal([]);
    expect(exporter.getFinishedLogRecords()).to.deep.equal([]);
  });

  it('are log records of the innermost span, and no events, under `logs`', () => {
    register();
    configure('logs');
    const { inner, outer } = fail();
    expect([...inner.events, ...outer.events]).to.deep.equal([]);
    const records = exporter.getFinishedLogRecords();
    expect(records).to.have.lengthOf(1);
    const [record] = records;
    expect(record).to.include({ eventName: 'exception', severityNumber: 17, severityText: 'ERROR' });
    expect(record?.attributes).to.include({ 'exception.type': 'TypeError', 'exception.message': 'no' });
    expect(record?.attributes['exception.stacktrace']).to.be.a('string').and.contain('TypeError: no');
    expect(record?.spanContext).to.include({
      spanId: inner.spanContext().spanId,
      traceId: inner.spanContext().traceId,
    });
    expect(inner.status).to.deep.equal({ code: 2, message: 'no' });
    expect(outer.attributes).to.include({ 'error.type': 'TypeError' });
    expect(warnings.codes()).to.deep.equal([]);
  });

  it('are both under `logs/dup`', () => {
    register();
    configure('logs/dup');
    const { inner } = fail();
    expect(inner.events.map(({ name }) => name)).to.deep.equal(['exception']);
    expect(exporter.getFinishedLogRecords()).to.have.lengthOf(1);
  });

  for (const signal of ['logs', 'logs/dup']) {
    it(`stay events without a logger provider, and that is said once: ${signal}`, () => {
      configure(signal);
      const spans = [fail(), fail()];
      for (const { inner } of spans) expect(inner.events.map(({ name }) => name)).to.deep.equal(['exception']);
      expect(warnings.codes()).to.deep.equal(['EXCEPTION_LOGS_MISSING']);
    });
  }
});
