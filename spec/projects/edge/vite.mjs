// node vite.mjs: what Vite makes of the page for a browser, as one file.
import { build } from 'vite';

await build({
  configFile: false,
  logLevel: 'warn',
  build: {
    outDir: 'out/vite',
    minify: false,
    rollupOptions: { input: 'page.ts', output: { entryFileNames: 'page.js' } },
  },
});
