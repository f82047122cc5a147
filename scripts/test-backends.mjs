// Starts real backends, sends the sample's trace to all of them at once and reads it back from each. They are downloaded and
// built once, into .backends. A backend is left out only where `python3 -m venv` or the Go toolchain cannot be had.
// `--write` writes docs/verification/backends.md; further arguments go to mocha.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';

import { FACTS, writeReport } from './backends/report.mjs';
import { compile } from './compile.mjs';

const options = process.argv.slice(2).filter((option) => option !== '--write');
const isWritten = process.argv.includes('--write');

mkdirSync('.backends', { recursive: true });
compile({ config: 'tsconfig.spec-legacy.json', sources: '.', out: '.test-out/legacy' });
const mocha = ['node_modules/mocha/bin/mocha.js', '.test-out/legacy/spec/scenarios/backends/*.full.spec.js'];
const env = { ...process.env, BACKENDS_MAY_SKIP: 'true', BACKENDS_FACTS: FACTS };
const child = spawn(process.execPath, [...mocha, ...options], { stdio: ['ignore', 'inherit', 'inherit'], env });
// What is told to end tells the specs, which end the backends.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill('SIGINT'));
const [status] = await once(child, 'close');
if (status === 0 && isWritten) writeReport();
process.exitCode = status ?? 1;
