import { context, trace } from '@opentelemetry/api';
import { expect } from 'chai';
import { withExtractedContext } from 'spanwright';
import { captureSpans } from 'spanwright/testing';

const PARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

function extracted(tracestate: string): string | undefined {
  return withExtractedContext({ traceparent: PARENT, tracestate }, () =>
    trace.getSpanContext(context.active())?.traceState?.serialize(),
  );
}

describe('an extracted tracestate', () => {
  let stop: () => void;

  before(() => {
    const spans = captureSpans();
    stop = () => spans.stop();
  });

  after(() => stop());

  it('keeps what vendors write', () => {
    for (const state of [
      'rojo=00f067aa0ba902b7,congo=t61rcWkgMzE',
      'dd=s:2;o:rum;p:00f067aa0ba902b7;t.dm:-4;t.tid:66f0f1a200000000',
      'es=s:0.3',
      '33@nr=0-0-33-2827902-7d3efb1b173fecfa-e8b91a159289ff74-1-1.23456-1518469636035',
      'ot=p:8;r:62,az=0,gcp=1',
    ]) {
      expect(extracted(state)).to.equal(state);
    }
  });

  it('loses a member that holds a secret or a personal datum, and no other', () => {
    const key = 'sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCDEF';
    expect(extracted(`rojo=1,mine=${key},congo=2`)).to.equal('rojo=1,congo=2');
    expect(extracted('mine=ann@example.com,es=s:1')).to.equal('es=s:1');
  });
});
