// A call of a model under @LlmCall(), a row for each size, whole and streamed. Argument: the state of tracing.
import { bytes, measure } from '../lib/rounds.mjs';
import { exchanges } from './exchanges.mjs';
import { states } from './states.mjs';
import { variantsOf } from './variants.mjs';

const [state] = process.argv.slice(2);
const { withContent, enter } = states[state];
const rows = {};
for (const [size, exchange] of Object.entries(exchanges)) {
  for (const kind of ['whole', 'streamed']) {
    const leave = enter();
    const variants = variantsOf(kind, exchange, { withContent });
    const ns = await measure(variants, { rounds: 11, ms: 15 });
    const memory = {};
    for (const variant of variants) memory[variant.name] = await bytes(variant, variant.least);
    rows[`${state}: ${size}, ${kind}`] = { ns, bytes: memory };
    await leave();
  }
}
console.log(JSON.stringify(rows));
