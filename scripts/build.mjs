// Builds lib/ twice: ES modules into dist/esm, and CommonJS into dist/cjs for loaders that cannot require() an ES module (Jest 30 on Node 20).
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';

import { bundle } from './bundle.mjs';
import { compile } from './compile.mjs';

mkdirSync('dist/esm/core', { recursive: true });
mkdirSync('dist/cjs/core', { recursive: true });
// Written by hand for each format, so that tsc meets no `import.meta` in the CommonJS build.
copyFileSync('lib/core/node-require.mjs', 'dist/esm/core/node-require.mjs');
copyFileSync('lib/core/node-require.d.mts', 'dist/esm/core/node-require.d.mts');
copyFileSync('lib/core/node-require.cjs', 'dist/cjs/core/node-require.cjs');
// dist/cjs is a package scope of its own, so the package's `imports` do not reach it.
const scope = { type: 'commonjs', sideEffects: false, imports: { '#node-require': './core/node-require.cjs' } };
writeFileSync('dist/cjs/package.json', `${JSON.stringify(scope, null, 2)}\n`);

compile({ config: 'tsconfig.build.json', sources: 'lib', out: 'dist/esm' });
compile({ config: 'tsconfig.build-cjs.json', sources: 'lib', out: 'dist/cjs' });

await bundle();
