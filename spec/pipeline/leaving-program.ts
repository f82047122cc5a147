import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { eventually } from './accounts.js';

/** How a program ended. */
export interface Left {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Milliseconds since it said that it was ready, or since its start where it said nothing. */
  readonly ms: number;
  readonly errors: string;
}

const LIMIT_MS = 25_000;

/** A program that sends to an endpoint, in a process of its own; `ready()` in it tells the spec to go on. */
export class LeavingProgram {
  readonly #child: ChildProcess;
  readonly #errors: Promise<string>;
  readonly #exit: Promise<unknown>;
  #output = '';
  #since = performance.now();

  /** `before` runs before tracing is configured. */
  constructor(endpoint: string, code: string, before = '') {
    const setup = `
      import { writeSync } from 'node:fs';
      import { setTimeout as delay } from 'node:timers/promises';
      import { configureTracing, createTracing, Traced } from 'spanwright';
      const ready = (text = 'ready') => writeSync(1, text + '\\n');
      const burst = (count) => { for (let n = 0; n < count; n++) Traced.run('work', () => n); };
      const live = () => setInterval(() => {}, 1000);
      const names = ['beforeExit', 'exit', 'SIGTERM', 'SIGINT'];
      ${before}
      const before = names.map((name) => process.listenerCount(name));
      const tracing = configureTracing({ destinations: [{ provider: 'otlp', endpoint: ${JSON.stringify(endpoint)} }] });`;
    this.#child = spawn(process.execPath, ['--input-type=module', '--eval', `${setup}\n${code}`], {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: LIMIT_MS,
      killSignal: 'SIGKILL',
    });
    const { stdout, stderr } = this.#child;
    if (stdout === null || stderr === null) throw new Error('it has no output');
    stdout.on('data', (data: Buffer) => {
      this.#output += data.toString();
    });
    this.#errors = text(stderr).catch(() => '');
    this.#exit = once(this.#child, 'close');
  }

  /** What it printed so far. */
  get output(): string {
    return this.#output;
  }

  async ready(): Promise<void> {
    await eventually(() => this.#output.includes('\n') || this.#child.exitCode !== null, 'the program is ready');
    this.#since = performance.now();
  }

  /** Reads its standard error no longer: whoever writes there gets EPIPE. */
  deafen(): void {
    this.#child.stderr?.destroy();
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async end(): Promise<Left> {
    await this.#exit;
    const { exitCode, signalCode } = this.#child;
    const ms = performance.now() - this.#since;
    return { code: exitCode, signal: signalCode, ms, errors: await this.#errors };
  }
}
