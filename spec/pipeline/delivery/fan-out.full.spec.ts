import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'chai';
import type { Tracing } from 'spanwright';
import { configureTracing, Traced } from 'spanwright';
import { CollectedWarnings } from '../../collected-warnings.js';
import { eventually, expectBalanced } from '../accounts.js';
import { BAD, FourBackends, of } from './four-backends.js';

const SPANS = 200_000;
const MAX_BYTES = 41_943_040;
const MIB = 1_048_576;
const TEXT = 'x'.repeat(4096);
const work = Traced.wrap({ name: 'work', attributes: (n: number) => ({ n, text: `${n} ${TEXT}` }) }, (n: number) => n);

/** What one run measured; times of calls in milliseconds. */
interface Run {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  readonly peakHeapMiB: number;
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

describe(`${SPANS} spans of 4 KiB to four destinations, of which three are out of order`, function () {
  this.timeout(600_000);
  let backends: FourBackends;
  let warnings: CollectedWarnings;

  beforeEach(async () => {
    warnings = new CollectedWarnings();
    backends = await new FourBackends().start();
    // Counted and thrown away: the memory measured is ours.
    const { healthy } = backends;
    healthy.script = () => {
      arrived += healthy.requests.splice(0).reduce((sum, { spans }) => sum + spans.length, 0);
      return undefined;
    };
  });
  afterEach(async () => {
    await backends.stop();
    warnings.stop();
  });
  let arrived = 0;

  function usedMiB(): number {
    const { heapUsed, external } = process.memoryUsage();
    return (heapUsed + external) / MIB;
  }

  async function run(tracing: Tracing, names: readonly Parameters<typeof of>[1][]): Promise<Run> {
    arrived = 0;
    backends.healthy.requests.length = 0;
    const times = new Float64Array(SPANS);
    let peak = 0;
    for (let n = 0; n < SPANS; n++) {
      const start = performance.now();
      work(n);
      times[n] = performance.now() - start;
      if (n % 20 !== 19) continue;
      for (const name of names) expectBalanced(of(tracing.health(), name));
      await nextTurn();
      while (of(tracing.health(), 'healthy').queued > 2000) await nextTurn();
      if (n % 5000 === 4999) {
        globalThis.gc?.();
        peak = Math.max(peak, usedMiB());
        for (const name of names) expect(of(tracing.health(), name).queuedBytes).to.be.at.most(MAX_BYTES);
      }
    }
    await eventually(() => of(tracing.health(), 'healthy').queued === 0, 'the fourth has everything');
    arrived += backends.healthy.requests.splice(0).reduce((sum, { spans }) => sum + spans.length, 0);
    expect(of(tracing.health(), 'healthy')).to.deep.include({ accepted: SPANS, delivered: SPANS, dropped: {} });
    expect(arrived).to.equal(SPANS);
    times.sort();
    return { p50: quantile(times, 0.5), p99: quantile(times, 0.99), max: quantile(times, 1), peakHeapMiB: peak };
  }

  it('reach the fourth, within the memory that is allowed, and calls take no longer', async () => {
    const configure = (destinations: ReturnType<FourBackends['destinations']>): Tracing =>
      configureTracing({ logger: warnings.logger, lastResort: '/dev/null', maxBytes: MAX_BYTES, destinations });
    const [last] = backends.destinations().slice(-1) as [ReturnType<FourBackends['destinations']>[number]];
    // Once for the compiler.
    const warm = configure([last]);
    for (let n = 0; n < 20_000; n++) {
      work(n);
      if (n % 20 === 19) await nextTurn();
    }
    await warm.shutdown();
    globalThis.gc?.();
    const base = usedMiB();

    const alone = configure([last]);
    const without = await run(alone, ['healthy']);
    await alone.shutdown();
    globalThis.gc?.();

    const four = configure(backends.destinations());
    const beside = await run(four, [...BAD, 'healthy']);
    const health = four.health();
    for (const name of BAD) {
      const { accepted, delivered, queued, queuedBytes, dropped } = of(health, name);
      expect({ accepted, delivered }, name).to.deep.equal({ accepted: SPANS, delivered: 0 });
      expect(queued, name).to.be.above(1000);
      console.log(
        `      ${name}: ${queued} kept (${(queuedBytes / MIB).toFixed(1)} MiB), ${dropped['queue_full']} dropped`,
      );
    }
    const grown = beside.peakHeapMiB - base;
    console.log(
      `      alone:  p50 ${without.p50.toFixed(4)} ms, p99 ${without.p99.toFixed(4)} ms, max ${without.max.toFixed(1)} ms`,
    );
    console.log(
      `      beside: p50 ${beside.p50.toFixed(4)} ms, p99 ${beside.p99.toFixed(4)} ms, max ${beside.max.toFixed(1)} ms`,
    );
    console.log(
      `      added p99 ${(beside.p99 - without.p99).toFixed(4)} ms; heap grew by ${grown.toFixed(1)} MiB of ${MAX_BYTES / MIB}`,
    );
    expect(beside.p99 - without.p99).to.be.below(1);
    // What is held, what is being written and sent, and a quarter for the estimate.
    expect(grown).to.be.below((MAX_BYTES / MIB) * 1.25 + 40);
    await four.shutdown(50);
  });
});
