import { expect } from 'chai';
import { configureTracing, createTracing, currentCall, health, Traced, withExtractedContext } from 'spanwright';
import type { Tracing } from 'spanwright';

class Service {
  @Traced
  outer(): boolean | undefined {
    return this.inner();
  }

  @Traced({ args: true, attributes: () => ({ ran: true }) })
  inner(): boolean | undefined {
    return currentCall()?.sampled;
  }
}

const parent = (isSampled: boolean): { traceparent: string } => ({
  traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-0${Number(isSampled)}`,
});

describe('sampling', () => {
  let tracing: Tracing;

  function configure(ratio?: number): void {
    tracing = configureTracing({
      destinations: [{ provider: 'memory' }],
      ...(ratio === undefined ? {} : { sampling: { ratio } }),
    });
  }
  afterEach(() => tracing.shutdown());

  it('keeps everything by default', () => {
    configure();
    for (let n = 0; n < 50; n++) expect(new Service().outer()).to.equal(true);
    expect(tracing.finishedSpans()).to.have.lengthOf(100);
  });

  it('keeps nothing at 0: calls know it and are counted', () => {
    configure(0);
    const { opened } = health().calls;
    expect(new Service().outer()).to.equal(false);
    expect(tracing.finishedSpans()).to.deep.equal([]);
    expect(tracing.health().destinations['memory']).to.include({ accepted: 0 });
    expect(health().calls.opened - opened).to.equal(2);
  });

  it('keeps whole traces, about the share that was asked for', () => {
    configure(0.25);
    for (let n = 0; n < 2000; n++) new Service().outer();
    const spans = tracing.finishedSpans();
    expect(spans.length / 2).to.be.within(400, 600);
    const outer = spans.filter(({ name }) => name === 'Service.outer');
    expect(outer).to.have.lengthOf(spans.length / 2);
  });

  it('follows the caller’s decision', () => {
    configure(0);
    withExtractedContext(parent(true), () => new Service().outer());
    expect(tracing.finishedSpans()).to.have.lengthOf(2);
    configure(1);
    withExtractedContext(parent(false), () => new Service().outer());
    expect(tracing.finishedSpans()).to.deep.equal([]);
  });

  it('of a scoped tracing is its own', async () => {
    configure(0);
    const scoped = createTracing({ destinations: [{ provider: 'memory' }] }).start();
    Traced.run({ name: 'scoped', tracing: scoped }, () => new Service().outer());
    expect(scoped.finishedSpans()).to.have.lengthOf(3);
    expect(tracing.finishedSpans()).to.deep.equal([]);
    await scoped.close();
    configure(1);
    const silent = createTracing({ destinations: [{ provider: 'memory' }], sampling: { ratio: 0 } }).start();
    Traced.run({ name: 'scoped', tracing: silent }, () => new Service().outer());
    expect(tracing.finishedSpans()).to.have.lengthOf(3);
    expect(silent.finishedSpans()).to.deep.equal([]);
    await silent.close();
  });
});
