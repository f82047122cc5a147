import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { expect } from 'chai';
import type { Tracing } from 'spanwright';
import { configureTracing, createSpanProcessor, diagnose, health, Traced } from 'spanwright';
import { CollectedWarnings } from '../collected-warnings.js';
import { eventually } from './accounts.js';
import { OtlpServer } from './otlp-server.js';

const codesOf = (): string[] => diagnose().findings.map(({ code }) => code);

describe('diagnose', () => {
  let tracing: Tracing | undefined;
  let warnings: CollectedWarnings;

  beforeEach(() => {
    warnings = new CollectedWarnings();
  });
  afterEach(async () => {
    await tracing?.shutdown(500);
    trace.disable();
    context.disable();
    warnings.stop();
  });

  it('finds nothing wrong where everything stands, and says what stands', () => {
    tracing = configureTracing({ destinations: [{ provider: 'memory' }] });
    const { ok, findings, surroundings } = diagnose();
    expect([ok, findings]).to.deep.equal([true, []]);
    expect(surroundings).to.deep.include({
      node: process.versions.node,
      apiInstances: 1,
      provider: 'spanwright',
      hasContextManager: true,
      hasPropagator: true,
      tracing: 'on',
    });
    expect(surroundings.sdk).to.match(/^2\.\d+/);
    expect(surroundings.api).to.match(/^1\.9/);
  });

  it('says why tracing is off', async () => {
    tracing = configureTracing({ enabled: false, destinations: [{ provider: 'memory' }] });
    const { ok, findings, surroundings } = diagnose();
    expect(ok, 'off is no error').to.equal(true);
    expect(findings[0]).to.include({ code: 'TRACING_OFF', level: 'warning' });
    expect(findings[0]?.message).to.contain('enabled: false');
    expect(surroundings).to.include({ provider: 'none', hasContextManager: false, tracing: 'off' });
  });

  it('finds a provider without a context manager', () => {
    trace.setGlobalTracerProvider(new NodeTracerProvider());
    expect(codesOf()).to.include('HOST_CONTEXT_MISSING');
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    expect(codesOf()).to.not.include('HOST_CONTEXT_MISSING');
  });

  it('finds nothing wrong with a provider that was given createSpanProcessor()', async () => {
    const processor = createSpanProcessor({ destinations: [{ provider: 'memory', name: 'of the host' }] });
    const provider = new NodeTracerProvider({ spanProcessors: [processor] });
    provider.register();
    Traced.run('work', () => 1);
    const { ok, findings } = diagnose();
    expect(health().destinations['of the host']).to.include({ accepted: 1, delivered: 1 });
    expect(ok).to.equal(true);
    expect(findings.map(({ code }) => code)).to.not.include('HOST_PROVIDER_CLOSED');
    await provider.shutdown();
    expect(health().destinations).to.not.have.property('of the host');
  });

  it('finds a provider that lets nobody in', () => {
    class ClosedProvider {
      getTracer(): unknown {
        return trace.getTracer('closed');
      }
    }
    trace.setGlobalTracerProvider(new ClosedProvider() as never);
    tracing = configureTracing({ logger: warnings.logger, destinations: [{ provider: 'memory' }] });
    const { ok, findings, surroundings } = diagnose();
    expect(ok).to.equal(false);
    expect(findings[0]).to.include({ code: 'HOST_PROVIDER_CLOSED', level: 'error' });
    expect(findings[0]?.hint).to.contain('createSpanProcessor');
    expect(surroundings).to.include({ provider: 'ClosedProvider', tracing: 'hosted' });
  });

  it('finds a destination that is down, and what it dropped', async () => {
    const server = await new OtlpServer().start();
    const { endpoint } = server;
    await server.stop();
    tracing = configureTracing({
      logger: warnings.logger,
      lastResort: '/dev/null',
      destinations: [{ provider: 'otlp', endpoint, maxQueue: 2, batch: { delayMs: 5 } }],
    });
    for (let n = 0; n < 5; n++) Traced.run('work', () => n);
    await eventually(() => tracing?.health().destinations['otlp']?.lastError !== undefined, 'a failure');
    const finding = diagnose().findings.find(({ code }) => code === 'EXPORT_FAILED');
    expect(finding).to.include({ level: 'error' });
    expect(finding?.message).to.match(/"otlp": .*ECONNREFUSED.*dropped: 3 queue_full; queued: 2/);
    expect(diagnose().ok).to.equal(false);
  });
});
