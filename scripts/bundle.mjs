import { chmodSync } from 'node:fs';
import { join } from 'node:path';

import { build } from 'esbuild';

// Every program that imports the package parses all of it. Its lines stay: Node prints the line of an error that nobody
// catches, and one that went through a call is thrown on by one of ours. Coverage counts what was written.
const isMinified = process.env.NODE_V8_COVERAGE === undefined;

const COMMON = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  packages: 'external',
  // The compiled files are all there is to it: the paths of tsconfig.json lead to sources.
  tsconfigRaw: '{}',
  minifySyntax: isMinified,
  minifyIdentifiers: isMinified,
  sourcemap: true,
  logLevel: 'warning',
};

const PROGRAM = 'dist/bundle/spanwright.js';

const onDemand = {
  name: 'on-demand',
  setup: ({ onResolve, resolve }) => {
    onResolve({ filter: /\/known-(?:endpoints|parts|opener)\.js$/ }, ({ path, ...rest }) =>
      resolve(path.replace(/known-(\w+)/, '$1-on-demand'), rest),
    );
  },
};

const entries = {
  entryPoints: ['dist/esm/index.js', 'dist/esm/testing.js'],
  splitting: true,
  format: 'esm',
  chunkNames: 'shared',
};

const audit = { entryPoints: ['dist/esm/audit.js'], format: 'esm' };

// Where there is no `import.meta`, the file that reads it takes the name of its own.
const beside = { format: 'cjs', logOverride: { 'empty-import-meta': 'silent' } };

/**
 * One file for what `import 'spanwright'` loads: as two hundred modules it takes 60 ms to find and link them, as one, ten.
 * Node gets what reads the answers of models, what hides secrets and what keeps ledgers as files of their own, for who needs
 * them; a bundler, which takes no file along that it sees no import of, gets everything in one. The entry `audit` shares no
 * file with the others: it loads without what makes spans.
 */
export async function bundle(root = process.cwd()) {
  const common = { ...COMMON, absWorkingDir: root };
  await Promise.all([
    build({ ...common, ...entries, outdir: 'dist/bundle', plugins: [onDemand] }),
    build({
      ...common,
      entryPoints: ['dist/esm/genai/providers/all-endpoints.js'],
      format: 'cjs',
      outfile: 'dist/bundle/endpoints.cjs',
    }),
    build({
      ...common,
      ...beside,
      entryPoints: ['dist/esm/privacy/parts.js'],
      outfile: 'dist/bundle/privacy.cjs',
    }),
    build({
      ...common,
      ...beside,
      entryPoints: ['dist/esm/audit/opener.js'],
      outfile: 'dist/bundle/audit.cjs',
      plugins: [onDemand],
    }),
    build({ ...common, ...audit, outfile: 'dist/bundle/audit.js', plugins: [onDemand] }),
    build({ ...common, ...entries, outdir: 'dist/whole' }),
    build({ ...common, ...audit, outfile: 'dist/whole/audit.js' }),
    // The program, which shares nothing with an application's copy.
    build({
      ...common,
      entryPoints: ['dist/esm/apps/cli/main.js'],
      format: 'esm',
      outfile: PROGRAM,
      plugins: [onDemand],
    }),
  ]);
  chmodSync(join(root, PROGRAM), 0o755);
}
