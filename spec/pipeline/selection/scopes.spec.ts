import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { expect } from 'chai';
import type { FinishedSpan, ScopedTracing, Tracing } from 'spanwright';
import { configureTracing, createTracing, getTracer, Traced, withExtractedContext } from 'spanwright';
import { state } from '#lib/core/state.js';

const MEMORY = { destinations: [{ provider: 'memory' }] } as const;

/** Each name with the name of its parent, or the id of a parent that is not there. */
function parentsIn(spans: readonly FinishedSpan[]): Record<string, string | undefined> {
  const names = new Map(spans.map((span) => [span.spanContext().spanId, span.name]));
  return Object.fromEntries(
    spans.map(({ name, parentSpanContext: parent }) => [name, parent && (names.get(parent.spanId) ?? parent.spanId)]),
  );
}

describe('the spans of a scope', () => {
  let global: Tracing;
  let scoped: ScopedTracing;
  let exclusive: ScopedTracing;

  beforeEach(() => {
    global = configureTracing(MEMORY);
    scoped = createTracing(MEMORY).start();
    exclusive = createTracing({ ...MEMORY, exclusive: true }).start();
  });
  afterEach(async () => {
    await Promise.all([scoped.close(), exclusive.close(), global.shutdown()]);
    expect(state.levelReaders).to.equal(0);
    expect(state.selections.size).to.equal(0);
  });

  const below = Traced.wrap('below', () => {});
  const first = (tracing: ScopedTracing): (() => void) => Traced.wrap({ name: 'first', tracing }, () => below());

  it('begin with a root there, inside a trace of the process', () => {
    Traced.run('outer', first(scoped));
    expect(parentsIn(scoped.finishedSpans())).to.deep.equal({ below: 'first', first: undefined });
    expect(parentsIn(global.finishedSpans())).to.deep.equal({ below: 'first', first: 'outer', outer: undefined });
  });

  it('hang under the nearest one of the scope where it is entered again', () => {
    Traced.run({ name: 'again', tracing: scoped }, () => {
      context.with(trace.setSpan(ROOT_CONTEXT, trace.getActiveSpan() ?? expect.fail()), () =>
        Traced.run('outside', first(scoped)),
      );
    });
    expect(parentsIn(scoped.finishedSpans())).to.deep.equal({ below: 'first', first: 'again', again: undefined });
  });

  it('keep a parent in another process', () => {
    const [traceId, spanId] = ['a'.repeat(32), 'b'.repeat(16)];
    withExtractedContext({ traceparent: `00-${traceId}-${spanId}-01` }, () => Traced.run('outer', first(scoped)));
    expect(parentsIn(scoped.finishedSpans())).to.include({ first: spanId });
  });

  it('are no parents of what others get, where the scope is exclusive', () => {
    Traced.run('outer', () =>
      Traced.run({ name: 'hidden', tracing: exclusive }, () => {
        const hidden = trace.getActiveSpan() ?? expect.fail('no span');
        context.with(trace.setSpan(ROOT_CONTEXT, hidden), () => Traced.run('shown', below));
      }),
    );
    expect(parentsIn(global.finishedSpans())).to.deep.equal({ below: 'shown', shown: 'outer', outer: undefined });
    expect(parentsIn(exclusive.finishedSpans())).to.deep.equal({ hidden: undefined });
  });

  it('stay hidden when an exclusive scope is closed while they are open, and what starts then does not', async () => {
    let within = ROOT_CONTEXT;
    const hidden = Traced.wrap({ name: 'hidden', tracing: exclusive }, async () => {
      within = context.active();
      await exclusive.close();
    });
    await Traced.run('outer', hidden);
    context.with(within, () => getTracer().startSpan('late').end());
    expect(parentsIn(global.finishedSpans())).to.deep.equal({ outer: undefined, late: 'outer' });
  });

  it('have the first of them as local root for a coarse destination', () => {
    const coarse = createTracing({ destinations: [{ provider: 'memory', granularity: 'lifecycle' }] }).start();
    Traced.run('outer', first(coarse));
    expect(parentsIn(coarse.finishedSpans())).to.deep.equal({ first: undefined });
    return coarse.close();
  });
});

describe('selections of several destinations', () => {
  it('note nothing while all take everything, and are shared where they are equal', async () => {
    const all = { provider: 'memory', name: 'all' } as const;
    const rows = ['one', 'two'].map((name) => ({ provider: 'memory', name, granularity: 'rows' }) as const);
    const plain = configureTracing({ destinations: [all] });
    expect(state.levelReaders).to.equal(0);
    const tracing = configureTracing({ destinations: [all, ...rows] });
    await plain.shutdown();
    expect(state.levelReaders).to.equal(2);
    expect(state.selections.size).to.equal(2);
    await tracing.shutdown();
    expect(state).to.include({ levelReaders: 0 });
    expect(state.selections.size).to.equal(0);
  });
});
