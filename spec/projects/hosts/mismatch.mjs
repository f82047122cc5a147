// node mismatch.mjs <none | before | after> [folder of a host with packages of its own]; prints what arrived where.
import { configureTracing, Traced } from 'spanwright';

const [, , order, folder] = process.argv;
const warnings = [];
const logger = { warn: ({ code, message, hint }) => warnings.push({ code, message, hint }) };
const configure = () => configureTracing({ logger, destinations: [{ provider: 'memory' }] });
const host = folder === undefined ? undefined : (await import(`./${folder}/line.mjs`)).createHost();

let tracing;
if (order === 'after') tracing = configure();
host?.start();
if (order === 'before') tracing = configure();

const inner = Traced.wrap('inner', async (n) => n + 1);
const work = Traced.wrap('work', async (n) => await inner(n));
const results = [await work(1), await work(2)];
await tracing?.flush();
const namesOf = (spans) => spans.map(({ name }) => name);
const seen = { host: namesOf(host?.exporter.finished ?? []), ours: namesOf(tracing?.finishedSpans() ?? []) };
const isNested = (tracing?.finishedSpans() ?? []).some(({ parentSpanContext }) => parentSpanContext !== undefined);
console.log(JSON.stringify({ ...seen, results, warnings, isNested }));
await tracing?.shutdown();
await host?.shutdown();
