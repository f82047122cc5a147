import { trace } from '@opentelemetry/api';
import { SimpleSpanProcessor, InMemorySpanExporter, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { expect } from 'chai';
import { Traced } from 'spanwright';
import { captureSpans } from 'spanwright/testing';
import { onlySpanOf } from './captured.js';

interface Ticket {
  id: number;
  text: string;
  nested?: { tags: string[] };
}

class Desk {
  readonly note = 'the desk’s note';

  @Traced({ args: true, result: true })
  async answer(ticket: Ticket, ...rest: unknown[]): Promise<{ text: string; rest: number }> {
    await Promise.resolve();
    ticket.text = 'changed later';
    return { text: 'answered', rest: rest.length };
  }

  @Traced({
    args(this: Desk, ticket: Ticket) {
      return { id: ticket.id, note: this.note };
    },
    result: (text: string) => text.length,
  })
  pick(ticket: Ticket): string {
    return ticket.text;
  }

  @Traced({ args: true, result: true })
  plain(text: string): string {
    return text;
  }

  @Traced({ args: true, result: true })
  nothing(): void {}

  @Traced({ args: false, result: false })
  off(text: string): string {
    return text;
  }

  @Traced({ args: () => undefined, result: () => undefined })
  unpicked(text: string): string {
    return text;
  }

  @Traced({ result: true })
  *numbers(): Generator<number, string> {
    yield 1;
    yield 2;
    return 'end';
  }
}

function contentOf(attributes: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes)
      .filter(([key]) => key === 'spanwright.arguments' || key === 'spanwright.result')
      .map(([key, value]) => [key.slice('spanwright.'.length), JSON.parse(String(value))]),
  );
}

describe('captured arguments and results', () => {
  const ticket = (): Ticket => ({ id: 1, text: 'help', nested: { tags: ['a'] } });

  it('are JSON of what they were when the call saw them', async () => {
    const span = await onlySpanOf(() => new Desk().answer(ticket(), 2n, () => {}));
    expect(contentOf(span.attributes)).to.deep.equal({
      arguments: [{ id: 1, text: 'help', nested: { tags: ['a'] } }, '2n', '[Function]'],
      result: { text: 'answered', rest: 2 },
    });
  });

  it('are what a function picks, with `this`', async () => {
    const span = await onlySpanOf(() => new Desk().pick(ticket()));
    expect(contentOf(span.attributes)).to.deep.equal({
      arguments: { id: 1, note: 'the desk’s note' },
      result: 4,
    });
  });

  it('are JSON for a text, too', async () => {
    for (const text of ['hello', '', '{"a":1}', '5', 'null']) {
      const span = await onlySpanOf(() => new Desk().plain(text));
      expect(contentOf(span.attributes)).to.deep.equal({ arguments: [text], result: text });
    }
  });

  it('are absent where there is nothing, or nothing was asked for', async () => {
    expect(contentOf((await onlySpanOf(() => new Desk().nothing())).attributes)).to.deep.equal({ arguments: [] });
    for (const method of ['off', 'unpicked'] as const) {
      const span = await onlySpanOf(() => new Desk()[method]('text'));
      expect(Object.keys(span.attributes)).to.deep.equal(['code.function.name']);
    }
  });

  it('are the items of a stream', async () => {
    const span = await onlySpanOf(() => expect([...new Desk().numbers()]).to.deep.equal([1, 2]));
    expect(contentOf(span.attributes)).to.deep.equal({ result: [1, 2] });
  });

  it('never reach an application’s own processor', async () => {
    const exporter = new InMemorySpanExporter();
    const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
    provider.register();
    try {
      const span = await onlySpanOf(() => new Desk().answer(ticket(), 1));
      expect(contentOf(span.attributes)).to.have.keys('arguments', 'result');
      const [own] = exporter.getFinishedSpans();
      expect(own?.name).to.equal('Desk.answer');
      expect(own?.attributes).to.deep.equal({ 'code.function.name': 'Desk.answer' });
      expect(JSON.stringify([own?.events, own?.status, own?.links])).to.not.contain('help');
    } finally {
      await provider.shutdown();
      trace.disable();
      const { context, propagation } = await import('@opentelemetry/api');
      context.disable();
      propagation.disable();
    }
  });

  it('stay with their own span', async () => {
    const spans = captureSpans();
    try {
      const desk = new Desk();
      await Promise.all([1, 2, 3].map((id) => desk.answer({ id, text: `ticket ${id}` })));
      const seen = spans.finished().map(({ attributes }) => contentOf(attributes)['arguments']);
      expect(seen).to.deep.equal([1, 2, 3].map((id) => [{ id, text: `ticket ${id}` }]));
    } finally {
      spans.stop();
    }
  });
});
