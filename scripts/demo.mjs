// Compiles the samples and runs the ticket summarizer; arguments go to it: `npm run demo -- --limit 5`.
import { compile, run } from './compile.mjs';

compile({ config: 'tsconfig.samples.json', sources: 'samples', out: '.test-out/samples' });
run('.test-out/samples/ticket-summarizer/main.js', ['--analysis-type', 'both', ...process.argv.slice(2)]);
