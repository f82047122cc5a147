// The program that makes decorated calls with canaries in them; `leak-check.ts` runs it in a process of its own.
import diagnosticsChannel from 'node:diagnostics_channel';
import { writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { inspect } from 'node:util';
import { diag, DiagLogLevel } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import {
  BatchSpanProcessor,
  InMemorySpanExporter,
  NodeTracerProvider,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-node';
import type { SpanProcessor } from '@opentelemetry/sdk-trace-node';
import type { FinishedSpan, Tracing } from 'spanwright';
import type { LeakPlan } from './leak-plan.js';

/** What a program saw inside of itself. */
export interface Evidence {
  readonly where: string;
  readonly tier: string;
  readonly text: string;
}

const plan = JSON.parse(process.argv[2] ?? '') as LeakPlan;
const evidence: Evidence[] = [];
const MAX_PREVIEWS = 200;
const keep = (where: string, value: unknown, tier = ''): void => {
  evidence.push({ where, tier, text: typeof value === 'string' ? value : JSON.stringify(value) });
};
const everything = (value: unknown): string =>
  inspect(value, { depth: 20, maxArrayLength: null, maxStringLength: null, breakLength: Infinity });

// Whoever listens to a channel of ours reads it; the names are not known beforehand.
const { channel } = diagnosticsChannel;
diagnosticsChannel.channel = (name) => {
  const made = channel(name);
  if (String(name).startsWith('spanwright')) {
    diagnosticsChannel.subscribe(name, (message) => keep(`channel ${String(name)}`, everything(message)));
  }
  return made;
};
syncBuiltinESMExports();

const spanwright = await import('spanwright');
const { trialsOf } = await import('./leak-plan.js');
const { optionsOf } = await import('./leak-options.js');
const { PLACES } = await import('./places/all-places.js');

interface WithState {
  readonly traceState?: { serialize(): string };
}

interface SpanLike {
  readonly name: string;
  readonly attributes: object;
  readonly events: readonly { readonly name: string; readonly attributes?: object }[];
  readonly links: readonly { readonly context: WithState; readonly attributes?: object }[];
  readonly status: object;
  readonly resource?: { readonly attributes: object };
  spanContext(): WithState;
}

// Times are digits that may be those of a canary, and there are very many of them; what is private leads to the SDK.
const isLeftOut = (key: string): boolean => /^_|time|duration/i.test(key);

function shown(span: SpanLike): unknown {
  const { traceState } = span.spanContext();
  const { attributes, events, links, resource, ...others } = span;
  const rest = Object.entries(others).filter(([key, value]) => !isLeftOut(key) && typeof value !== 'function');
  return {
    name: span.name,
    status: span.status,
    attributes,
    events: events.map((event) => ({ name: event.name, attributes: event.attributes })),
    links: links.map((link) => ({ attributes: link.attributes, state: link.context.traceState?.serialize() })),
    resource: resource?.attributes,
    state: traceState?.serialize(),
    rest: everything(rest),
  };
}
const shownAll = (spans: readonly SpanLike[]): unknown => spans.map(shown);

// Warnings go to a logger of ours, to OpenTelemetry's or to standard error.
const said =
  (where: string) =>
  (...values: unknown[]): void =>
    keep(where, everything(values));
const logger = { warn: said('warnings'), child: () => logger };
const options = { ...optionsOf(plan), ...(plan.home === 'own' && { logger }) };
if (plan.home === 'hosted') {
  const to = said('diag');
  diag.setLogger({ error: to, warn: to, info: to, debug: to, verbose: to }, DiagLogLevel.WARN);
}
const hostSpans = new InMemorySpanExporter();
const hostUrl = `http://${plan.authority}/host/v1/traces`;
const logRecords = new InMemoryLogRecordExporter();
logs.setGlobalLoggerProvider(
  new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter: logRecords })] }),
);

function registerHost(...others: SpanProcessor[]): NodeTracerProvider {
  const provider = new NodeTracerProvider({
    spanProcessors: [
      new SimpleSpanProcessor(hostSpans),
      new BatchSpanProcessor(new OTLPTraceExporter({ url: hostUrl }), { maxQueueSize: 1_000_000 }),
      ...others,
    ],
  });
  provider.register();
  return provider;
}

let provider: NodeTracerProvider | undefined;
let tracing: Tracing | undefined;
if (plan.home === 'host with a processor') {
  const { metrics: _, ...rest } = options as { metrics?: unknown };
  provider = registerHost(spanwright.createSpanProcessor(rest));
} else if (plan.home !== 'own') provider = registerHost();
if (plan.home !== 'host' && plan.home !== 'host with a processor') tracing = spanwright.configureTracing(options);

const trials = trialsOf(plan);
const places = new Map(PLACES.map((place) => [place.title, place]));
for (const trial of trials) await places.get(trial.place)?.run(trial);

await tracing?.flush(60_000);
await provider?.forceFlush();
if (tracing !== undefined) {
  for (const tier of plan.tiers) {
    const spans = tracing.finishedSpans(`memory-${tier}`) as unknown as readonly SpanLike[];
    keep('finishedSpans()', shownAll(spans), tier);
    keep('spans', String(spans.length), tier);
  }
  for (const span of hostSpans.getFinishedSpans().slice(0, MAX_PREVIEWS)) {
    for (const [name, preview] of Object.entries(tracing.preview(span as unknown as FinishedSpan))) {
      if (preview.span !== undefined) keep('preview()', shown(preview.span), name);
    }
  }
  keep('status()', tracing.status());
  keep('health()', tracing.health());
}
keep('health()', spanwright.health());
keep("the host's own exporter", shownAll(hostSpans.getFinishedSpans()));
keep(
  'log records',
  logRecords.getFinishedLogRecords().map(({ body, attributes, eventName }) => ({ body, attributes, eventName })),
);
await tracing?.shutdown(60_000);
await provider?.shutdown();
keep('health()', spanwright.health());
writeFileSync(`${plan.folder}/evidence.json`, JSON.stringify(evidence));
