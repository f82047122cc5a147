import { build } from 'esbuild';

/** One file for what `import 'spanwright'` loads: as ninety modules it takes 60 ms to find and link them, as one, ten. */
export async function bundle(root = process.cwd()) {
  await build({
    absWorkingDir: root,
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
    // Every program that imports the package parses all of it. Coverage counts lines, so that it needs them.
    minify: process.env.NODE_V8_COVERAGE === undefined,
    sourcemap: true,
    chunkNames: 'shared',
    logLevel: 'warning',
  });
}
