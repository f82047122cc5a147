// Checks spec/typing against the built types with every supported compiler, in both decorator modes.
import { readFileSync } from 'node:fs';

import { run } from './compile.mjs';

for (const compiler of ['typescript', 'typescript-6.0', 'typescript-5.9']) {
  const { version } = JSON.parse(readFileSync(`node_modules/${compiler}/package.json`, 'utf8'));
  for (const mode of ['legacy', 'standard']) {
    run(`node_modules/${compiler}/bin/tsc`, ['-p', `spec/typing/tsconfig.${mode}.json`]);
    console.log(`types hold with TypeScript ${version}, ${mode} decorators`);
  }
}
