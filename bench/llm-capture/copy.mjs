// The structural copy alone, with the bounds of a call to a model: request and answer of an exchange, each as it is seen.
import { snapshot } from '#lib/core/snapshot.js';

import { bytes, measure } from '../lib/rounds.mjs';
import { exchanges } from './exchanges.mjs';

const LIMITS_NS = { '2 KiB': 1000, '200 KiB, 6 messages': 5000, '200 KiB, 400 messages': 5000 };
const BOUNDS = { maxBytes: 1_048_576, maxDepth: 24 };

const WAYS = {
  copy: 'snapshot(value, bounds)',
  'JSON.stringify': 'JSON.stringify(value)',
  structuredClone: 'structuredClone(value)',
};

const rows = {};
for (const [size, exchange] of Object.entries(exchanges)) {
  for (const part of ['request', 'answer']) {
    const variants = Object.entries(WAYS).map(([name, code]) => {
      const loop = new Function(
        'snapshot',
        'value',
        'bounds',
        'n',
        `/* ${name} ${size} ${part} */ let sum = 0;
         for (let i = 0; i < n; i++) if (${code} !== undefined) sum++;
         return sum;`,
      );
      return { name, calls: 1, least: 50, run: (n) => loop(snapshot, exchange[part], BOUNDS, n) };
    });
    const ns = await measure(variants, { rounds: 15, ms: 10 });
    const memory = {};
    for (const variant of variants) memory[variant.name] = await bytes(variant, 100);
    const limit = LIMITS_NS[size];
    const verdict = `${(ns.copy / 1000).toFixed(2)} µs (limit ${limit / 1000}: ${ns.copy <= limit ? 'met' : 'missed'})`;
    rows[`copy of the ${part}, exchange of ${size}`] = { ns, bytes: memory, verdict };
  }
}
console.log(JSON.stringify(rows));
