import { trace } from '@opentelemetry/api';
import { expect } from 'chai';
import type { FinishedSpan, Tracing } from 'spanwright';
import { configureTracing, Task, Traced, withExtractedContext, Workflow } from 'spanwright';
import { state } from '#lib/core/state.js';
import { printTree } from '#lib/pipeline/tree.js';

class Desk {
  @Traced({ kind: 'server' })
  async handle(): Promise<void> {
    await this.helper(() => this.nightly());
  }

  @Traced
  async helper(work: () => Promise<void>): Promise<void> {
    await work();
  }

  @Workflow('nightly')
  async nightly(): Promise<void> {
    await this.helper(() => this.review());
    trace.getTracer('mine').startSpan('by hand').end();
  }

  @Task('review')
  async review(): Promise<void> {
    await this.helper(() => this.consume());
    await this.raised();
  }

  @Traced({ kind: 'consumer', granularity: 'lifecycle' })
  async consume(): Promise<void> {
    await this.helper(async () => {});
  }

  @Traced({ granularity: 'rows' })
  async raised(): Promise<void> {
    await this.lowered();
  }

  @Task({ type: 'lowered', granularity: 'full' })
  async lowered(): Promise<void> {
    await Promise.resolve();
  }
}

function shapeOf(spans: readonly FinishedSpan[]): string[] {
  return printTree(spans)
    .split('\n')
    .map((line) => line.replace(/ \(.*/, ''));
}

function expectNoOrphans(spans: readonly FinishedSpan[], remote?: string): void {
  const ids = new Set(spans.map((span) => span.spanContext().spanId));
  for (const { name, parentSpanContext: parent } of spans) {
    if (parent !== undefined && parent.spanId !== remote)
      expect(ids.has(parent.spanId), `${name} has its parent`).to.equal(true);
  }
}

describe('granularity', () => {
  let tracing: Tracing;
  const levels = ['lifecycle', 'rows', 'full'] as const;

  function configure(): void {
    tracing = configureTracing({
      destinations: levels.map((granularity) => ({ provider: 'memory', name: granularity, granularity })),
    });
  }

  beforeEach(configure);
  afterEach(() => tracing.shutdown());

  it('gives each destination its spans, below the nearest one that it gets', async () => {
    await new Desk().handle();
    for (const level of levels) expectNoOrphans(tracing.finishedSpans(level));
    expect(shapeOf(tracing.finishedSpans('full'))).to.deep.equal([
      'Desk.handle SERVER',
      '└─ Desk.helper',
      '   └─ workflow nightly',
      '      ├─ Desk.helper',
      '      │  └─ task review',
      '      │     ├─ Desk.helper',
      '      │     │  └─ Desk.consume CONSUMER',
      '      │     │     └─ Desk.helper',
      '      │     └─ Desk.raised',
      '      │        └─ task lowered',
      '      └─ by hand',
    ]);
    expect(shapeOf(tracing.finishedSpans('rows'))).to.deep.equal([
      'Desk.handle SERVER',
      '└─ workflow nightly',
      '   └─ task review',
      '      ├─ Desk.consume CONSUMER',
      '      └─ Desk.raised',
    ]);
    expect(shapeOf(tracing.finishedSpans('lifecycle'))).to.deep.equal([
      'Desk.handle SERVER',
      '└─ workflow nightly',
      '   └─ Desk.consume CONSUMER',
    ]);
    const traces = levels.flatMap((level) => tracing.finishedSpans(level).map((span) => span.spanContext().traceId));
    expect(new Set(traces)).to.have.lengthOf(1);
  });

  it('counts as accepted only what a destination takes', async () => {
    await new Desk().handle();
    const { destinations } = tracing.health();
    expect(levels.map((level) => destinations[level]?.accepted)).to.deep.equal([3, 5, 11]);
  });

  it('takes any local root, whatever it is', async () => {
    await new Desk().lowered();
    trace.getTracer('mine').startSpan('by hand').end();
    for (const level of levels) {
      expect(tracing.finishedSpans(level).map(({ name }) => name)).to.deep.equal(['task lowered', 'by hand']);
    }
  });

  it('takes the first span below another process, under its parent there', async () => {
    const [traceId, parentId] = ['a'.repeat(32), 'b'.repeat(16)];
    await withExtractedContext({ traceparent: `00-${traceId}-${parentId}-01` }, () =>
      new Desk().helper(() => new Desk().nightly()),
    );
    for (const level of levels) expectNoOrphans(tracing.finishedSpans(level), parentId);
    expect(shapeOf(tracing.finishedSpans('lifecycle'))).to.deep.equal([
      'Desk.helper',
      '└─ workflow nightly',
      '   └─ Desk.consume CONSUMER',
    ]);
    const root = tracing.finishedSpans('lifecycle').find(({ name }) => name === 'Desk.helper');
    expect(root?.parentSpanContext).to.include({ spanId: parentId, traceId, isRemote: true });
  });

  it('holds for spans that end after their parents', async () => {
    let late: Promise<void> | undefined;
    let open: (() => void) | undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const desk = new Desk();
    await desk.helper(async () => {
      await Promise.resolve();
      late = desk.helper(() => desk.helper(() => gate.then(() => desk.review())));
    });
    open?.();
    await late;
    for (const level of levels) expectNoOrphans(tracing.finishedSpans(level));
    expect(shapeOf(tracing.finishedSpans('rows'))).to.deep.equal([
      'Desk.helper',
      '└─ task review',
      '   ├─ Desk.consume CONSUMER',
      '   └─ Desk.raised',
    ]);
  });

  it('leaves no orphan when a destination comes while calls are open', async () => {
    await tracing.shutdown();
    expect(state.levelReaders).to.equal(0);
    tracing = configureTracing({ destinations: [{ provider: 'memory', name: 'full' }] });
    await new Desk().helper(async () => {
      configure();
      await new Desk().nightly();
    });
    for (const level of levels) expectNoOrphans(tracing.finishedSpans(level));
  });

  it('takes the level of the decorator that names the span, wherever it stands', () => {
    class Shop {
      @Traced({ attributes: { above: true } })
      @Workflow('checkout')
      above(): void {}

      @Workflow('returns')
      @Traced({ attributes: { below: true } })
      below(): void {}
    }
    Traced.run('around', () => {
      new Shop().above();
      new Shop().below();
    });
    expect(tracing.finishedSpans('lifecycle').map(({ name }) => name)).to.deep.equal([
      'workflow checkout',
      'workflow returns',
      'around',
    ]);
  });
});
