import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { expect } from 'chai';
import { configureTracing, Task, Traced } from 'spanwright';
import type { FinishedSpan, Tracing } from 'spanwright';
import { captureSpans } from 'spanwright/testing';
import { disableGlobals } from '../../testing/otel-globals.js';
import { Desk, TIERS, VOCABULARIES } from './all-calls.js';

const DESTINATIONS = TIERS.flatMap((content) =>
  VOCABULARIES.map((vocabulary) => ({
    provider: 'memory' as const,
    name: `${content} ${vocabulary}`,
    content,
    vocabulary,
  })),
);

const plain = (span: FinishedSpan | undefined): unknown => span && { ...span, spanContext: span.spanContext() };

describe('preview', () => {
  let exporter: InMemorySpanExporter;
  let provider: NodeTracerProvider;
  let tracing: Tracing;

  beforeEach(() => {
    exporter = new InMemorySpanExporter();
    provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
    provider.register();
    tracing = configureTracing({
      digestKey: 'k',
      destinations: [...DESTINATIONS, { provider: 'memory', name: 'rows', granularity: 'rows' }],
    });
  });
  afterEach(async () => {
    await tracing.shutdown();
    await provider.shutdown();
    disableGlobals();
  });

  function expectExported(span: FinishedSpan): void {
    const { traceId, spanId } = span.spanContext();
    const accepted = JSON.stringify(tracing.health().destinations);
    const preview = tracing.preview(span);
    expect(Object.keys(preview)).to.deep.equal([...DESTINATIONS.map(({ name }) => name), 'rows']);
    for (const { name, content } of DESTINATIONS) {
      const sent = tracing.finishedSpans(name).find((one) => one.spanContext().spanId === spanId);
      expect(sent?.spanContext().traceId).to.equal(traceId);
      expect(preview[name]?.content, name).to.equal(content);
      expect(plain(preview[name]?.span), name).to.deep.equal(plain(sent));
    }
    expect(JSON.stringify(tracing.health().destinations), 'sends nothing').to.equal(accepted);
  }

  it('is what each destination got, of a span that any destination got', async () => {
    await new Desk().everything();
    for (const { name } of DESTINATIONS) for (const span of tracing.finishedSpans(name)) expectExported(span);
  });

  it('is what each destination got, of a span of a capture and of the application’s processor', async () => {
    const captured = await captureSpans(async (spans) => {
      await new Desk().everything();
      return spans.finished();
    });
    expect(captured).to.have.lengthOf(7);
    for (const span of captured) expectExported(span);
    const seen: readonly ReadableSpan[] = exporter.getFinishedSpans();
    expect(seen).to.have.lengthOf(7);
    for (const span of seen) expectExported(span);
  });

  it('has the tier that the call asked for, and no span where granularity leaves it out', () => {
    Task.run({ type: 'outer' }, () => Traced.run({ name: 'inner', content: 'digest' }, () => 1));
    const [inner, outer] = tracing.finishedSpans('full gen-ai') as [FinishedSpan, FinishedSpan];
    expect(tracing.preview(inner)['rows']).to.deep.equal({ content: 'digest' });
    expect(tracing.preview(inner)['none gen-ai']?.content).to.equal('none');
    expect(tracing.preview(inner)['full gen-ai']?.content).to.equal('digest');
    expect(plain(tracing.preview(outer)['rows']?.span)).to.deep.equal(plain(tracing.finishedSpans('rows')[0]));
  });

  it('is empty where nothing runs', async () => {
    Traced.run({ name: 'it' }, () => 1);
    const [span] = tracing.finishedSpans('full gen-ai') as [FinishedSpan];
    const off = configureTracing({ enabled: false });
    expect(off.preview(span)).to.deep.equal({});
  });
});
