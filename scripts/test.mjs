// Compiles the specs in both decorator modes and runs each in a process of its own, as an application would; those that are
// the same in both run once.
// Arguments go to mocha: `npm test -- --grep 'closes when'`. `*.full.spec.ts` install whole applications; they are left to
// `npm run verify:full`, which passes `--full` to run those alone, in one mode: each brings its own compiler.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';

import { compile } from './compile.mjs';
import { sameInBothModes } from './same-in-both-modes.mjs';

const [first, ...others] = process.argv.slice(2);
const isFull = first === '--full';
const options = isFull || first === undefined ? others : [first, ...others];
const modes = isFull ? ['legacy'] : ['legacy', 'standard'];
const suffix = isFull ? '.full.spec.js' : '.spec.js';
const ignored = isFull ? [] : ['--ignore', '.test-out/**/*.full.spec.js'];
// A forgotten `.only` is fine on a desk and a hole in CI.
const onCi = process.env.CI ? ['--forbid-only'] : [];
rmSync('.test-out/counts', { recursive: true, force: true });
for (const mode of modes) {
  compile({ config: `tsconfig.spec-${mode}.json`, sources: '.', out: `.test-out/${mode}` });
}

// What is the same program in both modes runs once.
const once = isFull ? [] : sameInBothModes().flatMap((file) => ['--ignore', file]);
if (once.length > 0) console.log(`${once.length / 2} spec files are the same in both modes and run once`);

const failed = modes.filter((mode) => {
  console.log(`\nSpecs with ${mode} decorators`);
  const args = [
    'node_modules/mocha/bin/mocha.js',
    `.test-out/${mode}/spec/**/*${suffix}`,
    ...ignored,
    ...(mode === 'standard' ? once : []),
    ...onCi,
    ...options,
  ];
  const env = { ...process.env, SPEC_COUNTS: `.test-out/counts/${mode}.json`, DECORATOR_MODE: mode };
  return spawnSync(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'], env }).status !== 0;
});
if (failed.length > 0) {
  console.error(`Specs failed with ${failed.join(' and ')} decorators`);
  process.exit(1);
}
