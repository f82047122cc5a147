// Three copies of the package in one process: the ES module, the CommonJS build, and another install further down.
import { createRequire } from 'node:module';
import { trace } from '@opentelemetry/api';
import * as esm from 'spanwright';

const require = createRequire(import.meta.url);
const commonjs = require('./node_modules/spanwright/dist/cjs/index.js');
const other = await import('./other/copy.mjs');
const copies = { esm, commonjs, other };
const order = process.argv[2].split(',').map((name) => copies[name]);
const [first, second, third] = order;

const warnings = [];
const logger = { warn: ({ code, message }) => warnings.push({ code, message }) };
const tracing = first.configureTracing({ logger, destinations: [{ provider: 'memory' }] });
const provider = trace.getTracerProvider();

// One span: the decorators of all copies meet on one plan, and the topmost stands.
const innermost = first.Traced.wrap({ name: 'innermost' }, async () => 'result');
const merged = third.Traced.wrap({ name: 'lowest', args: true }, second.Traced.wrap({ name: 'middle' }, innermost));
const outer = second.Traced.wrap('outer', async () => {
  second.currentCall()?.setAttributes({ seenBy: 'second' });
  third.currentCall()?.setAttributes({ alsoBy: 'third' });
  return await merged('secret');
});
await third.Traced.wrap('root', async () => await outer())();

const handles = order.map(({ getTracing }) => getTracing() === tracing);
const healths = order.map(({ health }) => JSON.stringify(health().calls));

// Another copy takes over, with calls in flight.
let release;
const gate = new Promise((resolve) => (release = resolve));
const one = second.Traced.wrap('one', async () => await gate);
const calls = Array.from({ length: 100 }, () => one());
const next = third.configureTracing({ logger, destinations: [{ provider: 'memory' }] });
release();
await Promise.all(calls);
const isOneProvider = trace.getTracerProvider() === provider;
const spans = tracing.finishedSpans().map(({ name, attributes, parentSpanContext, spanContext }) => {
  return { name, attributes, id: spanContext().spanId, parent: parentSpanContext?.spanId };
});
const states = [tracing.status().state, next.status().state];
const seen = { spans, warnings, handles, healths: new Set(healths).size, isOneProvider, states };
await first.getTracing().shutdown();
console.log(
  JSON.stringify({
    ...seen,
    different: new Set(order.map(({ Traced }) => Traced)).size,
    ones: next.finishedSpans().length,
    after: trace.getTracerProvider().getDelegate?.().constructor.name,
  }),
);
