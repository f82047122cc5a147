import { expect } from 'chai';
import { configureTracing, Traced } from 'spanwright';
import { MemoryDestination } from '#lib/pipeline/destinations/memory.js';
import { madeSpan } from './made-spans.js';

describe('the memory destination', () => {
  it('keeps the latest spans, oldest first, and never more than twice its bound', () => {
    const memory = new MemoryDestination(10);
    for (let id = 1; id <= 1005; id++) memory.take(() => madeSpan({ id }));
    expect(memory.finished().map(({ name }) => name)).to.deep.equal(
      Array.from({ length: 10 }, (_, index) => `span ${996 + index}`),
    );
    memory.reset();
    expect(memory.finished()).to.deep.equal([]);
  });

  it('lets go of the spans beyond its bound', async () => {
    const memory = new MemoryDestination(10);
    const spans = Array.from({ length: 100 }, (_, index) => madeSpan({ id: index + 1 }));
    const first = new WeakRef(spans[0] as object);
    for (const span of spans) memory.take(() => span);
    spans.length = 0;
    for (let time = 0; time < 20 && first.deref() !== undefined; time++) {
      await new Promise(setImmediate);
      globalThis.gc?.();
    }
    expect(first.deref()).to.equal(undefined);
    expect(memory.finished()).to.have.lengthOf(10);
  });

  it('is read by name, with content and after a shutdown', async () => {
    const tracing = configureTracing({
      destinations: [{ provider: 'memory' }, { provider: 'memory', name: 'small', maxSpans: 2, content: 'none' }],
    });
    const work = Traced.wrap({ name: 'work', result: true }, (n: number) => n);
    Traced.run({ name: 'around', granularity: 'full', root: false }, () => [1, 2, 3].forEach((n) => work(n)));
    expect(tracing.finishedSpans().map(({ name }) => name)).to.deep.equal(['work', 'work', 'work', 'around']);
    expect(tracing.finishedSpans('small').map(({ name }) => name)).to.deep.equal(['work', 'around']);
    expect(tracing.finishedSpans()[0]?.attributes).to.include({ 'spanwright.result': '1' });
    expect(tracing.finishedSpans('small')[0]?.attributes).to.not.have.property('spanwright.result');
    expect(tracing.finishedSpans('none')).to.deep.equal([]);
    await tracing.shutdown();
    expect(tracing.finishedSpans()).to.have.lengthOf(4);
  });
});
