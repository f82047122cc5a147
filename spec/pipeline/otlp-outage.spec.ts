import { expect } from 'chai';
import type { DestinationHealth, Tracing } from 'spanwright';
import { configureTracing, Traced } from 'spanwright';
import { CollectedWarnings } from '../collected-warnings.js';
import { eventually, expectBalanced } from './accounts.js';
import { OtlpServer } from './otlp-server.js';

const work = Traced.wrap('work', (n: number) => n);

describe('an outage of an otlp backend', () => {
  let server: OtlpServer;
  let tracing: Tracing;
  let warnings: CollectedWarnings;

  function configure(options: { timeoutMs?: number; maxQueue?: number } = {}): void {
    tracing = configureTracing({
      logger: warnings.logger,
      destinations: [
        { provider: 'otlp', endpoint: server.endpoint, timeoutMs: 300, ...options },
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

  it('is counted, said once, and over when the backend is back', async () => {
    configure();
    await server.stop();
    for (let round = 1; round <= 3; round++) {
      expect(work(round), 'the call is not affected').to.equal(round);
      const report = await tracing.flush();
      expect(report).to.have.property('complete', false);
      expect(report.destinations['otlp']).to.deep.equal({ delivered: 0, undelivered: 1 });
      expectBalanced(otlp());
    }
    expect(otlp()).to.deep.include({ accepted: 3, delivered: 0, dropped: { export_failed: 3 }, healthy: false });
    expect(otlp().lastError).to.be.a('string').and.not.equal('');
    expect(tracing.health()).to.deep.include({ healthy: false, reasons: ['drops'] });
    expect(tracing.health().destinations['memory']).to.include({ delivered: 3, healthy: true });
    await server.start();
    work(4);
    expect(await tracing.flush()).to.have.property('complete', true);
    expect(otlp()).to.include({ delivered: 1 }).and.not.have.property('lastError');
    expect(server.spans).to.have.lengthOf(1);
    expect(codesOf('"otlp"')).to.deep.equal(['EXPORT_FAILED', 'EXPORT_RECOVERED']);
  });

  it('of every destination at once is said by health', async () => {
    tracing = configureTracing({
      logger: warnings.logger,
      destinations: [{ provider: 'otlp', endpoint: server.endpoint, timeoutMs: 200 }],
    });
    await server.stop();
    work(1);
    await tracing.flush();
    expect(tracing.health().reasons).to.have.members(['drops', 'all_down']);
  });

  const refusals: [status: number, text: string][] = [
    [400, 'Bad Request'],
    [401, 'Unauthorized'],
    [404, 'Not Found'],
    [500, 'Internal Server Error'],
    [503, 'retryable'],
  ];
  for (const [status, text] of refusals) {
    it(`is an answer of ${status}, told by lastError`, async () => {
      configure();
      server.status = status;
      work(1);
      await tracing.flush();
      expect(otlp()).to.deep.include({ accepted: 1, delivered: 0, dropped: { export_failed: 1 } });
      expect(otlp().lastError).to.contain(text);
      server.status = 200;
      work(2);
      await tracing.flush();
      expect(otlp()).to.include({ delivered: 1 });
    });
  }

  it('is an answer that takes longer than timeoutMs', async () => {
    configure({ timeoutMs: 100 });
    server.delayMs = 2000;
    work(1);
    const start = performance.now();
    await tracing.flush();
    expect(performance.now() - start).to.be.within(90, 1500);
    expect(otlp()).to.deep.include({ delivered: 0, dropped: { export_failed: 1 } });
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
    await eventually(() => otlp().queued === 0, 'the late answer is counted');
    expect(otlp()).to.deep.include({ accepted: 2, delivered: 2, dropped: {} });
  });

  it('fills the queue and no more, and what fits arrives afterwards', async () => {
    configure({ maxQueue: 1000, timeoutMs: 5000 });
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
