import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import type { DestinationHealth, OtlpDestinationOptions, Tracing } from 'spanwright';
import { configureTracing, Traced } from 'spanwright';
import { CollectedWarnings } from '../../collected-warnings.js';
import { eventually, expectBalanced } from '../accounts.js';
import { OtlpServer } from '../otlp-server.js';

class Refused extends Error {}

const turn = Traced.wrap('turn', async (n: number) => {
  await delay(1);
  return { n };
});
const failing = Traced.wrap('failing', async (error: Error) => {
  await delay(1);
  throw error;
});
const direct = Traced.wrap('direct', (n: number) => n);

describe('calls that wait for a destination (onFull: slow)', function () {
  this.timeout(20_000);
  let server: OtlpServer;
  let tracing: Tracing;
  let warnings: CollectedWarnings;

  function configure(options: Partial<OtlpDestinationOptions> = {}): void {
    tracing = configureTracing({
      logger: warnings.logger,
      lastResort: '/dev/null',
      destinations: [
        { provider: 'otlp', endpoint: server.endpoint, maxQueue: 100, onFull: 'slow', maxWaitMs: 300, ...options },
      ],
    });
  }

  const otlp = (): DestinationHealth => tracing.health().destinations['otlp'] as DestinationHealth;

  async function timed(work: () => unknown): Promise<number> {
    const start = performance.now();
    await work();
    return performance.now() - start;
  }

  function fill(): void {
    server.script = () => ({ fault: 'hang' });
    for (let n = 0; n < 90; n++) direct(n);
  }

  beforeEach(async () => {
    warnings = new CollectedWarnings();
    server = await new OtlpServer().start();
  });
  afterEach(async () => {
    await tracing.shutdown(50);
    await server.stop();
    warnings.stop();
  });

  it('wait up to maxWaitMs while it is nearly full, and go on', async () => {
    configure();
    fill();
    expect(await timed(() => turn(1))).to.be.within(290, 1500);
    expectBalanced(otlp());
  });

  it('do not wait while there is room', async () => {
    configure({ maxWaitMs: 60_000 });
    server.script = () => ({ fault: 'hang' });
    for (let n = 0; n < 70; n++) direct(n);
    for (let n = 0; n < 5; n++) expect(await turn(n)).to.deep.equal({ n });
  });

  it('are never the synchronous ones', async () => {
    configure({ maxWaitMs: 60_000 });
    fill();
    for (let n = 0; n < 200; n++) expect(direct(n)).to.equal(n);
    expect(otlp()).to.deep.include({ queued: 100, dropped: { queue_full: 190 } });
  });

  it('are let go as soon as there is room', async () => {
    configure({ maxWaitMs: 15_000 });
    server.delayMs = 200;
    for (let n = 0; n < 90; n++) direct(n);
    const flushed = tracing.flush(10_000);
    expect(await timed(() => turn(1))).to.be.below(10_000);
    await flushed;
    await eventually(() => otlp().delivered >= 90, 'delivered');
  });

  it('wait with errors too, and give each its own', async () => {
    configure();
    fill();
    const errors = [new Refused('one'), new Refused('two'), new Refused('three')];
    const start = performance.now();
    const results = await Promise.allSettled([...errors.map((error) => failing(error)), turn(4)]);
    expect(performance.now() - start).to.be.within(290, 2000);
    expect(results[3]).to.deep.equal({ status: 'fulfilled', value: { n: 4 } });
    for (const [index, error] of errors.entries()) expect(results[index]).to.have.property('reason').that.equals(error);
  });

  it('settle in the order in which they ended', async () => {
    configure({ maxWaitMs: 100 });
    fill();
    const order: number[] = [];
    const note = async (n: number): Promise<void> => {
      order.push((await turn(n)).n);
    };
    for (let n = 0; n < 5; n++) {
      const done = note(n);
      if (n === 4) await done;
      else await delay(10);
    }
    expect(order).to.deep.equal([0, 1, 2, 3, 4]);
  });

  it('keep an accepted burst whole where they are asynchronous', async () => {
    configure({ maxWaitMs: 10_000, batch: { delayMs: 5 } });
    for (let round = 0; round < 60; round++) {
      await Promise.all(Array.from({ length: 10 }, (_, n) => turn(n)));
    }
    expect(await tracing.flush()).to.have.property('complete', true);
    expect(otlp()).to.deep.include({ accepted: 600, delivered: 600, dropped: {} });
  });

  it('do not wait any longer once the tracing is shut down', async () => {
    configure({ maxWaitMs: 60_000 });
    fill();
    const waiting = turn(1);
    await delay(20);
    await tracing.shutdown(50);
    expect(await timed(() => waiting), 'what waited goes on').to.be.below(5000);
    expect(await timed(() => turn(2))).to.be.below(5000);
  });
});
