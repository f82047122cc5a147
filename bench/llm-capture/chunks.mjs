// What a chunk of a long answer costs, a row for each state of tracing.
import { bytes, measure } from '../lib/rounds.mjs';
import { chunksOf, exchanges, text } from './exchanges.mjs';
import { states } from './states.mjs';
import { variantsOf } from './variants.mjs';

const LIMIT_NS = 2000;

const exchange = { ...exchanges['2 KiB'], chunks: chunksOf(text(8_000)) };
const rows = {};
for (const [state, { withContent, enter }] of Object.entries(states)) {
  const leave = enter();
  const variants = variantsOf('streamed', exchange, { withContent, perChunk: true });
  const ns = await measure(variants, { rounds: 15, ms: 20 });
  const memory = {};
  for (const variant of variants) memory[variant.name] = await bytes(variant, variant.calls * variant.least);
  const over = ns.decorated - ns.plain;
  const byHand = (ns.decorated - ns['hand-written']).toFixed(0);
  const isMet = over <= LIMIT_NS ? 'met' : 'missed';
  rows[`a chunk, ${state}`] = {
    ns,
    bytes: memory,
    verdict: `+${over.toFixed(0)} ns (limit ${LIMIT_NS}: ${isMet}), ${byHand} against hand-written`,
  };
  await leave();
}
console.log(JSON.stringify(rows));
