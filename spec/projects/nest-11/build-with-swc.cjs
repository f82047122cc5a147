// What `nest build --builder swc` does: each file by itself, decorators and their metadata in the legacy way.
const { mkdirSync, readdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { transformFileSync } = require('@swc/core');

mkdirSync('dist', { recursive: true });
for (const file of readdirSync('src')) {
  const { code } = transformFileSync(join('src', file), {
    swcrc: false,
    module: { type: 'commonjs' },
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
    },
  });
  writeFileSync(join('dist', file.replace(/\.ts$/, '.js')), code);
}
