// node main.mjs <before | after | alone> <register | leave | processor>; SINK is the address of a receiver.
process.env.DD_TRACE_AGENT_URL = process.env.SINK;
process.env.DD_INSTRUMENTATION_TELEMETRY_ENABLED = 'false';
process.env.DD_REMOTE_CONFIGURATION_ENABLED = 'false';
process.env.DD_TRACE_STARTUP_LOGS = 'false';

const [, , order, registration] = process.argv;
// The SDK is loaded after it, as Datadog asks.
const { default: tracer } = await import('dd-trace');
const { createSpanProcessor } = await import('spanwright');
const { beside } = await import('./beside.mjs');
let provider;

await beside({
  order,
  start(logger) {
    tracer.init({ flushInterval: 0 });
    if (registration === 'leave') return;
    const ours = () => createSpanProcessor({ logger, destinations: [{ provider: 'memory' }] });
    provider = new tracer.TracerProvider({ spanProcessors: registration === 'processor' ? [ours()] : [] });
    provider.register();
  },
  around: (work) => tracer.trace('root of datadog', work),
  end: () => provider?.forceFlush(),
});
