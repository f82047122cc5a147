// A decorated method while a provider is registered, against the same spans written by hand: recorded, sampled out, and
// below a parent that was not sampled. Arguments: home and state. `host` is an application's own provider, `ours` that of configureTracing().
import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { AlwaysOffSampler, ParentBasedSampler, AlwaysOnSampler, TracerProvider } from '@opentelemetry/sdk-trace';
import { configureTracing } from 'spanwright';

import { decorated } from './decorated.mjs';
import { handWritten } from './hand-written.mjs';
import { direct } from '../lib/loops.mjs';
import { bytes, measure } from '../lib/rounds.mjs';

// Spans end here; what an exporter costs is measured elsewhere.
const drop = { onStart() {}, onEnd() {}, forceFlush: async () => {}, shutdown: async () => {} };

const homes = {
  host: (isSampled) => {
    const root = isSampled ? new AlwaysOnSampler() : new AlwaysOffSampler();
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    trace.setGlobalTracerProvider(
      new TracerProvider({ sampler: new ParentBasedSampler({ root }), spanProcessors: [drop] }),
    );
    return () => {
      trace.disable();
      context.disable();
    };
  },
  ours: (isSampled) => {
    const tracing = configureTracing({
      destinations: [{ provider: 'file', path: '/dev/null', granularity: 'lifecycle' }],
      sampling: { ratio: isSampled ? 1 : 0 },
    });
    return () => tracing.shutdown();
  },
};

const unsampled = trace.setSpanContext(ROOT_CONTEXT, {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  traceFlags: 0,
});

const states = {
  recorded: { isSampled: true, within: (run) => run() },
  'sampled out': { isSampled: false, within: (run) => run() },
  'below an unsampled parent': { isSampled: true, within: (run) => context.with(unsampled, run) },
};

const [home, state] = process.argv.slice(2);
const { isSampled, within } = states[state];
const rows = {};
for (const kind of ['sync', 'async']) {
  for (const count of [1, 20]) {
    const leave = homes[home](isSampled);
    const variants = [
      direct('plain', { count, kind, wrap: (method) => method }),
      direct('hand-written', { count, kind, wrap: handWritten[kind] }),
      direct('decorated', { count, kind, wrap: decorated }),
    ].map(({ name, calls, run }) => ({ name, calls, run: (n) => within(() => run(n)) }));
    const ns = await measure(variants, { ms: 20 });
    const memory = {};
    for (const variant of variants) memory[variant.name] = await bytes(variant);
    rows[`${home}, ${state}: ${kind}, ${count}`] = { ns, bytes: memory };
    await leave();
  }
}
console.log(JSON.stringify(rows));
