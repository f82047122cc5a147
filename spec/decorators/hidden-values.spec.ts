import type { Link } from '@opentelemetry/api';
import { createTraceState } from '@opentelemetry/api';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { expect } from 'chai';
import { currentCall, ToolCall, Traced, withContext } from 'spanwright';
import { disableGlobals } from '../testing/otel-globals.js';

const CARD = 4_111_111_111_111_111;
const KEY = 'sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCDEF';

class Order {
  constructor(readonly note: string) {}
}

describe('values on a span that other processors see', () => {
  let exporter: InMemorySpanExporter;

  beforeEach(() => {
    exporter = new InMemorySpanExporter();
    new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register();
  });

  afterEach(() => disableGlobals());

  const last = (): ReturnType<InMemorySpanExporter['getFinishedSpans']>[number] => {
    const span = exporter.getFinishedSpans().at(-1);
    if (span === undefined) throw new Error('no span ended');
    return span;
  };

  it('are marks where a number is a card, and numbers where it is none', () => {
    const values = { userId: CARD as unknown as string, tenant: 123_456_789_012 as unknown as string };
    withContext(values, () => Traced.run('it', () => 1));
    expect(last().attributes).to.include({ 'user.id': '[REDACTED]', 'spanwright.tenant': 123_456_789_012 });
  });

  it('are marks where a name stands before them in a list', () => {
    const metadata = ['x-api-key', 'k-123456789'] as unknown as Record<string, unknown>;
    withContext({ metadata }, () => Traced.run('it', () => 1));
    expect(last().attributes['spanwright.metadata']).to.deep.equal(['x-api-key', '[REDACTED]']);
  });

  it('of links have no secret in their tracestate', () => {
    const traceState = createTraceState(`mine=${KEY},other=1`);
    const link: Link = { context: { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1, traceState } };
    Traced.wrap({ links: () => [link] }, () => 1)();
    expect(last().links[0]?.context.traceState?.serialize()).to.equal('other=1');
    expect(link.context.traceState?.serialize()).to.contain(KEY);
  });

  it('of an event are told by their names', () => {
    Traced.run('it', () => currentCall()?.addEvent('login', { password: 'correct horse', tries: 2, card: CARD }));
    expect(last().events[0]?.attributes).to.deep.equal({ password: '[REDACTED]', tries: 2, card: '[REDACTED]' });
  });

  it('of an event are as many as a span keeps, however many there are', () => {
    const many = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`key ${index}`, index]));
    Traced.run('it', () => currentCall()?.addEvent('many', many));
    expect(Object.keys(last().events[0]?.attributes ?? {})).to.have.lengthOf.within(1, 256);
  });

  it('of a score may be left out or null', () => {
    Traced.run('it', () => {
      currentCall()?.recordScore('clear', 1, null as unknown as undefined);
      currentCall()?.recordScore('clear', 1);
    });
    expect(last().events).to.have.lengthOf(2);
  });

  it('are cut where an error is longer than anybody reads', () => {
    expect(() =>
      Traced.run('it', () => {
        throw new Error(`no paper ${'x '.repeat(500_000)}`);
      }),
    ).to.throw('no paper');
    const { message = '' } = last().status;
    expect(message.length).to.be.below(17_000);
    expect(message).to.match(/^no paper x .*…\[cut, 1000009 characters\]$/);
  });

  it('of an error have none of what it quotes of an instance', () => {
    const find = ToolCall.wrap({ name: 'find' }, (order: Order) => {
      throw new Error(`cannot handle: ${order.note}`);
    });
    expect(() => find(new Order('the patient Tom Other has diabetes'))).to.throw('Tom Other');
    expect(last().status.message).to.equal('cannot handle: [REDACTED]');
  });
});
