import type { Context, SpanContext } from '@opentelemetry/api';
import { context as contextApi, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { expect } from 'chai';
import type { FinishedSpan, LogFields } from 'spanwright';
import {
  configureTracing,
  createTracing,
  currentCall,
  getTracer,
  logFields,
  Traced,
  withContext,
  withExtractedContext,
} from 'spanwright';
import { state } from '#lib/core/state.js';
import { CollectedWarnings } from '../collected-warnings.js';
import { disableGlobals } from '../testing/otel-globals.js';
import { spansOf } from './captured.js';

const TRACE_ID = 'a'.repeat(32);
const SPAN_ID = 'b'.repeat(16);

function headerWith(flags: string): { traceparent: string } {
  return { traceparent: `00-${TRACE_ID}-${SPAN_ID}-${flags}` };
}

function fieldsOf(spans: readonly FinishedSpan[], name: string): LogFields {
  const ids = spans.find((span) => span.name === name)?.spanContext();
  return { trace_id: ids?.traceId ?? '', span_id: ids?.spanId ?? '', trace_flags: '01' };
}

class Desk {
  readonly lines: [string, LogFields][] = [];

  #log(text: string): void {
    this.lines.push([text, logFields()]);
  }

  @Traced('close')
  async close(): Promise<void> {
    this.#log('close');
    await Promise.all([this.mail(), this.mail()]);
    this.#log('close');
    for await (const part of this.parts()) this.#log(part);
    await new Promise<void>((resolve) => {
      setImmediate(() => {
        this.#log('close');
        resolve();
      });
    });
  }

  @Traced({ name: 'mail', attributes: () => ({}) })
  async mail(): Promise<void> {
    await Promise.resolve();
    withContext({ userId: 'u-1' }, () => this.#log('mail'));
  }

  @Traced('parts')
  async *parts(): AsyncGenerator<string> {
    this.#log('parts');
    yield 'close';
    this.#log('parts');
  }
}

/** Says that a given span is active, or fails, as a context manager of the application may. */
class GivenContext extends AsyncLocalStorageContextManager {
  readonly #given: SpanContext | Error;

  constructor(given: SpanContext | Error) {
    super();
    this.#given = given;
  }

  override active(): Context {
    if (this.#given instanceof Error) throw this.#given;
    return trace.setSpanContext(ROOT_CONTEXT, this.#given);
  }
}

describe('logFields', () => {
  it('are those of the call that a line is said in, across awaits, branches, timers and generators', async () => {
    const desk = new Desk();
    const spans = await spansOf(() => desk.close());
    const mails = spans.filter(({ name }) => name === 'mail').map((span) => fieldsOf([span], 'mail'));
    expect(mails[0]?.span_id).to.not.equal(mails[1]?.span_id);
    const expected = desk.lines.map(([text]) => [text, text === 'mail' ? mails.shift() : fieldsOf(spans, text)]);
    expect(desk.lines).to.deep.equal(expected);
    expect(desk.lines.map(([text]) => text)).to.deep.equal([
      'close',
      'mail',
      'mail',
      'close',
      'parts',
      'close',
      'parts',
      'close',
    ]);
  });

  it('are none outside of a call and while nobody listens', async () => {
    const quiet = Traced.wrap(() => logFields());
    expect([logFields(), quiet()]).to.deep.equal([{}, {}]);
    await spansOf(() => expect(logFields()).to.deep.equal({}));
    const off = configureTracing({ enabled: false, destinations: [{ provider: 'memory' }] });
    expect([logFields(), quiet(), withExtractedContext(headerWith('01'), quiet)]).to.deep.equal([{}, {}, {}]);
    await off.shutdown();
  });

  it('are those of a span made by hand', async () => {
    await spansOf(() =>
      getTracer().startActiveSpan('by hand', (span) => {
        const { traceId, spanId } = span.spanContext();
        expect(logFields()).to.deep.equal({ trace_id: traceId, span_id: spanId, trace_flags: '01' });
        span.end();
      }),
    );
  });

  it('keep their ids in a call that is sampled out, with flags that say so', async () => {
    const tracing = configureTracing({ sampling: { ratio: 0 }, destinations: [{ provider: 'memory' }] });
    Traced.run('outer', () => {
      const outer = logFields();
      expect(outer.trace_flags).to.equal('00');
      expect(outer.trace_id).to.match(/^(?!0+$)[0-9a-f]{32}$/);
      expect(outer.span_id)
        .to.match(/^(?!0+$)[0-9a-f]{16}$/)
        .and.equal(currentCall()?.spanId);
      Traced.run('inner', () => expect(logFields()).to.include({ trace_id: outer.trace_id, trace_flags: '00' }));
    });
    await tracing.shutdown();
  });

  it('are those of the caller below a received context, until a call starts', async () => {
    const tracing = configureTracing({ destinations: [{ provider: 'memory' }] });
    for (const flags of ['00', '01']) {
      withExtractedContext(headerWith(flags), () => {
        expect(logFields()).to.deep.equal({ trace_id: TRACE_ID, span_id: SPAN_ID, trace_flags: flags });
        Traced.run('handle', () => {
          expect(logFields()).to.include({ trace_id: TRACE_ID, trace_flags: flags });
          expect(logFields().span_id).to.equal(currentCall()?.spanId).and.not.equal(SPAN_ID);
        });
      });
    }
    withExtractedContext({ traceparent: 'none' }, () => expect(logFields()).to.deep.equal({}));
    await tracing.shutdown();
  });

  it('are there in a scope of its own and in a provider of the application', async () => {
    const scoped = createTracing({ destinations: [{ provider: 'memory' }] }).start();
    const inScope = Traced.run({ name: 'scoped', tracing: scoped }, () => logFields());
    expect(inScope).to.deep.equal(fieldsOf(scoped.finishedSpans(), 'scoped'));
    await scoped.close();

    const provider = new NodeTracerProvider();
    provider.register();
    Traced.run('hosted', () => {
      expect(logFields()).to.include({ span_id: currentCall()?.spanId, trace_flags: '01' });
    });
    await provider.shutdown();
    disableGlobals();
  });

  it('are a new object each time, which a logger may change', async () => {
    await spansOf(() => {
      Traced.run('work', () => {
        Object.assign(logFields(), { span_id: 'changed', more: true });
        expect(logFields()).to.have.all.keys('trace_id', 'span_id', 'trace_flags');
        expect(logFields().span_id).to.not.equal('changed');
      });
      Object.assign(logFields(), { more: true });
      expect(logFields()).to.deep.equal({});
    });
  });

  it('have flags of two digits, whatever the flags are', () => {
    const ids = { traceId: TRACE_ID, spanId: SPAN_ID };
    const flags: readonly [number, string][] = [
      [0, '00'],
      [3, '03'],
      [0xff, 'ff'],
      [0x1a1, 'a1'],
    ];
    for (const [traceFlags, shown] of flags) {
      contextApi.setGlobalContextManager(new GivenContext({ ...ids, traceFlags }));
      expect(logFields()).to.deep.equal({ trace_id: TRACE_ID, span_id: SPAN_ID, trace_flags: shown });
      disableGlobals();
    }
  });

  it('are none for a span without valid ids, or where the context cannot be read', () => {
    const warnings = new CollectedWarnings();
    const before = state.guarded['ENGINE'] ?? 0;
    const invalid = { traceId: '0'.repeat(32), spanId: SPAN_ID, traceFlags: 1 };
    for (const given of [invalid, new Error('no context')]) {
      contextApi.setGlobalContextManager(new GivenContext(given));
      expect(logFields()).to.deep.equal({});
      disableGlobals();
    }
    expect(state.guarded['ENGINE']).to.equal(before + 1);
    expect(warnings.codes()).to.deep.equal(['ENGINE']);
    warnings.stop();
  });
});
