import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { CallLog } from './call-log.js';
import { readLog } from './call-log.js';

const LIMIT_MS = 120_000;
// A program that does not come that far in this time is killed, and the spec fails.
const READY_MS = 30_000;

/** Makes a folder on the disk of the repository; the folder for temporary files may be memory. */
export function makeFolder(): { path: string; remove(): void } {
  const parent = resolve('.test-out/ledgers');
  mkdirSync(parent, { recursive: true });
  const path = mkdtempSync(join(parent, 'crash-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** How a child ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly errors: string;
}

/** How to start a child. */
export interface ChildOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** A program and its arguments that run Node, as a tracer does. */
  readonly under?: readonly string[];
}

/** A program of this folder in a process of its own, with a log that outlives it. */
export class Child {
  readonly #logPath: string;
  readonly #child: ChildProcess;
  readonly #errors: Promise<string>;
  readonly #exit: Promise<unknown>;

  constructor(program: string, options: object, logPath: string, { env, under = [] }: ChildOptions = {}) {
    this.#logPath = logPath;
    const path = fileURLToPath(new URL(program, import.meta.url));
    const log = openSync(logPath, 'a');
    const [command = process.execPath, ...before] = under;
    const node = under.length === 0 ? [] : [process.execPath];
    this.#child = spawn(command, [...before, ...node, path, JSON.stringify(options)], {
      stdio: ['pipe', 'ignore', 'pipe', log],
      env: { ...process.env, NODE_OPTIONS: '', ...env },
      timeout: LIMIT_MS,
      killSignal: 'SIGKILL',
    });
    closeSync(log);
    const { stderr } = this.#child;
    if (stderr === null) throw new Error('it has no standard error');
    this.#errors = text(stderr);
    this.#exit = once(this.#child, 'close');
  }

  get log(): CallLog {
    return readLog(this.#logPath);
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** Waits until the log says so. */
  async until(holds: (log: CallLog) => boolean): Promise<void> {
    const end = performance.now() + READY_MS;
    while (!holds(this.log)) {
      if (this.hasEnded) throw new Error(`it ended before: ${JSON.stringify(await this.end())}`);
      if (performance.now() > end) throw new Error(`it did not come that far in ${READY_MS} ms`);
      await delay(5);
    }
  }

  /** Lets a held program go on. */
  go(): void {
    this.#child.stdin?.end('go\n');
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async end(): Promise<Ended> {
    await this.#exit;
    return { code: this.#child.exitCode, signal: this.#child.signalCode, errors: await this.#errors };
  }
}
