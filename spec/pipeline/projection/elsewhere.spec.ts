import type { Link } from '@opentelemetry/api';
import { createTraceState, ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { logs } from '@opentelemetry/api-logs';
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { expect } from 'chai';
import { configureTracing, getTracer, LlmCall, Metered, Traced } from 'spanwright';
import type { Tracing } from 'spanwright';
import { state } from '#lib/core/state.js';
import { CollectedWarnings } from '../../collected-warnings.js';
import { withVariables } from '../../config/with-variables.js';
import { Measured } from '../../genai/measured.js';
import { disableGlobals } from '../../testing/otel-globals.js';
import { OtlpServer } from '../otlp-server.js';
import { EMAIL, seenBy, textOf, TIERS, TOKEN } from './all-calls.js';

const BOTH = `${EMAIL} ${TOKEN}`;
const DESTINATIONS = TIERS.map((content) => ({ name: content, content }));

describe('what stands beside the attributes of a span', () => {
  let tracing: Tracing | undefined;
  let warnings: CollectedWarnings;

  beforeEach(() => {
    warnings = new CollectedWarnings();
  });
  afterEach(async () => {
    await tracing?.shutdown();
    tracing = undefined;
    warnings.stop();
    disableGlobals();
    logs.disable();
  });

  it('has no secret at full, and no personal data below: name, status, events, links, tracestate', async () => {
    const context = (id: string): Link['context'] => ({
      traceId: id.repeat(32),
      spanId: id.repeat(16),
      traceFlags: 1,
      traceState: createTraceState(`acme=1,mail=${EMAIL},key=${TOKEN},last=2`),
    });
    const seen = await seenBy(DESTINATIONS, {}, () => {
      const parent = trace.setSpanContext(ROOT_CONTEXT, context('1'));
      const links = [{ context: context('2'), attributes: { note: BOTH } }, { context: context('3') }];
      const span = getTracer('hand').startSpan('by hand', { links }, parent);
      span.setStatus({ code: SpanStatusCode.ERROR, message: BOTH });
      span.addEvent(`event ${BOTH}`, { text: BOTH, list: ['plain', BOTH] });
      span.addEvent(`bare ${BOTH}`);
      span.end();
    });
    for (const { name } of DESTINATIONS) {
      const span = seen[name]?.['by hand'] ?? expect.fail('no span');
      const text = textOf(span) + String(span.parentSpanContext?.traceState?.serialize());
      expect(text, name).to.not.contain(TOKEN);
      expect(text.includes(EMAIL), name).to.equal(name === 'full');
      const states = [span.spanContext(), span.parentSpanContext, ...span.links.map((link) => link.context)].map(
        (one) => one?.traceState?.serialize(),
      );
      const left = name === 'full' ? `acme=1,mail=${EMAIL},last=2` : 'acme=1,last=2';
      expect(states, name).to.deep.equal([left, left, left, left]);
      expect(span.links.map((link) => link.context.traceId)).to.deep.equal(['2'.repeat(32), '3'.repeat(32)]);
      expect(span.status.code).to.equal(SpanStatusCode.ERROR);
      expect(span.events).to.have.lengthOf(2);
    }
  });

  it('is hidden in the resource, wherever it comes from', async () => {
    const variables = { OTEL_RESOURCE_ATTRIBUTES: `owner=${EMAIL},team.token=${TOKEN},region=eu-west` };
    const seen = await withVariables(variables, () =>
      seenBy(DESTINATIONS, { resource: { 'process.command_args': ['node', `--key=${TOKEN}`] } }, () =>
        getTracer('hand').startSpan('by hand').end(),
      ),
    );
    for (const { name } of DESTINATIONS) {
      const { attributes } = seen[name]?.['by hand']?.resource ?? expect.fail('no span');
      expect(attributes, name).to.include({ region: 'eu-west', owner: name === 'full' ? EMAIL : '[REDACTED]' });
      expect(attributes['process.command_args'], name).to.deep.include('node');
      expect(JSON.stringify(attributes), name).to.not.contain(TOKEN);
    }
  });

  it('of a host’s resource is there once its detectors know, whoever asked before', async () => {
    const server = await new OtlpServer().start();
    let found: (value: string) => void = () => {};
    const resource = resourceFromAttributes({
      owner: EMAIL,
      region: 'eu-west',
      'host.late': new Promise<string>((resolve) => {
        found = resolve;
      }),
      'host.contact': Promise.resolve(EMAIL),
    });
    const provider = new NodeTracerProvider({ resource });
    provider.register();
    tracing = configureTracing({
      logger: warnings.logger,
      destinations: [
        { provider: 'memory', content: 'none' },
        { provider: 'otlp', endpoint: server.endpoint, content: 'none' },
      ],
    });
    getTracer('hand').startSpan('early').end();
    expect(tracing.finishedSpans()[0]?.resource.attributes).to.include({ owner: '[REDACTED]', region: 'eu-west' });
    found('known now');
    await tracing.flush();
    getTracer('hand').startSpan('late').end();
    const all = { owner: '[REDACTED]', region: 'eu-west', 'host.late': 'known now', 'host.contact': '[REDACTED]' };
    expect(server.spans[0]?.resource).to.include(all);
    expect(tracing.finishedSpans()[1]?.resource.attributes).to.include(all);
    await tracing.shutdown();
    await provider.shutdown();
    await server.stop();
  });

  it('of a backend is hidden in lastError and in the warning, also where it is cut', async () => {
    for (const path of [`/nowhere/${EMAIL}/${TOKEN}/spans`, `/nowhere/${'x'.repeat(446)}/${TOKEN}/spans`]) {
      tracing = configureTracing({
        logger: warnings.logger,
        destinations: [{ provider: 'file', path }],
      });
      getTracer('hand').startSpan('by hand').end();
      await tracing.flush();
      const { lastError } = tracing.health().destinations['file'] ?? expect.fail('no destination');
      const said = JSON.stringify([lastError, warnings.seen.filter(({ code }) => code.startsWith('EXPORT'))]);
      expect(lastError).to.contain('nowhere');
      expect(said).to.contain('EXPORT_FAILED').and.not.contain(EMAIL).and.not.contain(TOKEN.slice(0, 8));
      await tracing.shutdown();
    }
  });

  it('of a hook that throws is hidden in the warning, also where it is cut', () => {
    tracing = configureTracing({ logger: warnings.logger, destinations: [{ provider: 'memory' }] });
    const fail = (message: string): unknown => {
      warnings.seen.length = 0;
      state.warned.clear();
      const hook = (): never => {
        throw new Error(message);
      };
      Traced.run({ name: 'it', attributes: hook }, () => 1);
      return warnings.seen[0]?.message;
    };
    expect(fail(BOTH)).to.contain('[REDACTED] [REDACTED]').and.not.contain(EMAIL);
    expect(fail(`${'word '.repeat(97)}${TOKEN}`))
      .to.contain('word')
      .and.not.contain(TOKEN.slice(0, 8));
  });

  it('is hidden in the attributes of metrics', async () => {
    const measured = new Measured();
    tracing = configureTracing({ destinations: [{ provider: 'memory' }], metrics: true });
    Metered.run({ name: 'it', counter: 'c', attributes: () => ({ who: BOTH }) }, () => 1);
    const model = `${'m'.repeat(240)} ${TOKEN}`;
    await LlmCall.run({ provider: 'openai', model }, () => Promise.resolve({}));
    const text = JSON.stringify([...(await measured.all()).values()]);
    expect(text).to.contain('[REDACTED] [REDACTED]').and.contain('mmmm');
    expect(text).to.not.contain(EMAIL).and.not.contain(TOKEN.slice(0, 8));
    await measured.stop();
  });

  it('is hidden in the log record of an exception', async () => {
    const exporter = new InMemoryLogRecordExporter();
    logs.setGlobalLoggerProvider(new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter })] }));
    await withVariables({ OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN: 'logs' }, () => {
      tracing = configureTracing({ destinations: [{ provider: 'memory' }] });
    });
    const fail = Traced.wrap({ name: 'it' }, () => {
      throw new TypeError(`no ${BOTH}`);
    });
    expect(fail).to.throw(TypeError);
    const [record] = exporter.getFinishedLogRecords();
    expect(record?.attributes).to.include({ 'exception.message': 'no [REDACTED] [REDACTED]' });
    expect(JSON.stringify(record?.attributes)).to.not.contain(EMAIL).and.not.contain(TOKEN);
    state.exceptionSignal = 'event';
  });
});
