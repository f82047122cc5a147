// node compile.mjs <legacy|2022-03|2023-11>: compiles desk/ into out/ with swc.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';

import { transformFileSync } from '@swc/core';

const [decorators] = process.argv.slice(2);
const transform =
  decorators === 'legacy' ? { legacyDecorator: true, decoratorMetadata: true } : { decoratorVersion: decorators };
mkdirSync('out', { recursive: true });
for (const file of readdirSync('desk')) {
  const { code } = transformFileSync(`desk/${file}`, {
    swcrc: false,
    module: { type: 'es6' },
    jsc: { target: 'es2022', parser: { syntax: 'typescript', decorators: true }, transform },
  });
  writeFileSync(`out/${file.replace(/\.ts$/, '.js')}`, code);
}
