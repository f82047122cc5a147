// The logger provider of API 1.10, which keeps it itself.
import { logs } from '@opentelemetry/api';
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { configureTracing, Traced } from 'spanwright';

const exporter = new InMemoryLogRecordExporter();
logs.setGlobalLoggerProvider(new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter })] }));
process.env.OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN = 'logs';
const tracing = configureTracing({ destinations: [{ provider: 'memory' }] });
const failing = Traced.wrap('failing', async () => {
  throw new TypeError('on purpose');
});
await failing().catch(() => {});
const [span] = tracing.finishedSpans();
console.log(
  JSON.stringify({
    spanId: span.spanContext().spanId,
    events: span.events.length,
    records: exporter.getFinishedLogRecords().map(({ eventName, attributes, spanContext }) => ({
      eventName,
      type: attributes['exception.type'],
      spanId: spanContext?.spanId,
    })),
  }),
);
await tracing.shutdown();
