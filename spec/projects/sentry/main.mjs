// node main.mjs <before | after | alone> <package> <options as JSON>; SINK is the address of a receiver.
import { createSpanProcessor } from 'spanwright';
import { beside } from './beside.mjs';

const [, , order, name, json] = process.argv;
const { processor, ...options } = JSON.parse(json);
const Sentry = await import(name);
const { host } = new URL(process.env.SINK);

await beside({
  order,
  start(logger) {
    const ours = processor ? [createSpanProcessor({ logger, destinations: [{ provider: 'otlp', ...processor }] })] : [];
    Sentry.init({
      dsn: `http://key@${host}/1`,
      tracesSampleRate: 1,
      ...options,
      ...(processor === undefined ? {} : { openTelemetrySpanProcessors: ours }),
    });
  },
  around: (work) => Sentry.startSpan({ name: 'root of sentry' }, work),
  end: () => Sentry.close(5000),
});
