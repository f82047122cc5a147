import { trace } from '@opentelemetry/api';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { expect } from 'chai';
import { configureTracing, createSpanProcessor, createTracing, ToolCall, Traced, withContext } from 'spanwright';
import { disableGlobals } from '../../testing/otel-globals.js';

const EMPLOYEE = 'EMP-123456';
const rules = { patterns: [/\bEMP-\d{6}\b/], keys: ['patientName'] };

describe('rules of several configurations', () => {
  let exporter: InMemorySpanExporter;
  let provider: NodeTracerProvider;
  const undo: (() => Promise<unknown>)[] = [];

  beforeEach(() => {
    exporter = new InMemorySpanExporter();
    provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
    provider.register();
  });

  afterEach(async () => {
    for (const step of undo.splice(0).toReversed()) await step();
    await provider.shutdown();
    disableGlobals();
  });

  const fail = (): void => {
    try {
      Traced.run('fails', () => {
        throw new Error(`no access for ${EMPLOYEE}`);
      });
    } catch {
      // What it says on the span is looked at.
    }
  };
  const statusOnHost = (): string | undefined => exporter.getFinishedSpans().at(-1)?.status.message;

  it('all hold for what is written at once', async () => {
    const tracing = configureTracing({ destinations: [{ provider: 'memory' }], privacy: rules });
    undo.push(() => tracing.shutdown());
    const processor = createSpanProcessor({ destinations: [{ provider: 'memory' }] });
    undo.push(() => processor.shutdown());
    fail();
    expect(statusOnHost()).to.equal('no access for [REDACTED]');
  });

  it('hold while their scope is open', async () => {
    const scope = createTracing({ destinations: [{ provider: 'memory' }], privacy: rules }).start();
    fail();
    expect(statusOnHost()).to.equal('no access for [REDACTED]');
    await scope.close();
    fail();
    expect(statusOnHost()).to.equal(`no access for ${EMPLOYEE}`);
  });

  it('hide by names of keys at once, too', () => {
    const tracing = configureTracing({ destinations: [{ provider: 'memory' }], privacy: rules });
    undo.push(() => tracing.shutdown());
    withContext({ metadata: { patientName: 'Ann Other', plan: 'gold' } }, () => Traced.run('it', () => 1));
    const [span] = exporter.getFinishedSpans();
    expect(span?.attributes['spanwright.metadata']).to.equal('{"patientName":"[REDACTED]","plan":"gold"}');
  });

  it('leave content off the spans where the latest one does not ask for it', () => {
    const call = ToolCall.wrap({ name: 'find' }, (_query: object) => 1);
    const first = configureTracing({ contentOnSpan: true, destinations: [{ provider: 'memory' }] });
    undo.push(() => first.shutdown());
    call({ q: 'one' });
    const second = configureTracing({ destinations: [{ provider: 'memory' }] });
    undo.push(() => second.shutdown());
    call({ q: 'two' });
    const scope = createTracing({ contentOnSpan: true, destinations: [{ provider: 'memory' }] }).start();
    undo.push(() => scope.close());
    call({ q: 'three' });
    const shown = exporter.getFinishedSpans().map((span) => span.attributes['gen_ai.tool.call.arguments']);
    expect(shown).to.deep.equal(['{"q":"one"}', undefined, undefined]);
    expect(trace.getTracerProvider()).to.not.equal(undefined);
  });

  it('cut content on spans as they do elsewhere', () => {
    const tracing = configureTracing({
      contentOnSpan: true,
      maxContentChars: 60,
      destinations: [{ provider: 'memory' }],
    });
    undo.push(() => tracing.shutdown());
    ToolCall.wrap({ name: 'find' }, (_query: object) => 1)({ q: 'word '.repeat(100) });
    const [span] = exporter.getFinishedSpans();
    const shown = String(span?.attributes['gen_ai.tool.call.arguments']);
    expect(shown.length).to.be.at.most(60);
    expect(() => JSON.parse(shown) as unknown).to.not.throw();
  });
});
