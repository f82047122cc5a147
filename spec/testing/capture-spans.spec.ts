import { trace } from '@opentelemetry/api';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { expect } from 'chai';
import { getTracer, Traced } from 'spanwright';
import { captureSpans } from 'spanwright/testing';
import { state } from '#lib/core/state.js';
import { disableGlobals, registeredGlobals } from './otel-globals.js';

class Service {
  @Traced
  async outer(): Promise<void> {
    await Promise.resolve();
    this.inner();
  }

  @Traced({ result: true })
  inner(): string {
    return 'content';
  }
}

describe('captureSpans', () => {
  it('gives finished spans in the order of their ends, with their content', async () => {
    const spans = captureSpans();
    try {
      const running = new Service().outer();
      expect(spans.finished()).to.deep.equal([]);
      await running;
      const [inner, outer] = spans.finished();
      expect([inner?.name, outer?.name]).to.deep.equal(['Service.inner', 'Service.outer']);
      expect(inner?.attributes).to.include({ 'spanwright.result': '"content"' });
      expect(inner?.parentSpanContext?.spanId).to.equal(outer?.spanContext().spanId);
      expect(inner?.ended).to.equal(true);
      expect(inner?.resource.attributes).to.be.an('object');
      expect(inner?.instrumentationScope.name).to.equal('spanwright');
    } finally {
      spans.stop();
    }
  });

  it('sees spans made by hand, from any tracer, and ones that were sampled out elsewhere', () => {
    const early = trace.getTracer('early');
    const spans = captureSpans();
    try {
      trace.getTracer('mine', '1.2.3').startSpan('by hand').end();
      getTracer().startSpan('ours').end();
      early.startSpan('early').end();
      expect(spans.finished().map(({ name }) => name)).to.deep.equal(['by hand', 'ours', 'early']);
      expect(spans.finished()[0]?.instrumentationScope).to.include({ name: 'mine', version: '1.2.3' });
    } finally {
      spans.stop();
    }
  });

  it('forgets on reset and goes on', () => {
    const spans = captureSpans();
    new Service().inner();
    spans.reset();
    expect(spans.finished()).to.deep.equal([]);
    new Service().inner();
    expect(spans.finished()).to.have.lengthOf(1);
    spans.stop();
  });

  it('keeps what it has after stop, and takes no more', () => {
    const spans = captureSpans();
    new Service().inner();
    const unfinished = trace.getTracer('mine').startSpan('unfinished');
    spans.stop();
    unfinished.end();
    new Service().inner();
    expect(spans.finished().map(({ name }) => name)).to.deep.equal(['Service.inner']);
    spans.reset();
    expect(spans.finished()).to.deep.equal([]);
  });

  it('leaves the globals of OpenTelemetry as they were, and stopping twice changes nothing', () => {
    const before = registeredGlobals();
    const { contentReaders, levelReaders, activeScopes } = state;
    const spans = captureSpans();
    expect(registeredGlobals()).to.have.any.keys('trace', 'context', 'propagation');
    spans.stop();
    spans.stop();
    expect(registeredGlobals()).to.deep.equal(before);
    expect(state).to.include({ contentReaders, levelReaders, activeScopes });
  });

  it('stays until the last of several stops, in any order', () => {
    const before = registeredGlobals();
    const [first, second, third] = [captureSpans(), captureSpans(), captureSpans()];
    first.stop();
    first.stop();
    new Service().inner();
    third.stop();
    new Service().inner();
    expect([first, second, third].map((one) => one.finished().length)).to.deep.equal([0, 2, 1]);
    second.stop();
    expect(registeredGlobals()).to.deep.equal(before);
  });

  it('takes down only what it put up itself', async () => {
    const spans = captureSpans();
    disableGlobals();
    const provider = new NodeTracerProvider();
    provider.register();
    const before = registeredGlobals();
    spans.stop();
    expect(registeredGlobals()).to.deep.equal(before);
    disableGlobals();
    await provider.shutdown();
  });

  it('captures again after a stop, with tracers that were obtained before', () => {
    const tracer = trace.getTracer('kept');
    for (let round = 0; round < 3; round++) {
      const spans = captureSpans();
      tracer.startSpan(`round ${round}`).end();
      new Service().inner();
      expect(spans.finished().map(({ name }) => name)).to.deep.equal([`round ${round}`, 'Service.inner']);
      spans.stop();
      tracer.startSpan('between').end();
    }
  });
});
