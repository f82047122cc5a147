import { expect } from 'chai';
import { configureTracing, createSpanProcessor, currentCall, getTracer, getTracing, health, Traced } from 'spanwright';
import { state } from '#lib/core/state.js';
import { registeredGlobals } from '../testing/otel-globals.js';
import { CollectedWarnings } from '../collected-warnings.js';
import { expectBalanced, expectCallsBalanced } from './accounts.js';
import { madeSpan } from './made-spans.js';
import { OtlpServer } from './otlp-server.js';

class Service {
  @Traced
  async wait(until: Promise<void>): Promise<void> {
    await until;
    currentCall()?.setAttributes({ late: true });
  }

  @Traced
  *stream(): Generator<number> {
    yield 1;
    yield 2;
  }

  @Traced
  work(): void {}
}

describe('shutdown', () => {
  it('ends open calls as abandoned and delivers them', async () => {
    const server = await new OtlpServer().start();
    const tracing = configureTracing({
      destinations: [{ provider: 'otlp', endpoint: server.endpoint }, { provider: 'memory' }],
    });
    const before = health().calls;
    let finish: (() => void) | undefined;
    const pending = new Service().wait(
      new Promise((resolve) => {
        finish = resolve;
      }),
    );
    const stream = new Service().stream();
    stream.next();
    new Service().work();
    expect(tracing.health().calls.live - before.live).to.equal(2);

    const report = await tracing.shutdown();
    expect(report).to.deep.equal({
      complete: true,
      destinations: { otlp: { delivered: 3, undelivered: 0 }, memory: { delivered: 0, undelivered: 0 } },
    });
    const outcomes = Object.fromEntries(
      server.spans.map(({ name, attributes }) => [name, attributes['spanwright.outcome']]),
    );
    expect(outcomes).to.deep.equal({
      'Service.wait': 'abandoned',
      'Service.stream': 'abandoned',
      'Service.work': undefined,
    });
    const after = health();
    expectCallsBalanced(after);
    expect(after.calls.abandoned - before.abandoned).to.equal(2);
    expect(after.calls.live).to.equal(before.live);

    finish?.();
    await pending;
    expect([...stream]).to.deep.equal([2]);
    expect(health().calls, 'an ended call ends no second time').to.deep.equal(after.calls);
    expect(tracing.finishedSpans().every(({ attributes }) => !('late' in attributes))).to.equal(true);
    await server.stop();
  });

  it('undoes every registration, and calls go on untraced', async () => {
    const before = registeredGlobals();
    const { contentReaders, levelReaders, activeScopes } = state;
    const listeners = process.listenerCount('beforeExit');
    const tracing = configureTracing({ destinations: [{ provider: 'memory', granularity: 'lifecycle' }] });
    expect(registeredGlobals()).to.not.deep.equal(before);
    await tracing.shutdown();
    expect(registeredGlobals()).to.deep.equal(before);
    expect(state).to.include({ contentReaders, levelReaders, activeScopes });
    expect(process.listenerCount('beforeExit')).to.equal(listeners);
    const { opened } = health().calls;
    new Service().work();
    getTracer().startSpan('by hand').end();
    expect(health().calls.opened).to.equal(opened);
    expect(tracing.finishedSpans()).to.deep.equal([]);
  });

  it('gives the same report again, whoever asks and when', async () => {
    const tracing = configureTracing({ destinations: [{ provider: 'memory' }] });
    new Service().work();
    const first = tracing.shutdown();
    const [a, b] = await Promise.all([first, tracing.shutdown()]);
    expect(a).to.equal(b);
    expect(await tracing.shutdown()).to.equal(a);
    expect(await tracing.flush()).to.have.property('complete', true);
    expect(tracing.status()).to.have.property('state', 'off');
    expect(tracing.finishedSpans()).to.have.lengthOf(1);
  });

  it('happens at the end of an `await using`', async () => {
    let inside;
    {
      await using tracing = configureTracing({ destinations: [{ provider: 'memory' }] });
      new Service().work();
      inside = tracing;
      expect(inside.status()).to.have.property('state', 'on');
    }
    expect(inside.status()).to.have.property('state', 'off');
    expect(getTracing()).to.equal(inside);
  });

  it('of an inert tracing does nothing and never rejects', async () => {
    const off = configureTracing({ enabled: false, destinations: [{ provider: 'memory' }] });
    new Service().work();
    expect(off.status()).to.have.property('state', 'off');
    expect(await off.flush()).to.deep.equal({ complete: true, destinations: {} });
    expect(await off.shutdown(0)).to.deep.equal({ complete: true, destinations: {} });
    expect(off.finishedSpans()).to.deep.equal([]);
    expect(off.health()).to.deep.include({ healthy: true, reasons: [], destinations: {} });
  });

  it('of a span processor is idempotent, at the same time as well', async () => {
    const { contentReaders } = state;
    const processor = createSpanProcessor({ destinations: [{ provider: 'memory' }] });
    expect(state.contentReaders).to.equal(contentReaders + 1);
    processor.onEnd(madeSpan({ id: 1 }));
    await processor.forceFlush();
    await Promise.all([processor.shutdown(), processor.shutdown()]);
    await processor.shutdown();
    processor.onEnd(madeSpan({ id: 2 }));
    expect(state.contentReaders).to.equal(contentReaders);
  });

  it('keeps the accounts at every moment', async () => {
    const server = await new OtlpServer().start();
    server.delayMs = 20;
    const warnings = new CollectedWarnings();
    const { logger } = warnings;
    const tracing = configureTracing({
      logger,
      destinations: [{ provider: 'otlp', endpoint: server.endpoint, maxQueue: 600 }],
    });
    for (let n = 0; n < 1500; n++) {
      new Service().work();
      if (n % 300 === 0) await new Promise(setImmediate);
      expectBalanced(tracing.health().destinations['otlp']);
    }
    const stopping = tracing.shutdown();
    let isStopped = false;
    void stopping.then(() => {
      isStopped = true;
    });
    while (!isStopped) {
      expectBalanced(tracing.health().destinations['otlp']);
      await new Promise(setImmediate);
    }
    const { accepted, delivered, dropped } = tracing.health().destinations['otlp'] ?? expect.fail('no health');
    expect(accepted).to.equal(1500);
    expect(server.spans).to.have.lengthOf(delivered);
    expect(delivered + (dropped['queue_full'] ?? 0)).to.equal(1500);
    expect(warnings.codes()).to.deep.equal(['EXPORT_QUEUE_FULL']);
    warnings.stop();
    await server.stop();
  });
});
