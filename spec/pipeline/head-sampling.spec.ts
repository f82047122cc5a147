import type { SpanKind } from '@opentelemetry/api';
import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import {
  AlwaysOnSampler,
  ParentBasedSampler,
  SamplingDecision,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace';
import type { Tracing, TracingOptions } from 'spanwright';
import {
  configureTracing,
  createTracing,
  currentCall,
  getTracer,
  health,
  injectContext,
  Traced,
  withExtractedContext,
} from 'spanwright';
import { captureSpans } from 'spanwright/testing';
import { expect } from 'chai';

const TRACE_ID = /^(?!0+$)[0-9a-f]{32}$/;
const SPAN_ID = /^(?!0+$)[0-9a-f]{16}$/;
const UNSAMPLED = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00';
const SAMPLED = UNSAMPLED.replace(/00$/, '01');

interface Ids {
  readonly traceId: string;
  readonly spanId: string;
  readonly sampled: boolean;
}

function ids(): Ids {
  const call = currentCall();
  return { traceId: call?.traceId ?? '', spanId: call?.spanId ?? '', sampled: call?.sampled === true };
}

const below = Traced.wrap('below', async () => {
  await Promise.resolve();
  return ids();
});
const above = Traced.wrap('above', async () => {
  const own = ids();
  return [own, await below(), await below()] as const;
});

describe('A call that is sampled out', () => {
  let tracing: Tracing | undefined;

  function configure(options: TracingOptions): Tracing {
    tracing = configureTracing({ destinations: [{ provider: 'memory' }], ...options });
    return tracing;
  }

  afterEach(async () => {
    await tracing?.shutdown();
  });

  it('has ids of its own in one trace, and is no parent that others record below', async () => {
    const { finishedSpans } = configure({ sampling: { ratio: 0 } });
    const [own, one, two] = await above();
    expect(own.traceId).match(TRACE_ID);
    expect([one.traceId, two.traceId]).deep.equal([own.traceId, own.traceId]);
    const spanIds = [own, one, two].map(({ spanId }) => spanId);
    for (const spanId of spanIds) expect(spanId).match(SPAN_ID);
    expect(new Set(spanIds).size).equal(3);
    expect([own, one, two].some(({ sampled }) => sampled)).equal(false);
    Traced.run('hand-written inside', () => getTracer().startActiveSpan('by hand', (span) => span.end()));
    expect(finishedSpans.call(tracing)).empty;
  });

  it('is counted, and ends', async () => {
    configure({ sampling: { ratio: 0 } });
    const before = health().calls;
    await above();
    const failing = Traced.wrap('failing', () => Promise.reject(new Error('no')));
    await failing().catch(() => {});
    const after = health().calls;
    expect(after.opened - before.opened).equal(4);
    expect([after.ok - before.ok, after.error - before.error, after.live - before.live]).deep.equal([3, 1, 0]);
  });

  it('tells those it calls that it is', () => {
    configure({ sampling: { ratio: 0 } });
    const carrier: Record<string, string> = {};
    const own = Traced.run('out', () => {
      injectContext(carrier);
      return ids();
    });
    expect(carrier['traceparent']).equal(`00-${own.traceId}-${own.spanId}-00`);
  });

  it('takes over the trace and the state of a caller that was sampled out', () => {
    const handle = configure({});
    const carrier: Record<string, string> = {};
    withExtractedContext({ traceparent: UNSAMPLED, tracestate: 'vendor=1' }, () => {
      const own = Traced.run('in', () => {
        injectContext(carrier);
        return ids();
      });
      expect(own.traceId).equal('0af7651916cd43dd8448eb211c80319c');
      expect(own.spanId).match(SPAN_ID).and.not.equal('b7ad6b7169203331');
    });
    expect(carrier['traceparent']).match(/^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-00$/);
    expect(carrier['tracestate']).equal('vendor=1');
    expect(handle.finishedSpans()).empty;
  });

  it('starts a trace of its own when it is asked to, whatever its caller decided', () => {
    const handle = configure({});
    const own = withExtractedContext({ traceparent: UNSAMPLED }, () => Traced.run({ name: 'own', root: true }, ids));
    expect(own.sampled).equal(true);
    expect(handle.finishedSpans().map(({ name }) => name)).deep.equal(['own']);
  });

  it('does not take a parent without valid ids for one', () => {
    const handle = configure({});
    for (const spanContext of [
      { traceId: '0'.repeat(32), spanId: 'b7ad6b7169203331', traceFlags: 0 },
      { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: '0'.repeat(16), traceFlags: 0 },
      { traceId: '', spanId: '', traceFlags: 0 },
    ]) {
      context.with(trace.setSpanContext(ROOT_CONTEXT, spanContext), () => Traced.run('fresh', () => {}));
    }
    expect(handle.finishedSpans()).length(3);
  });

  it('is kept or dropped as a whole, by the id that the SDK would decide by', async () => {
    const handle = configure({ sampling: { ratio: 0.5 } });
    const sampler = new TraceIdRatioBasedSampler(0.5);
    const roots = await Promise.all(Array.from({ length: 1000 }, () => above()));
    const kept = roots.filter(([own]) => own.sampled);
    expect(kept.length).within(400, 600);
    for (const [own, one, two] of roots) {
      const { decision } = sampler.shouldSample(ROOT_CONTEXT, own.traceId);
      expect(decision === SamplingDecision.RECORD_AND_SAMPLED).equal(own.sampled);
      expect([one.sampled, two.sampled]).deep.equal([own.sampled, own.sampled]);
    }
    const spans = handle.finishedSpans();
    expect(spans).length(kept.length * 3);
    expect(new Set(spans.map((span) => span.spanContext().traceId))).deep.equal(
      new Set(kept.map(([own]) => own.traceId)),
    );
  });

  it('is seen by a capture all the same', async () => {
    configure({ sampling: { ratio: 0 } });
    const spans = captureSpans();
    await above();
    spans.stop();
    expect(spans.finished().map(({ name }) => name)).deep.equal(['below', 'below', 'above']);
    await above();
    expect(spans.finished()).length(3);
  });

  it('has calls inside that a tracing of their own records', async () => {
    const handle = configure({ sampling: { ratio: 0 } });
    const scoped = createTracing({ destinations: [{ provider: 'memory' }] }).start();
    const inner = Traced.wrap({ name: 'inner', tracing: scoped }, () => {});
    Traced.run('outer', () => inner());
    expect(scoped.finishedSpans().map(({ name }) => name)).deep.equal(['inner']);
    await scoped.close();
    expect(handle.finishedSpans()).empty;
  });

  it('follows the sampler of a host and not ours', async () => {
    const handle = configure({ sampling: { ratio: 0 } });
    await handle.shutdown();
    const { TracerProvider } = await import('@opentelemetry/sdk-trace');
    const seen: string[] = [];
    const processor = {
      onStart: () => {},
      onEnd: (span: { name: string; kind: SpanKind }) => seen.push(span.name),
      forceFlush: () => Promise.resolve(),
      shutdown: () => Promise.resolve(),
    };
    const sampler = new ParentBasedSampler({ root: new AlwaysOnSampler() });
    trace.setGlobalTracerProvider(new TracerProvider({ sampler, spanProcessors: [processor] }));
    Traced.run('hosted', () => {});
    trace.disable();
    expect(seen).deep.equal(['hosted']);
  });
});

describe('A sampler that follows no parent', () => {
  for (const { OTEL_TRACES_SAMPLER, parent, kept } of [
    { OTEL_TRACES_SAMPLER: 'always_on', parent: UNSAMPLED, kept: 1 },
    { OTEL_TRACES_SAMPLER: 'always_off', parent: SAMPLED, kept: 0 },
    { OTEL_TRACES_SAMPLER: 'parentbased_always_off', parent: SAMPLED, kept: 1 },
    { OTEL_TRACES_SAMPLER: 'parentbased_always_on', parent: UNSAMPLED, kept: 0 },
  ]) {
    it(`${OTEL_TRACES_SAMPLER} decides below ${parent === SAMPLED ? 'a sampled' : 'an unsampled'} caller`, async () => {
      process.env['OTEL_TRACES_SAMPLER'] = OTEL_TRACES_SAMPLER;
      const handle = configureTracing({ destinations: [{ provider: 'memory' }] });
      delete process.env['OTEL_TRACES_SAMPLER'];
      withExtractedContext({ traceparent: parent }, () => Traced.run('decided', () => {}));
      await handle.shutdown();
      expect(handle.finishedSpans()).length(kept);
    });
  }
});
