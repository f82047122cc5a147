import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import type { NodeTracerConfig, SpanProcessor } from '@opentelemetry/sdk-trace-node';
import {
  AlwaysOffSampler,
  InMemorySpanExporter,
  NodeTracerProvider,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-node';
import { expect } from 'chai';
import { configureTracing, createSpanProcessor, createTracing, Task, Traced } from 'spanwright';
import type { Tracing } from 'spanwright';
import { CollectedWarnings } from '../collected-warnings.js';
import { OtlpServer } from './otlp-server.js';
import { disableGlobals, registeredGlobals } from '../testing/otel-globals.js';

class Service {
  @Traced({ args: true })
  async work(_secret: string): Promise<void> {
    await Promise.resolve();
    trace.getTracer('mine').startSpan('by hand').end();
  }

  @Task('outer')
  async outer(): Promise<void> {
    await this.work('secret');
  }
}

const NAMES = ['by hand', 'Service.work'];

describe('inside a provider of the application', () => {
  let exporter: InMemorySpanExporter;
  let provider: TracerProvider | NodeTracerProvider;
  let warnings: CollectedWarnings;
  let tracing: Tracing | undefined;

  function register(options: NodeTracerConfig = {}): void {
    exporter = new InMemorySpanExporter();
    const own: SpanProcessor[] = [new SimpleSpanProcessor(exporter)];
    const made = new NodeTracerProvider({ ...options, spanProcessors: [...own, ...(options.spanProcessors ?? [])] });
    made.register();
    provider = made;
  }

  const names = (): string[] => exporter.getFinishedSpans().map(({ name }) => name);

  beforeEach(() => {
    warnings = new CollectedWarnings();
    tracing = undefined;
  });
  afterEach(async () => {
    await tracing?.shutdown();
    await provider.shutdown();
    disableGlobals();
    warnings.stop();
  });

  it('decorators reach it without configureTracing, and without content', async () => {
    register();
    await new Service().work('secret');
    expect(names()).to.deep.equal(NAMES);
    expect(exporter.getFinishedSpans()[1]?.attributes).to.deep.equal({ 'code.function.name': 'Service.work' });
  });

  it('configureTracing attaches, sends content to its own destinations alone, and detaches', async () => {
    register();
    const before = registeredGlobals();
    tracing = configureTracing({ serviceName: 'ours', sampling: { ratio: 0 }, destinations: [{ provider: 'memory' }] });
    expect(registeredGlobals()).to.deep.equal(before);
    expect(tracing.status()).to.deep.include({ state: 'hosted' });
    expect(tracing.status().ineffective).to.include.members(['sampling', 'serviceName', 'resource']);
    await new Service().work('secret');
    expect(tracing.finishedSpans().map(({ name }) => name)).to.deep.equal(NAMES);
    expect(tracing.finishedSpans()[1]?.attributes).to.include({ 'spanwright.arguments': '["secret"]' });
    expect(tracing.finishedSpans()[1]?.resource.attributes).to.not.include({ 'service.name': 'ours' });
    expect(JSON.stringify(exporter.getFinishedSpans().map(({ attributes }) => attributes))).to.not.contain('secret');
    await tracing.shutdown();
    await new Service().work('secret');
    expect(names()).to.deep.equal([...NAMES, ...NAMES]);
    expect(tracing.finishedSpans()).to.have.lengthOf(2);
    expect(registeredGlobals()).to.deep.equal(before);
    tracing = configureTracing({ destinations: [{ provider: 'memory' }] });
    await new Service().work('secret');
    expect(tracing.finishedSpans(), 'attached once').to.have.lengthOf(2);
  });

  it('its sampler decides', async () => {
    register({ sampler: new AlwaysOffSampler() });
    tracing = configureTracing({ destinations: [{ provider: 'memory' }] });
    await new Service().work('secret');
    expect(tracing.finishedSpans()).to.deep.equal([]);
  });

  it('its shutdown does not end ours', async () => {
    register();
    tracing = configureTracing({ destinations: [{ provider: 'memory' }] });
    await provider.forceFlush();
    await provider.shutdown();
    expect(tracing.status()).to.have.property('state', 'hosted');
    expect(tracing.health().destinations['memory']).to.include({ accepted: 0 });
  });

  it('createSpanProcessor sends what its provider makes, with content, and follows its shutdown', async () => {
    const server = await new OtlpServer().start();
    const ours = createSpanProcessor({
      destinations: [{ provider: 'otlp', endpoint: server.endpoint, content: 'full' }],
    });
    register({ spanProcessors: [ours] });
    await new Service().outer();
    expect(names()).to.deep.equal([...NAMES, 'task outer']);
    await provider.forceFlush();
    expect(server.spans.map(({ name }) => name)).to.deep.equal([...NAMES, 'task outer']);
    expect(server.spans[1]?.attributes).to.include({ 'spanwright.arguments': '["secret"]' });
    await new Service().work('last');
    await provider.shutdown();
    expect(server.spans).to.have.lengthOf(5);
    await server.stop();
  });

  it('createTracing gets its calls as well, under one trace id', async () => {
    register();
    const scoped = createTracing({ destinations: [{ provider: 'memory' }] }).start();
    const run = (): Promise<void> =>
      Traced.run({ name: 'scoped', tracing: scoped }, () => new Service().work('secret'));
    await run();
    await new Service().work('outside');
    expect(scoped.finishedSpans().map(({ name }) => name)).to.deep.equal([...NAMES, 'scoped']);
    expect(names()).to.deep.equal([...NAMES, 'scoped', ...NAMES]);
    expect(exporter.getFinishedSpans()[0]?.spanContext().traceId).to.equal(
      scoped.finishedSpans()[0]?.spanContext().traceId,
    );
    await scoped.close();
    await run();
    expect(scoped.finishedSpans()).to.have.lengthOf(3);
  });

  it('that comes after configureTracing makes the spans from then on, and that is said once', async () => {
    tracing = configureTracing({ logger: warnings.logger, destinations: [{ provider: 'memory' }] });
    register();
    expect(warnings.codes()).to.deep.equal(['HOST_PROVIDER_SECOND']);
    expect(tracing.status()).to.deep.include({ state: 'hosted', ineffective: ['sampling'] });
    await new Service().work('secret');
    expect(names()).to.deep.equal(NAMES);
    expect(tracing.finishedSpans().map(({ name }) => name)).to.deep.equal(NAMES);
    const spanId = tracing.finishedSpans()[0]?.parentSpanContext?.spanId;
    expect(spanId, 'they nest').to.equal(exporter.getFinishedSpans()[1]?.spanContext().spanId);
    await tracing.shutdown();
    expect(registeredGlobals(), 'its own context manager was refused').to.have.all.keys(
      'trace',
      'context',
      'propagation',
    );
    await new Service().work('secret');
    expect(names()).to.deep.equal([...NAMES, ...NAMES]);
    expect(tracing.finishedSpans()).to.have.lengthOf(2);
  });

  it('that comes after trace.disable() is joined at once, and status() says off in between', async () => {
    tracing = configureTracing({ logger: warnings.logger, destinations: [{ provider: 'memory' }] });
    trace.disable();
    expect(tracing.status()).to.include({ state: 'off', reason: 'trace.disable() took its provider down' });
    register();
    trace.getTracer('mine').startSpan('before any call').end();
    await new Service().work('secret');
    expect(tracing.finishedSpans().map(({ name }) => name)).to.deep.equal(['before any call', ...NAMES]);
    expect(tracing.status()).to.have.property('state', 'hosted');
    expect(warnings.codes()).to.deep.equal([]);
  });

  it('that takes no processor and comes after us is left out, and that is said once', async () => {
    tracing = configureTracing({ logger: warnings.logger, destinations: [{ provider: 'memory' }] });
    provider = new NodeTracerProvider();
    const closed = { getTracer: (name: string) => provider.getTracer(name) };
    expect(trace.setGlobalTracerProvider(closed), 'as OpenTelemetry does').to.equal(false);
    expect(trace.setGlobalTracerProvider(closed)).to.equal(false);
    await new Service().work('secret');
    expect(warnings.codes()).to.deep.equal(['HOST_PROVIDER_SECOND']);
    expect(warnings.seen[0]?.message).to.contain('this one gets no spans');
    expect(tracing.status()).to.have.property('state', 'on');
    expect(tracing.finishedSpans()).to.have.lengthOf(2);
  });

  it('configureTracing registers ours again after trace.disable()', async () => {
    register();
    tracing = configureTracing({ destinations: [{ provider: 'memory' }] });
    disableGlobals();
    tracing = configureTracing({ destinations: [{ provider: 'memory' }] });
    await new Service().work('secret');
    expect(tracing.status()).to.have.property('state', 'on');
    expect(tracing.finishedSpans()).to.have.lengthOf(2);
    expect(names()).to.deep.equal([]);
    await tracing.shutdown();
    expect(registeredGlobals()).to.deep.equal({});
  });

  it('configureTracing leaves the array of processors and the API as they were', async () => {
    const spanProcessors: SpanProcessor[] = [];
    provider = new TracerProvider({ spanProcessors });
    trace.setGlobalTracerProvider(provider);
    tracing = configureTracing({ destinations: [{ provider: 'memory' }] });
    await new Service().work('secret');
    expect(tracing.finishedSpans()).to.have.lengthOf(2);
    expect(spanProcessors).to.deep.equal([]);
    await tracing.shutdown();
    expect(Object.hasOwn(trace, 'setGlobalTracerProvider')).to.equal(false);
  });

  it('without a context manager is said once, without configureTracing too', async () => {
    provider = new NodeTracerProvider();
    trace.setGlobalTracerProvider(provider);
    await new Service().work('secret');
    await new Service().work('secret');
    expect(warnings.codes()).to.deep.equal(['HOST_CONTEXT_MISSING']);
  });

  it('createSpanProcessor leaves out spans of a provider that is no SDK, and says it once', async () => {
    register();
    const ours = createSpanProcessor({ logger: warnings.logger, destinations: [{ provider: 'console' }] });
    const foreign = { spanContext: () => ({ traceId: '', spanId: '', traceFlags: 1 }) };
    for (let ended = 0; ended < 2; ended++) {
      ours.onStart(foreign, ROOT_CONTEXT);
      ours.onEnd(foreign);
    }
    expect(warnings.codes()).to.deep.equal(['HOST_SPANS_UNREADABLE']);
    await ours.shutdown();
  });

  it('configureTracing says how to attach where it cannot', async () => {
    provider = new NodeTracerProvider();
    trace.setGlobalTracerProvider({ getTracer: (name) => provider.getTracer(name) });
    tracing = configureTracing({ logger: warnings.logger, destinations: [{ provider: 'memory' }] });
    await new Service().work('secret');
    expect(warnings.codes()).to.deep.equal(['HOST_PROVIDER_CLOSED']);
    expect(warnings.seen[0]?.hint).to.contain('createSpanProcessor(options)');
    expect(tracing.status()).to.have.property('state', 'hosted');
  });
});
