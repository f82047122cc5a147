// node bundle.mjs <entry> <outfile> <format> <legacy|standard> <platform> [condition,…]
import { build } from 'esbuild';

const [entry, outfile, format, mode, platform, conditions] = process.argv.slice(2);
await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  format,
  platform,
  target: 'es2022',
  logLevel: 'warning',
  ...(conditions === undefined ? {} : { conditions: conditions.split(',') }),
  tsconfigRaw: { compilerOptions: { experimentalDecorators: mode === 'legacy' } },
});
