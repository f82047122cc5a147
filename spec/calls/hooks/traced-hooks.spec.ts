import { expect } from 'chai';
import type { Tracing } from 'spanwright';
import { configureTracing, getTracer, Task, Traced } from 'spanwright';

const touch = (name: string): void => Traced.run(name, () => {});

describe('a hook that is traced itself', () => {
  let tracing: Tracing;
  beforeEach(() => {
    tracing = configureTracing({
      destinations: [
        { provider: 'memory', name: 'all' },
        { provider: 'memory', name: 'rows', granularity: 'rows' },
      ],
    });
  });
  afterEach(() => tracing.shutdown());

  const parentsIn = (destination: string): Record<string, string | undefined> => {
    const spans = tracing.finishedSpans(destination);
    const names = new Map(spans.map((span) => [span.spanContext().spanId, span.name]));
    return Object.fromEntries(spans.map((span) => [span.name, names.get(span.parentSpanContext?.spanId ?? '')]));
  };

  const HOOKS = {
    type: () => touch('in type'),
    id: () => touch('in id'),
    attributes: () => touch('in attributes'),
    links: () => (touch('in links'), []),
    args: () => touch('in args'),
    onResult: () => touch('in onResult'),
    tracing: () => touch('in tracing'),
  };

  it('has its spans beside the call and not below it', () => {
    const work = Task.wrap({ ...HOOKS, spanName: 'the task' } as object, () => touch('in the task'));
    Traced.run('outer', () => work());
    const parents = parentsIn('all');
    expect(parents['in the task']).to.equal('the task');
    for (const option of Object.keys(HOOKS)) {
      if (`in ${option}` in parents) expect(parents[`in ${option}`], option).to.equal('outer');
    }
    expect(Object.keys(parents)).to.include.members([
      'in attributes',
      'in links',
      'in onResult',
      'in tracing',
      'in id',
    ]);
  });

  it('does not change the level of the call, nor get the level of it', () => {
    const byHand = (): void => getTracer().startSpan('by hand').end();
    const work = Task.wrap({ ...HOOKS, attributes: byHand, spanName: 'the task' } as object, () => {});
    Traced.run('outer', () => work());
    expect(parentsIn('rows')).to.deep.equal({ 'the task': 'outer', outer: undefined });
  });
});
