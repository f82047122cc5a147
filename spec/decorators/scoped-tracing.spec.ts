import { expect } from 'chai';
import { configureTracing, createTracing, Task, Traced, Workflow } from 'spanwright';
import type { FinishedSpan, ScopedTracing, Tracing } from 'spanwright';
import { state } from '#lib/core/state.js';
import { namesOf } from './captured.js';

const MEMORY = { destinations: [{ provider: 'memory' }] } as const;
const names = (spans: readonly FinishedSpan[]): string[] => spans.map(({ name }) => name);

class Plain {
  @Traced
  async below(): Promise<void> {
    await Promise.resolve();
  }
}

class Service {
  readonly tracing: ScopedTracing | undefined;

  constructor(tracing?: ScopedTracing) {
    this.tracing = tracing;
  }

  @Traced({ tracing: (self: Service) => self.tracing })
  async work(): Promise<void> {
    await new Plain().below();
  }

  @Task({ type: 'outer' })
  async around(): Promise<void> {
    await this.work();
  }
}

describe('the tracing option', () => {
  let scoped: ScopedTracing;
  let other: ScopedTracing;
  let global: Tracing | undefined;

  beforeEach(() => {
    scoped = createTracing(MEMORY);
    other = createTracing(MEMORY);
    global = undefined;
  });
  afterEach(async () => {
    await Promise.all([scoped.close(), other.close(), global?.shutdown()]);
    expect(state.activeScopes).to.equal(0);
  });

  it('sends a call and those below to its tracing, without a global one', async () => {
    scoped.start();
    await new Service(scoped).around();
    await new Plain().below();
    const [below, work] = scoped.finishedSpans();
    expect(names(scoped.finishedSpans())).to.deep.equal(['Plain.below', 'Service.work']);
    expect(below?.parentSpanContext?.spanId).to.equal(work?.spanContext().spanId);
  });

  it('does nothing before start() and after close()', async () => {
    expect(scoped.active).to.equal(false);
    await new Service(scoped).work();
    scoped.start();
    expect(scoped.active).to.equal(true);
    await new Service(scoped).work();
    await scoped.close();
    expect(scoped.active).to.equal(false);
    await new Service(scoped).work();
    expect(scoped.finishedSpans()).to.have.lengthOf(2);
    expect(scoped.start().active, 'a closed one stays closed').to.equal(false);
  });

  it('sends them to the global tracing as well, under one trace id', async () => {
    global = configureTracing(MEMORY);
    scoped.start();
    await new Service(scoped).around();
    expect(names(global.finishedSpans())).to.deep.equal(['Plain.below', 'Service.work', 'task outer']);
    expect(names(scoped.finishedSpans())).to.deep.equal(['Plain.below', 'Service.work']);
    const traces = [...global.finishedSpans(), ...scoped.finishedSpans()].map((span) => span.spanContext().traceId);
    expect(new Set(traces)).to.have.lengthOf(1);
  });

  it('sends them there alone when it is exclusive', async () => {
    global = configureTracing(MEMORY);
    const exclusive = createTracing({ ...MEMORY, exclusive: true }).start();
    await new Service(exclusive).around();
    expect(names(global.finishedSpans())).to.deep.equal(['task outer']);
    expect(names(exclusive.finishedSpans())).to.deep.equal(['Plain.below', 'Service.work']);
    await exclusive.close();
  });

  it('of a call inside an exclusive one gets that call, too', async () => {
    global = configureTracing(MEMORY);
    const exclusive = createTracing({ ...MEMORY, exclusive: true }).start();
    scoped.start();
    const inner = new Service(scoped);
    await Traced.run({ name: 'outer', tracing: exclusive }, () => inner.work());
    expect(names(exclusive.finishedSpans())).to.deep.equal(['Plain.below', 'Service.work', 'outer']);
    expect(names(scoped.finishedSpans())).to.deep.equal(['Plain.below', 'Service.work']);
    expect(global.finishedSpans()).to.deep.equal([]);
    await exclusive.close();
  });

  it('adds one to the other where calls nest, and each gets a span once', async () => {
    scoped.start();
    other.start();
    await Traced.run({ name: 'outer', tracing: scoped }, () =>
      Traced.run({ name: 'middle', tracing: other }, () => new Service(scoped).work()),
    );
    expect(names(scoped.finishedSpans())).to.deep.equal(['Plain.below', 'Service.work', 'middle', 'outer']);
    expect(names(other.finishedSpans())).to.deep.equal(['Plain.below', 'Service.work', 'middle']);
  });

  it('holds on a workflow, which enters a context of its own', async () => {
    scoped.start();
    await Workflow.run({ name: 'nightly', runId: 'run-1', tracing: scoped }, () => new Plain().below());
    expect(names(scoped.finishedSpans())).to.deep.equal(['Plain.below', 'workflow nightly']);
    expect(scoped.finishedSpans()[0]?.attributes).to.include({ 'run.id': 'run-1' });
  });

  it('keeps two services apart', async () => {
    scoped.start();
    other.start();
    await Promise.all([new Service(scoped).work(), new Service(other).work(), new Service().work()]);
    expect(scoped.finishedSpans()).to.have.lengthOf(2);
    expect(other.finishedSpans()).to.have.lengthOf(2);
  });

  it('keeps nesting for others when it is closed first', async () => {
    scoped.start();
    global = configureTracing(MEMORY);
    await scoped.close();
    await new Service().around();
    const [below, work, outer] = global.finishedSpans();
    expect(below?.parentSpanContext?.spanId).to.equal(work?.spanContext().spanId);
    expect(work?.parentSpanContext?.spanId).to.equal(outer?.spanContext().spanId);
  });

  it('is seen by a capture', async () => {
    const exclusive = createTracing({ ...MEMORY, exclusive: true }).start();
    expect(await namesOf(() => new Service(exclusive).around())).to.deep.equal([
      'Plain.below',
      'Service.work',
      'task outer',
    ]);
    await exclusive.close();
  });

  it('counts its drops in its own health', async () => {
    scoped.start();
    await new Service(scoped).work();
    expect(scoped.health().destinations['memory']).to.include({ accepted: 2, delivered: 2, queued: 0 });
    expect(other.health().destinations).to.deep.equal({});
  });
});
