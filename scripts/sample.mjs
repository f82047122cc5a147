// Compiles the samples and runs the one that is named: `npm run sample -- privacy`; further arguments go to it.
import { compile, run } from './compile.mjs';

const [name = 'privacy', ...rest] = process.argv.slice(2);

compile({ config: 'tsconfig.samples.json', sources: 'samples', out: '.test-out/samples' });
run(`.test-out/samples/${name}/main.js`, rest);
