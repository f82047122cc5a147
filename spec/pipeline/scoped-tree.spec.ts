import { expect } from 'chai';
import type { FinishedSpan, ScopedTracing, Tracing } from 'spanwright';
import { configureTracing, createTracing, Task, Traced, Workflow } from 'spanwright';

import { printTree } from '#lib/pipeline/tree.js';

const MEMORY = { destinations: [{ provider: 'memory' }] } as const;

class Reranker {
  readonly tracing: ScopedTracing;
  readonly next: (() => Promise<void>) | undefined;

  constructor(tracing: ScopedTracing, next?: () => Promise<void>) {
    this.tracing = tracing;
    this.next = next;
  }

  @Traced({ tracing: (self: Reranker) => self.tracing })
  async rerank(): Promise<void> {
    await this.score();
  }

  @Traced
  async score(): Promise<void> {
    await this.next?.();
  }
}

class Search {
  @Workflow('search')
  async run(...rerankers: Reranker[]): Promise<void> {
    await this.step(...rerankers);
  }

  @Task('step')
  async step(...rerankers: Reranker[]): Promise<void> {
    for (const reranker of rerankers) await reranker.rerank();
  }
}

function shapeOf(spans: readonly FinishedSpan[]): string[] {
  return printTree(spans)
    .split('\n')
    .map((line) => line.replace(/ \(.*/, ''));
}

function expectWhole(spans: readonly FinishedSpan[]): void {
  const ids = new Set(spans.map((span) => span.spanContext().spanId));
  const orphans = spans.filter(({ parentSpanContext }) => parentSpanContext && !ids.has(parentSpanContext.spanId));
  expect(orphans.map(({ name }) => name)).to.deep.equal([]);
}

describe('the tree of a scoped tracing', () => {
  let scoped: ScopedTracing;
  let other: ScopedTracing;
  let global: Tracing;

  beforeEach(() => {
    global = configureTracing(MEMORY);
    scoped = createTracing(MEMORY).start();
    other = createTracing(MEMORY).start();
  });
  afterEach(() => Promise.all([scoped.close(), other.close(), global.shutdown()]));

  it('begins with a root, whose parent is elsewhere', async () => {
    await new Search().run(new Reranker(scoped));
    expectWhole(scoped.finishedSpans());
    expect(shapeOf(scoped.finishedSpans())).to.deep.equal(['Reranker.rerank', '└─ Reranker.score']);
    expect(scoped.finishedSpans().map(({ parentSpanContext }) => parentSpanContext === undefined)).to.deep.equal([
      false,
      true,
    ]);
  });

  it('stands whole at the global destinations, under its real parent and one trace id', async () => {
    await new Search().run(new Reranker(scoped), new Reranker(scoped));
    const everywhere = global.finishedSpans();
    expectWhole(everywhere);
    expect(shapeOf(everywhere)).to.deep.equal([
      'workflow search',
      '└─ task step',
      '   ├─ Reranker.rerank',
      '   │  └─ Reranker.score',
      '   └─ Reranker.rerank',
      '      └─ Reranker.score',
    ]);
    const traces = [...everywhere, ...scoped.finishedSpans()].map((span) => span.spanContext().traceId);
    expect(new Set(traces)).to.have.lengthOf(1);
    expect(scoped.finishedSpans()).to.have.lengthOf(4);
    expectWhole(scoped.finishedSpans());
  });

  it('begins with a root of its own where tracings nest', async () => {
    await new Search().run(
      new Reranker(scoped, () => new Reranker(other, () => new Reranker(scoped).rerank()).rerank()),
    );
    for (const tracing of [scoped, other, global]) expectWhole(tracing.finishedSpans());
    expect(shapeOf(other.finishedSpans())[0]).to.equal('Reranker.rerank');
    expect(other.finishedSpans()).to.have.lengthOf(4);
    expect(scoped.finishedSpans()).to.have.lengthOf(6);
  });

  it('is whole where calls run at once', async () => {
    const search = new Search();
    await Promise.all([
      search.run(new Reranker(scoped)),
      search.run(new Reranker(other)),
      search.run(new Reranker(scoped)),
    ]);
    for (const tracing of [scoped, other, global]) expectWhole(tracing.finishedSpans());
    expect(scoped.finishedSpans()).to.have.lengthOf(4);
    expect(other.finishedSpans()).to.have.lengthOf(2);
  });

  it('is whole on both sides of an exclusive one', async () => {
    const exclusive = createTracing({ ...MEMORY, exclusive: true }).start();
    await new Search().run(
      new Reranker(scoped, () => new Reranker(exclusive, () => new Search().run(new Reranker(scoped))).rerank()),
    );
    for (const tracing of [scoped, exclusive, global]) expectWhole(tracing.finishedSpans());
    expect(shapeOf(exclusive.finishedSpans())[0]).to.equal('Reranker.rerank');
    await exclusive.close();
  });
});
