// Builds lib/ twice: ES modules into dist/esm, and CommonJS into dist/cjs for loaders that cannot require() an ES module (Jest 30 on Node 20).
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';

import { build } from 'esbuild';

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

// One file for what `import 'spanwright'` loads: as ninety modules it takes 60 ms to find and link them, as one, ten.
await build({
  entryPoints: ['dist/esm/index.js', 'dist/esm/testing.js'],
  outdir: 'dist/bundle',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  // The compiled files are all there is to it: the paths of tsconfig.json lead to sources.
  tsconfigRaw: '{}',
  sourcemap: true,
  chunkNames: 'shared',
  logLevel: 'warning',
});
