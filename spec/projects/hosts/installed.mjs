// A program of somebody who installed the package; ENDPOINT names an OTLP receiver.
import { configureTracing, Traced } from 'spanwright';

const warnings = [];
const logger = { warn: ({ code, message, hint }) => warnings.push({ code, message, hint }) };
const tracing = configureTracing({ logger, destinations: [{ provider: 'otlp', endpoint: process.env.ENDPOINT }] });
const double = Traced.wrap('double', async (n) => n * 2);
const result = await Traced.wrap('work', async (n) => await double(n))(21);
const { state } = tracing.status();
const { complete } = await tracing.shutdown();
console.log(JSON.stringify({ result, complete, warnings, state }));
