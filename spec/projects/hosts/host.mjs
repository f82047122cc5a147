// Runs one case beside a provider of the application and prints what arrived where, as one line of JSON.
// node host.mjs <createHost | createNodeSdk> <case>; ENDPOINT names an OTLP receiver.
import { context, trace } from '@opentelemetry/api';
import { configureTracing, createSpanProcessor, createTracing, health, Traced } from 'spanwright';
import * as line from './line.mjs';

const [, , maker, name] = process.argv;
const createHost = line[maker];
const warnings = [];
const logger = { warn: ({ code, message, hint }) => warnings.push({ code, message, hint }) };
const memory = { serviceName: 'ours', logger, destinations: [{ provider: 'memory' }] };

const inner = Traced.wrap({ name: 'inner' }, async () => {
  trace.getTracer('mine').startSpan('by hand').end();
});
const work = Traced.wrap({ name: 'work', args: true, result: true, attributes: (n) => ({ n }) }, async (n, _text) => {
  await inner();
  return `secret result ${n}`;
});

function shapeOf(span) {
  const { traceId, spanId } = span.spanContext();
  return {
    name: span.name,
    id: `${traceId}/${spanId}`,
    parent: span.parentSpanContext?.spanId,
    attributes: span.attributes,
    service: span.resource.attributes['service.name'],
  };
}

function print(host, spans, more = {}) {
  console.log(
    JSON.stringify({ host: host.exporter.finished.map(shapeOf), ours: spans.map(shapeOf), warnings, ...more }),
  );
}

const cases = {
  // The application alone: no configureTracing.
  async own() {
    const host = createHost();
    await host.start();
    await work(1, 'secret argument');
    const failing = Traced.wrap('failing', () => {
      throw new Error('on purpose');
    });
    try {
      failing();
    } catch {
      // The span says it.
    }
    print(host, []);
    await host.shutdown();
  },

  async processor() {
    const destination = { provider: 'otlp', endpoint: process.env.ENDPOINT, content: 'full' };
    const host = createHost(createSpanProcessor({ logger, destinations: [destination] }));
    // Not awaited: the resource of NodeSDK is not known yet when our spans are to leave.
    void host.start();
    await work(1, 'secret argument');
    await host.shutdown();
    print(host, []);
  },

  // The program ends, and nobody shuts anything down.
  async ending() {
    const host = createHost(
      createSpanProcessor({ logger, destinations: [{ provider: 'otlp', endpoint: process.env.ENDPOINT }] }),
    );
    await host.start();
    await work(1, 'secret argument');
    print(host, []);
  },

  async before() {
    const host = createHost();
    await host.start();
    const tracing = configureTracing(memory);
    await work(1, 'secret argument');
    const { state, ineffective } = tracing.status();
    await tracing.shutdown();
    await work(2, 'after our shutdown');
    print(host, tracing.finishedSpans(), { state, ineffective });
    await host.shutdown();
  },

  async after() {
    const tracing = configureTracing(memory);
    const open = Traced.wrap('in flight', async (until) => {
      await until;
      await inner();
    });
    let release;
    const inFlight = open(new Promise((resolve) => (release = resolve)));
    const host = createHost();
    await host.start();
    release();
    await inFlight;
    await work(1, 'secret argument');
    const { state, ineffective } = tracing.status();
    await tracing.shutdown();
    // What the application registered was refused while ours stood, so ours is left to it.
    await work(2, 'after our shutdown');
    print(host, tracing.finishedSpans(), { state, ineffective });
    await host.shutdown();
  },

  async again() {
    const tracing = configureTracing(memory);
    await work(1, 'ours');
    trace.disable();
    const off = tracing.status();
    await work(2, 'nobody');
    const host = createHost();
    await host.start();
    trace.getTracer('mine').startSpan('first by hand').end();
    await work(3, 'hosted');
    const { state } = tracing.status();
    trace.disable();
    const second = createHost();
    await second.start();
    await work(4, 'hosted again');
    await tracing.shutdown();
    print(host, tracing.finishedSpans(), { off, state, second: second.exporter.finished.map(shapeOf) });
    await host.shutdown();
    await second.shutdown();
  },

  async reconfigured() {
    const host = createHost();
    await host.start();
    const first = configureTracing(memory);
    let release;
    const gate = new Promise((resolve) => (release = resolve));
    const one = Traced.wrap({ name: 'one', attributes: (n) => ({ n }) }, async () => {
      await gate;
      await inner();
    });
    const calls = Array.from({ length: 1000 }, (_, n) => one(n));
    const second = configureTracing(memory);
    release();
    await Promise.all(calls);
    await first.shutdown();
    const { destinations, calls: counts } = health();
    const firsts = first.finishedSpans();
    print(host, [...firsts, ...second.finishedSpans()], { first: firsts.length, destinations, counts });
    await second.shutdown();
    await host.shutdown();
  },

  async scoped() {
    const host = createHost();
    await host.start();
    const tracing = createTracing(memory).start();
    await Traced.run({ name: 'scoped', tracing }, () => work(1, 'secret argument'));
    await tracing.close();
    print(host, tracing.finishedSpans());
    await host.shutdown();
  },

  async closed() {
    const host = createHost();
    await host.start();
    // A provider that only makes tracers, as an agent's would.
    const { provider } = host;
    trace.disable();
    class AgentProvider {
      getTracer(...args) {
        return provider.getTracer(...args);
      }
    }
    trace.setGlobalTracerProvider(new AgentProvider());
    configureTracing(memory);
    const tracing = configureTracing(memory);
    await work(1, 'secret argument');
    print(host, tracing.finishedSpans(), { state: tracing.status().state });
    await host.shutdown();
  },

  async contextless() {
    const host = createHost();
    trace.setGlobalTracerProvider(host.provider);
    context.disable();
    await work(1, 'secret argument');
    await work(2, 'secret argument');
    print(host, []);
    await host.shutdown();
  },
};

await cases[name]();
