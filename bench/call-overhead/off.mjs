// A decorated method while nobody listens: never configured, and configured and shut down before.
import { configureTracing } from 'spanwright';

import { decorated } from './decorated.mjs';
import { direct, mixed } from '../lib/loops.mjs';
import { bytes, measureAfresh } from '../lib/rounds.mjs';

const plain = (method) => method;
const forwarder = (method) =>
  function forward(x) {
    return method.call(this, x);
  };

const wraps = { plain, forwarder, decorated };
const shapes = {
  'sync, 1 method': (name, wrap) => direct(name, { count: 1, kind: 'sync', wrap }),
  'sync, 20 methods': (name, wrap) => direct(name, { count: 20, kind: 'sync', wrap }),
  'async, 1 method': (name, wrap) => direct(name, { count: 1, kind: 'async', wrap }),
  'async, 20 methods': (name, wrap) => direct(name, { count: 20, kind: 'async', wrap }),
  'mixed loop': (name, wrap) => mixed(name, { wrap }),
};

async function runAndShutDown(variants) {
  const tracing = configureTracing({ destinations: [{ provider: 'memory' }] });
  for (const variant of variants) await variant.run(50);
  await tracing.shutdown();
}

const rows = {};
const states = [
  { state: 'never configured', prepare: async () => {} },
  { state: 'shut down', prepare: runAndShutDown },
];
for (const { state, prepare } of states) {
  for (const [shape, make] of Object.entries(shapes)) {
    const names = Object.keys(wraps);
    const { ns, variants } = await measureAfresh(names, (name) => make(name, wraps[name]), {
      prepare,
      rounds: 11,
      ms: 6,
    });
    const memory = {};
    for (const variant of variants) memory[variant.name] = await bytes(variant);
    rows[`${state}: ${shape}`] = { ns, bytes: memory };
  }
}
console.log(JSON.stringify(rows));
