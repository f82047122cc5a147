import { expect } from 'chai';
import type { Tracing } from 'spanwright';
import { configureTracing, Traced } from 'spanwright';
import { OtlpServer } from './otlp-server.js';

const work = Traced.wrap('work', (n: number) => n);

describe('a flush while spans keep ending', () => {
  let server: OtlpServer;
  let tracing: Tracing;
  let timer: NodeJS.Timeout;

  function configure(maxSpans: number): void {
    const destination = { provider: 'otlp', endpoint: server.endpoint, maxSockets: 1, batch: { maxSpans } } as const;
    tracing = configureTracing({ destinations: [destination] });
    for (let n = 0; n < 100; n++) work(n);
    timer = setInterval(() => {
      for (let n = 0; n < 20; n++) work(n);
    }, 1);
  }

  beforeEach(async () => {
    server = await new OtlpServer().start();
    server.delayMs = 20;
  });
  afterEach(async () => {
    clearInterval(timer);
    server.delayMs = 0;
    await tracing.shutdown();
    await server.stop();
  });

  it('is complete once everything has arrived that ended before it', async () => {
    configure(50);
    const { complete, destinations } = await tracing.flush();
    expect(tracing.health().destinations['otlp']?.queued, 'what ended meanwhile').to.be.above(0);
    expect({ complete, undelivered: destinations['otlp']?.undelivered }).to.deep.equal({
      complete: true,
      undelivered: 0,
    });
    expect(destinations['otlp']?.delivered).to.be.at.least(100);
  });

  it('has all the time where it is given no end', async () => {
    configure(50);
    clearInterval(timer);
    expect(await tracing.flush(Infinity)).to.have.property('complete', true);
    work(1);
    expect(await tracing.shutdown(1e12)).to.have.property('complete', true);
  });

  it('counts of what ended before it what its deadline left', async () => {
    server.delayMs = 60_000;
    configure(50);
    const { complete, destinations } = await tracing.flush(200);
    expect({ complete, otlp: destinations['otlp'] }).to.deep.equal({
      complete: false,
      otlp: { delivered: 0, undelivered: 100 },
    });
  });
});
