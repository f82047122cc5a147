// One interleaved run: every variant once a round, so that a noisy minute hits all of them alike. Medians over the rounds.

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const now = () => Number(process.hrtime.bigint());

/** Keeps results alive, so that no work is optimised away. */
let sink = 0;

async function time(variant, n) {
  const start = now();
  const made = variant.run(n);
  const result = made instanceof Promise ? await made : made;
  const spent = now() - start;
  sink ^= result | 0;
  return spent / (n * variant.calls);
}

async function size(variant, ms) {
  const { least = 200 } = variant;
  await time(variant, least * 5);
  await time(variant, least * 10);
  const ns = (await time(variant, least * 10)) * variant.calls;
  return Math.max(least, Math.min(5e7, Math.round((ms * 1e6) / Math.max(ns, 0.2))));
}

/**
 * Nanoseconds a call of each variant: `{ name, calls, run(n) }`, where `run` makes `n × calls` calls; `least` is the
 * smallest `n` of a round, where a run takes long.
 */
export async function measure(variants, { rounds = 15, ms = 10, warm = 4 } = {}) {
  const entries = [];
  for (const variant of variants) entries.push({ variant, n: await size(variant, ms), times: [] });
  for (let round = 0; round < warm; round++) for (const { variant, n } of entries) await time(variant, n);
  for (const entry of entries) entry.n = await size(entry.variant, ms);
  for (let round = 0; round < rounds; round++) {
    for (const entry of entries) entry.times.push(await time(entry.variant, entry.n));
  }
  return Object.fromEntries(entries.map(({ variant, times }) => [variant.name, median(times)]));
}

/**
 * The same over several builds of the variants: where V8 happens to put their code moves a call of few nanoseconds by some
 * of them. `make(name)` builds one; the order changes with each build.
 */
export async function measureAfresh(names, make, { builds = 7, prepare = async () => {}, ...options } = {}) {
  const seen = Object.fromEntries(names.map((name) => [name, []]));
  let variants = [];
  for (let build = 0; build < builds; build++) {
    const order = names.map((_, index) => names[(index + build) % names.length]);
    variants = order.map(make);
    await prepare(variants);
    const ns = await measure(variants, options);
    for (const name of names) seen[name].push(ns[name]);
  }
  return { ns: Object.fromEntries(names.map((name) => [name, median(seen[name])])), variants };
}

/** Bytes that a call leaves on the young heap; needs --expose-gc and room for so many calls without a collection. */
export async function bytes(variant, calls = 4000) {
  const n = Math.max(1, Math.round(calls / variant.calls));
  const seen = [];
  for (let round = 0; round < 7; round++) {
    globalThis.gc();
    const before = process.memoryUsage().heapUsed;
    const made = variant.run(n);
    sink ^= (made instanceof Promise ? await made : made) | 0;
    seen.push((process.memoryUsage().heapUsed - before) / (n * variant.calls));
  }
  return median(seen);
}
