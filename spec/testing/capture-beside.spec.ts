import { trace } from '@opentelemetry/api';
import {
  AlwaysOffSampler,
  InMemorySpanExporter,
  NodeTracerProvider,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-node';
import { expect } from 'chai';
import { configureTracing, Traced } from 'spanwright';
import { captureSpans, expectOneTree } from 'spanwright/testing';
import { disableGlobals, registeredGlobals } from './otel-globals.js';

class Service {
  @Traced({ args: true })
  async work(_secret: string): Promise<void> {
    await Promise.resolve();
    trace.getTracer('mine').startSpan('by hand').end();
  }
}

const EXPECTED = ['by hand', 'Service.work'];

describe('captureSpans beside configureTracing', () => {
  it('sees the same spans, and leaves the tracing alone when it stops', async () => {
    const tracing = configureTracing({ destinations: [{ provider: 'memory', content: 'none' }] });
    const spans = captureSpans();
    await new Service().work('secret');
    spans.stop();
    await new Service().work('secret');
    expect(spans.finished().map(({ name }) => name)).to.deep.equal(EXPECTED);
    expect(tracing.finishedSpans().map(({ name }) => name)).to.deep.equal([...EXPECTED, ...EXPECTED]);
    expect(spans.finished()[1]?.attributes).to.have.property('spanwright.arguments', '["secret"]');
    expect(JSON.stringify(tracing.finishedSpans().map(({ attributes }) => attributes))).to.not.contain('secret');
    await tracing.shutdown();
  });

  it('goes on when the tracing is shut down before it', async () => {
    const before = registeredGlobals();
    const tracing = configureTracing({ destinations: [{ provider: 'memory' }] });
    const spans = captureSpans();
    await tracing.shutdown();
    await new Service().work('secret');
    expectOneTree(spans);
    spans.stop();
    expect(registeredGlobals()).to.deep.equal(before);
  });

  it('records what the tracing samples out, and shows it to nobody else', async () => {
    const tracing = configureTracing({ destinations: [{ provider: 'memory' }], sampling: { ratio: 0 } });
    const all = captureSpans();
    await new Service().work('secret');
    expect(all.finished().map(({ name }) => name)).to.deep.equal(EXPECTED);
    all.stop();
    await captureSpans(async (spans) => {
      await new Service().work('secret');
      expect(spans.finished().map(({ name }) => name)).to.deep.equal(EXPECTED);
    });
    expect(tracing.finishedSpans()).to.deep.equal([]);
    expect(tracing.health().destinations['memory']).to.include({ accepted: 0 });
    await tracing.shutdown();
  });
});

describe('captureSpans inside a provider of the application', () => {
  let exporter: InMemorySpanExporter;
  let provider: NodeTracerProvider;

  function register(options: ConstructorParameters<typeof NodeTracerProvider>[0] = {}): void {
    exporter = new InMemorySpanExporter();
    provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)], ...options });
    provider.register();
  }

  afterEach(async () => {
    await provider.shutdown();
    disableGlobals();
  });

  it('sees its spans and leaves its registrations alone', async () => {
    register();
    const before = registeredGlobals();
    const spans = captureSpans();
    await new Service().work('secret');
    expect(registeredGlobals()).to.deep.equal(before);
    spans.stop();
    await new Service().work('secret');
    expect(spans.finished().map(({ name }) => name)).to.deep.equal(EXPECTED);
    expectOneTree(spans);
    expect(exporter.getFinishedSpans()).to.have.lengthOf(4);
    expect(registeredGlobals()).to.deep.equal(before);
  });

  it('isolates functions that run at the same time', async () => {
    register();
    const counts = await Promise.all(
      [1, 2, 3].map((times) =>
        captureSpans(async (spans) => {
          for (let time = 0; time < times; time++) await new Service().work('secret');
          return spans.finished().length;
        }),
      ),
    );
    expect(counts).to.deep.equal([2, 4, 6]);
    expect(exporter.getFinishedSpans()).to.have.lengthOf(12);
  });

  it('sees nothing where the provider’s sampler takes nothing', async () => {
    register({ sampler: new AlwaysOffSampler() });
    const spans = captureSpans();
    await new Service().work('secret');
    expect(spans.finished()).to.deep.equal([]);
    spans.stop();
  });

  it('sees the calls of its function where the provider lets nobody look on', async () => {
    const closed = new NodeTracerProvider();
    trace.setGlobalTracerProvider({ getTracer: (name) => closed.getTracer(name) });
    provider = closed;
    const before = registeredGlobals()['trace'];
    await captureSpans(async (spans) => {
      await new Service().work('secret');
      expect(spans.finished().map(({ name }) => name)).to.deep.equal(['Service.work']);
    });
    expect(registeredGlobals()['trace']).to.equal(before);
  });
});
