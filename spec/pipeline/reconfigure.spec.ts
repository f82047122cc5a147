import { trace } from '@opentelemetry/api';
import { expect } from 'chai';
import { configureTracing, getTracing, Traced } from 'spanwright';
import { registeredGlobals } from '../testing/otel-globals.js';
import { expectBalanced, expectCallsBalanced } from './accounts.js';
import { OtlpServer } from './otlp-server.js';

class Service {
  @Traced({ attributes: (id: number) => ({ id }) })
  async work(_id: number, until: Promise<void>): Promise<void> {
    await until;
    this.inner();
  }

  @Traced
  inner(): void {}
}

describe('configureTracing called again', () => {
  it('loses no call in flight and records none twice', async () => {
    const server = await new OtlpServer().start();
    const first = configureTracing({
      destinations: [{ provider: 'memory' }, { provider: 'otlp', endpoint: server.endpoint }],
    });
    const service = new Service();
    let open: (() => void) | undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const ids = Array.from({ length: 1000 }, (_, id) => id);
    const half = ids.map((id) => service.work(id, id < 500 ? Promise.resolve() : gate));
    await Promise.all(half.slice(0, 500));
    expect(first.finishedSpans()).to.have.lengthOf(1000);

    const second = configureTracing({ destinations: [{ provider: 'memory', maxSpans: 5000 }] });
    expect(getTracing()).to.equal(second);
    open?.();
    await Promise.all(half);
    await first.shutdown();

    const spans = [...first.finishedSpans(), ...second.finishedSpans()];
    expect(spans).to.have.lengthOf(2000);
    expect(new Set(spans.map((span) => span.spanContext().spanId))).to.have.lengthOf(2000);
    const works = spans.filter(({ name }) => name === 'Service.work');
    expect(works.map(({ attributes }) => attributes['id']).toSorted((a, b) => Number(a) - Number(b))).to.deep.equal(
      ids,
    );
    expect(works.every(({ attributes }) => attributes['spanwright.outcome'] === undefined)).to.equal(true);
    const byId = new Map(spans.map((span) => [span.spanContext().spanId, span]));
    for (const { name, parentSpanContext } of spans) {
      if (name === 'Service.inner') expect(byId.get(parentSpanContext?.spanId ?? '')?.name).to.equal('Service.work');
    }
    expect(server.spans, 'the former destinations are drained').to.have.lengthOf(1000);
    expectBalanced(first.health().destinations['otlp']);
    expectCallsBalanced(second.health());
    await second.shutdown();
    await server.stop();
  });

  it('keeps one provider, and tracers that were obtained before', async () => {
    const first = configureTracing({ destinations: [{ provider: 'memory' }] });
    const tracer = trace.getTracer('kept');
    const before = registeredGlobals();
    const second = configureTracing({ destinations: [{ provider: 'memory' }] });
    expect(first.status(), 'the former is shut down').to.have.property('state', 'off');
    await first.shutdown();
    expect(registeredGlobals()).to.deep.equal(before);
    tracer.startSpan('by hand').end();
    expect(first.finishedSpans()).to.deep.equal([]);
    expect(second.finishedSpans().map(({ name }) => name)).to.deep.equal(['by hand']);
    expect(first.status()).to.have.property('state', 'off');
    expect(second.status()).to.have.property('state', 'on');
    await second.shutdown();
  });

  it('swaps sampling, resource and content with it', async () => {
    const service = new Service();
    const work = Traced.wrap({ name: 'work', args: true }, (text: string) => text);
    const first = configureTracing({ serviceName: 'first', destinations: [{ provider: 'memory' }] });
    work('a');
    const second = configureTracing({
      serviceName: 'second',
      sampling: { ratio: 0 },
      destinations: [{ provider: 'memory' }],
    });
    work('b');
    service.inner();
    const third = configureTracing({ serviceName: 'third', destinations: [{ provider: 'memory', content: 'none' }] });
    work('c');
    expect(first.finishedSpans()[0]?.resource.attributes).to.include({ 'service.name': 'first' });
    expect(first.finishedSpans()[0]?.attributes).to.have.property('spanwright.arguments');
    expect(second.finishedSpans()).to.deep.equal([]);
    expect(third.finishedSpans()[0]?.resource.attributes).to.include({ 'service.name': 'third' });
    expect(third.finishedSpans()[0]?.attributes).to.not.have.property('spanwright.arguments');
    await third.shutdown();
  });

  it('with nothing to send switches off, and on again', async () => {
    const before = registeredGlobals();
    const first = configureTracing({ destinations: [{ provider: 'memory' }] });
    const off = configureTracing();
    await first.shutdown();
    expect(off.status()).to.have.property('state', 'off');
    expect(registeredGlobals()).to.deep.equal(before);
    new Service().inner();
    const again = configureTracing({ destinations: [{ provider: 'memory' }] });
    new Service().inner();
    expect(again.finishedSpans()).to.have.lengthOf(1);
    await again.shutdown();
  });

  it('with options that are wrong leaves the former in force', async () => {
    const first = configureTracing({ destinations: [{ provider: 'memory' }] });
    expect(() => configureTracing({ destinations: [{ provider: 'nowhere' } as never] })).to.throw('[CONFIG_INVALID]');
    new Service().inner();
    expect(getTracing()).to.equal(first);
    expect(first.finishedSpans()).to.have.lengthOf(1);
    await first.shutdown();
  });
});
