// Decorated calls beside another tool: `start` begins the tool, `end` delivers what it has. Prints what we got and said.
import { configureTracing, currentCall, getTracing, health, Traced } from 'spanwright';

const warnings = [];
const failures = [];
const logger = { warn: ({ code, message, hint }) => warnings.push({ code, message, hint }) };
process.on('uncaughtException', (error) => failures.push(String(error)));
process.on('unhandledRejection', (error) => failures.push(String(error)));

class Service {
  inner = Traced.wrap({ name: 'inner' }, async (text) => text.length);

  work = Traced.wrap({ name: 'work', args: true, result: true }, async function work(text) {
    currentCall()?.setAttributes({ asked: true });
    return `${this.inner.name}: ${await this.inner(text)} of secret`;
  });

  failing = Traced.wrap({ name: 'failing' }, async () => {
    throw new RangeError('on purpose');
  });
}

function shapeOf(span) {
  const { traceId, spanId } = span.spanContext();
  const { name, parentSpanContext, attributes, events } = span;
  return { name, id: `${traceId}/${spanId}`, parent: parentSpanContext?.spanId, attributes, events: events.length };
}

/** `order`: the tool begins `before` or `after` configureTracing, or `alone`. */
export async function beside({ order, start, around, end }) {
  const configure = () => configureTracing({ logger, destinations: [{ provider: 'memory' }] });
  if (order === 'after') configure();
  start(logger);
  if (order === 'before') configure();
  const tracing = getTracing();
  // dd-trace, refused, takes the place of ours a turn later.
  await Promise.resolve();
  const service = new Service();
  const result = await around(() => service.work('secret text'));
  const error = await service.failing().catch((thrown) => `${thrown.name}: ${thrown.message}`);
  const { state } = tracing.status();
  await end();
  const { complete } = await tracing.shutdown();
  const { calls, guarded } = health();
  console.log(
    JSON.stringify({
      host: [],
      ours: tracing.finishedSpans().map(shapeOf),
      warnings,
      ...{ failures, result, error, state, complete, calls, guarded },
    }),
  );
}
