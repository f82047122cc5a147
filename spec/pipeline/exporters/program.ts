import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';

/** What a program printed, and how long it stayed after its last line. */
export interface Ran<T> {
  readonly printed: T;
  readonly errors: string;
  readonly stayedMs: number;
}

const SETUP = `
  import { configureTracing, LlmCall, Traced } from 'spanwright';
  const warnings = [];
  const logger = { warn: ({ code, message, hint }) => warnings.push({ code, message, hint }) };
  const print = (value) => process.stdout.write(JSON.stringify(value) + '\\n');`;

/** Runs a program in a process of its own, as an application would; it prints one line of JSON. */
export async function run<T>(
  code: string,
  { env = {}, options = [] }: { env?: Readonly<Record<string, string>>; options?: readonly string[] } = {},
): Promise<Ran<T>> {
  const { NODE_OPTIONS: _options, ...inherited } = process.env;
  const child = spawn(process.execPath, [...options, '--input-type=module', '--eval', `${SETUP}\n${code}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...inherited, ...env },
  });
  let printedAt = 0;
  child.stdout.on('data', () => {
    printedAt = performance.now();
  });
  const [output, errors, exit] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<unknown[]>,
  ]);
  expect(exit[0], errors).to.equal(0);
  return { printed: JSON.parse(output) as T, errors, stayedMs: performance.now() - printedAt };
}
