import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'chai';
import type { Tracing } from 'spanwright';
import { configureTracing, Traced } from 'spanwright';
import { CollectedWarnings } from '../../collected-warnings.js';
import { eventually, expectBalanced } from '../accounts.js';
import { BAD, FourBackends, of } from './four-backends.js';

const MAX_BYTES = 4_194_304;
const work = Traced.wrap(
  { name: 'work', attributes: (n: number) => ({ n, text: 'x'.repeat(2048) }) },
  (n: number) => n,
);

describe('four destinations, of which three are out of order', function () {
  this.timeout(30_000);
  let backends: FourBackends;
  let tracing: Tracing;
  let warnings: CollectedWarnings;

  beforeEach(async () => {
    warnings = new CollectedWarnings();
    backends = await new FourBackends().start();
    tracing = configureTracing({
      logger: warnings.logger,
      lastResort: '/dev/null',
      maxBytes: MAX_BYTES,
      destinations: backends.destinations({ timeoutMs: 3000, breaker: { openMs: 500 } }),
    });
  });
  afterEach(async () => {
    await tracing.shutdown(50);
    await backends.stop();
    warnings.stop();
  });

  function expectSound(): void {
    const health = tracing.health();
    for (const name of [...BAD, 'healthy'] as const) {
      expectBalanced(of(health, name));
      expect(of(health, name).queuedBytes).to.be.at.most(MAX_BYTES);
    }
  }

  async function send(count: number): Promise<void> {
    for (let n = 0; n < count; n++) {
      expect(work(n)).to.equal(n);
      if (n % 25 !== 24) continue;
      expectSound();
      await nextTurn();
      // As fast as the fourth alone can take them.
      while (of(tracing.health(), 'healthy').queued > 400) await nextTurn();
    }
  }

  it('give the fourth everything, keep what they can, and account for the rest', async () => {
    await send(8000);
    await eventually(() => of(tracing.health(), 'healthy').queued === 0, 'the fourth has everything');
    expectSound();
    const health = tracing.health();
    expect(of(health, 'healthy')).to.deep.include({ accepted: 8000, delivered: 8000, dropped: {}, healthy: true });
    expect(new Set(backends.healthy.spans.map(({ spanId }) => spanId))).to.have.lengthOf(8000);
    expect(backends.healthy.spans).to.have.lengthOf(8000);
    for (const name of BAD) {
      const { dropped, ...rest } = of(health, name);
      expect(rest, name).to.deep.include({ accepted: 8000, delivered: 0, healthy: false });
      expect(Object.keys(dropped)).to.deep.equal(['queue_full']);
      expect(rest.queued, name).to.be.above(300);
    }
    expect(backends.busy.attempts, 'left in peace').to.be.at.most(10);
    expect(of(health, 'busy')).to.include({ breaker: 'closed' });
    expect(of(health, 'refused').breaker).to.not.equal('closed');
  });

  it('get what their queues kept, when they come back', async () => {
    await send(500);
    backends.hanging.script = undefined;
    await eventually(() => of(tracing.health(), 'hanging').delivered > 0, 'what hung is sent again');
    await tracing.flush(5000);
    const { delivered, dropped } = of(tracing.health(), 'hanging');
    expect({ delivered, dropped }).to.deep.equal({ delivered: 500, dropped: {} });
    expect(backends.hanging.spans).to.have.lengthOf(500);
    expect(of(tracing.health(), 'refused')).to.deep.include({ queued: 500, dropped: {} });
  });

  it('do not hold a flush of the fourth back beyond its deadline', async () => {
    await send(100);
    const start = performance.now();
    const report = await tracing.flush(400);
    expect(performance.now() - start).to.be.below(2000);
    expect(report.complete).to.equal(false);
    expect(report.destinations['healthy']?.undelivered).to.equal(0);
    for (const name of BAD) expect(report.destinations[name]).to.deep.equal({ delivered: 0, undelivered: 100 });
  });
});
