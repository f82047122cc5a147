// node bundle.mjs <entry> <outfile> <esm|cjs> <legacy|standard> <condition>: one file, the OpenTelemetry packages left outside.
import { build } from 'esbuild';

const [entry, outfile, format, mode, condition] = process.argv.slice(2);
const isRequired = entry.endsWith('.cjs');
await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  platform: 'node',
  format,
  target: 'node20',
  conditions: [condition],
  external: ['@opentelemetry/*'],
  tsconfigRaw: { compilerOptions: { experimentalDecorators: mode === 'legacy' } },
  // What CommonJS sources need in an ES module, whatever they import.
  ...(isRequired && format === 'esm'
    ? { banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" } }
    : {}),
});
