import { expect } from 'chai';
import type { DestinationHealth, OtlpDestinationOptions, Tracing } from 'spanwright';
import { configureTracing, Traced } from 'spanwright';
import { CollectedWarnings } from '../collected-warnings.js';
import { eventually, expectBalanced } from './accounts.js';
import { OtlpServer } from './otlp-server.js';

const work = Traced.wrap('work', (n: number) => n);

describe('an outage of an otlp backend', () => {
  let server: OtlpServer;
  let tracing: Tracing;
  let warnings: CollectedWarnings;

  function configure(options: Partial<OtlpDestinationOptions> = {}): void {
    tracing = configureTracing({
      logger: warnings.logger,
      lastResort: '/dev/null',
      destinations: [
        { provider: 'otlp', endpoint: server.endpoint, timeoutMs: 300, breaker: { openMs: 50 }, ...options },
        { provider: 'memory' },
      ],
    });
  }

  // What others in the process still have to say is theirs: a former endpoint of metrics may fail late.
  const codesOf = (name: string): string[] =>
    warnings.seen.filter(({ message }) => message.includes(name)).map(({ code }) => code);
  const otlp = (): DestinationHealth => tracing.health().destinations['otlp'] as DestinationHealth;

  beforeEach(async () => {
    warnings = new CollectedWarnings();
    server = await new OtlpServer().start();
  });
  afterEach(async () => {
    await tracing.shutdown(200);
    await server.stop();
    warnings.stop();
  });

  it('keeps its spans, is said once, and over when the backend is back', async () => {
    configure({ breaker: { failures: 2, openMs: 50 } });
    await server.stop();
    for (let round = 1; round <= 3; round++) {
      expect(work(round), 'the call is not affected').to.equal(round);
      const report = await tracing.flush(400);
      expect(report).to.have.property('complete', false);
      expect(report.destinations['otlp']).to.deep.equal({ delivered: 0, undelivered: round });
      expectBalanced(otlp());
    }
    expect(otlp()).to.deep.include({ accepted: 3, delivered: 0, queued: 3, dropped: {}, healthy: false });
    expect(otlp().lastError).to.contain('ECONNREFUSED');
    expect(tracing.health().healthy).to.equal(false);
    expect(tracing.health().destinations['memory']).to.include({ delivered: 3, healthy: true });
    await server.start();
    await eventually(() => otlp().queued === 0, 'a trial delivers what was kept');
    work(4);
    expect(await tracing.flush()).to.have.property('complete', true);
    expect(otlp())
      .to.deep.include({ delivered: 4, breaker: 'closed', healthy: true })
      .and.not.have.property('lastError');
    expect(server.spans).to.have.lengthOf(4);
    expect(codesOf('"otlp" ')).to.deep.equal(['EXPORT_FAILED', 'EXPORT_RECOVERED']);
  });

  it('of every destination at once is said by health', async () => {
    tracing = configureTracing({
      logger: warnings.logger,
      lastResort: '/dev/null',
      destinations: [{ provider: 'otlp', endpoint: server.endpoint, breaker: { failures: 1 } }],
    });
    await server.stop();
    work(1);
    await tracing.flush();
    expect(tracing.health().reasons).to.have.members(['breaker_open', 'all_down']);
  });

  it('is none of every destination where the only one leaves out some of a batch', async () => {
    const destination = { provider: 'otlp', endpoint: server.endpoint } as const;
    tracing = configureTracing({ logger: warnings.logger, lastResort: '/dev/null', destinations: [destination] });
    const headers = { 'content-type': 'application/json' };
    server.script = () => ({ status: 207, headers, body: '{"partialSuccess":{"rejectedSpans":1}}' });
    work(1);
    work(2);
    await tracing.flush();
    expect(otlp()).to.deep.include({ delivered: 1, dropped: { rejected: 1 } });
    expect(tracing.health().reasons).to.deep.equal(['drops']);
  });

  const answers: [status: number, becomes: object][] = [
    [400, { queued: 0, dropped: { refused: 1 } }],
    [413, { queued: 0, dropped: { too_large: 1 } }],
    [401, { queued: 1, dropped: {}, breaker: 'open' }],
    [404, { queued: 1, dropped: {}, breaker: 'open' }],
    [500, { queued: 1, dropped: {} }],
    [503, { queued: 1, dropped: {} }],
  ];
  for (const [status, becomes] of answers) {
    it(`is an answer of ${status}, told by lastError`, async () => {
      configure({ breaker: { openMs: 200 } });
      server.script = () => ({ status, body: 'not today' });
      work(1);
      await tracing.flush(50);
      expect(otlp()).to.deep.include({ accepted: 1, delivered: 0, ...becomes });
      expect(otlp().lastError).to.equal(`HTTP ${status}: not today`);
      server.script = undefined;
      work(2);
      await eventually(() => otlp().queued === 0, 'delivered by itself');
      expectBalanced(otlp());
      expect(otlp()).to.not.have.property('lastError');
      expect(server.spans.at(-1)).to.have.property('name', 'work');
    });
  }

  it('is an answer that takes longer than timeoutMs', async () => {
    configure({ timeoutMs: 100 });
    server.delayMs = 2000;
    work(1);
    await tracing.flush(180);
    expect(otlp()).to.deep.include({ delivered: 0, queued: 1, dropped: {} });
    expect(otlp().lastError).to.contain('no answer within 100 ms');
    expect(otlp().latencyMs).to.be.within(90, 1500);
  });

  it('does not hold a flush or a shutdown beyond its deadline', async () => {
    configure({ timeoutMs: 10_000 });
    server.delayMs = 1500;
    work(1);
    work(2);
    const start = performance.now();
    const report = await tracing.flush(100);
    expect(performance.now() - start).to.be.within(90, 1000);
    expect(report.destinations['otlp']).to.deep.equal({ delivered: 0, undelivered: 2 });
    expect(otlp()).to.deep.include({ queued: 2, dropped: {} });
    const stopped = await tracing.shutdown(100);
    expect(performance.now() - start).to.be.within(180, 1400);
    expect(stopped).to.deep.include({ complete: false });
    expectBalanced(otlp());
    await eventually(() => otlp().queued === 0, 'what was on its way is given up and counted');
    expect(otlp()).to.deep.include({ accepted: 2, delivered: 0, dropped: { shutdown: 2 } });
  });

  it('fills the queue and no more, and what fits arrives afterwards', async () => {
    configure({ maxQueue: 1000, timeoutMs: 5000, health: { latencyMs: 5000 } });
    server.delayMs = 150;
    for (let n = 0; n < 3000; n++) {
      work(n);
      if (n % 100 === 0) expectBalanced(otlp());
    }
    expect(otlp()).to.deep.include({ accepted: 3000, delivered: 0, queued: 1000, dropped: { queue_full: 2000 } });
    server.delayMs = 0;
    const report = await tracing.flush();
    expect(report.destinations['otlp']).to.deep.equal({ delivered: 1000, undelivered: 0 });
    expect(otlp()).to.deep.include({ delivered: 1000, queued: 0, dropped: { queue_full: 2000 } });
    expect(server.spans).to.have.lengthOf(1000);
    expect(codesOf('"otlp"')).to.deep.equal(['EXPORT_QUEUE_FULL']);
  });
});

describe('flush of an otlp destination', function () {
  this.timeout(20_000);

  it('delivers everything: 20,000 spans, none lost and none twice', async () => {
    const server = await new OtlpServer().start();
    const tracing = configureTracing({
      destinations: [{ provider: 'otlp', endpoint: server.endpoint, maxQueue: 30_000, compression: 'none' }],
    });
    for (let n = 0; n < 20_000; n++) work(n);
    expect(tracing.health().destinations['otlp']).to.include({ accepted: 20_000, queued: 20_000 });
    const report = await tracing.flush(15_000);
    expect(report).to.deep.equal({ complete: true, destinations: { otlp: { delivered: 20_000, undelivered: 0 } } });
    expect(new Set(server.spans.map(({ spanId }) => spanId))).to.have.lengthOf(20_000);
    expect(server.spans).to.have.lengthOf(20_000);
    expect(tracing.health().destinations['otlp']).to.deep.include({ delivered: 20_000, queued: 0, dropped: {} });
    await tracing.shutdown();
    await server.stop();
  });
});
