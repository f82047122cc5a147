import { setTimeout as wait } from 'node:timers/promises';

import { configureTracing, currentCall, getTracer, logFields, Traced, withExtractedContext } from 'spanwright';
import { captureSpans } from 'spanwright/testing';
import { expect } from 'chai';

const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

describe('logFields', () => {
  it('is empty outside of a call, and while nobody listens', () => {
    expect(logFields()).deep.equal({});
    expect(Traced.run('off', () => logFields())).deep.equal({});
  });

  it('gives the ids of the call around, each of fifty at the same time its own', async () => {
    const spans = captureSpans();
    const one = Traced.wrap('one', async (delay: number) => {
      const before = logFields();
      await wait(delay % 7);
      return { before, after: logFields(), call: currentCall() };
    });
    const all = await Promise.all(Array.from({ length: 50 }, (_, index) => one(index)));
    spans.stop();
    for (const { before, after, call } of all) {
      expect(before).deep.equal({ trace_id: call?.traceId, span_id: call?.spanId, trace_flags: '01' });
      expect(after).deep.equal(before);
    }
    const logged = new Set(all.map(({ before }) => before.span_id));
    expect(logged).deep.equal(new Set(spans.finished().map((span) => span.spanContext().spanId)));
  });

  it('gives those of a span made by hand, and of the caller before there is any', () => {
    const spans = captureSpans();
    getTracer().startActiveSpan('by hand', (span) => {
      expect(logFields().span_id).equal(span.spanContext().spanId);
      span.end();
    });
    withExtractedContext({ traceparent: TRACEPARENT }, () => {
      expect(logFields()).deep.equal({
        trace_id: '0af7651916cd43dd8448eb211c80319c',
        span_id: 'b7ad6b7169203331',
        trace_flags: '01',
      });
    });
    spans.stop();
  });

  it('says when a call is sampled out, and has its ids all the same', async () => {
    const tracing = configureTracing({ destinations: [{ provider: 'memory' }], sampling: { ratio: 0 } });
    const fields = Traced.run('out', () => logFields());
    await tracing.shutdown();
    expect(fields.trace_flags).equal('00');
    expect(fields.trace_id).match(/^[0-9a-f]{32}$/);
  });

  it('gives an object that a logger may change', () => {
    const spans = captureSpans();
    Traced.run('call', () => {
      Object.assign(logFields(), { trace_id: 'changed' });
      expect(logFields().trace_id).not.equal('changed');
    });
    spans.stop();
    Object.assign(logFields(), { left: true });
    expect(logFields()).deep.equal({});
  });
});
