import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import type { Backend, RunningBackend } from '#scripts/backends/all.mjs';
import { backends } from '#scripts/backends/all.mjs';
import { runFolder } from '#scripts/backends/run-folder.mjs';

import { RecordedTrace } from '../../samples/ticket-summarizer/recorded-trace.js';
import type { SampleResult } from '../../samples/ticket-summarizer/sample-run.js';
import type { Ended } from '../run-program.js';
import { runProgram } from '../run-program.js';
import { readCollector } from './collector.js';
import type { BackendName, Endpoints } from './destinations.js';
import { readJaeger } from './jaeger.js';
import { LoopbackLangfuse } from './langfuse.js';
import { readMlflow } from './mlflow.js';
import { readPhoenix } from './phoenix.js';
import type { ShownTrace } from './shown-span.js';
import { writeTickets } from './tickets.js';

const PROGRAM = fileURLToPath(new URL('send-sample.js', import.meta.url));
const READERS = { phoenix: readPhoenix, mlflow: readMlflow, collector: readCollector, jaeger: readJaeger };
const READ_LIMIT_MS = 60_000;

/** Runs the sample once, its trace sent to every backend at once, and reads it back from each. */
export class FanOut {
  readonly langfuse = new LoopbackLangfuse();
  /** Why a backend was left out; only where its toolchain cannot be had and leaving out is allowed. */
  readonly skipped = new Map<BackendName, string>();
  readonly #folder = runFolder();
  readonly #running = new Map<Backend['name'], RunningBackend>();
  readonly #shown = new Map<BackendName, ShownTrace>();
  #ended: Ended | undefined;

  /** Throws when a backend cannot be had, unless `maySkip`. */
  async run(maySkip: boolean): Promise<void> {
    for (const backend of backends) await this.#prepare(backend, maySkip);
    const present = backends.filter(({ name }) => !this.skipped.has(name));
    const started = await Promise.allSettled(present.map((backend) => this.#start(backend)));
    for (const one of started) if (one.status === 'rejected') throw one.reason;
    const endpoints: Endpoints = {
      ...Object.fromEntries([...this.#running].map(([name, { traces }]) => [name, traces])),
      langfuse: await this.langfuse.start(),
    };
    const csv = join(this.#folder, 'tickets.csv');
    writeTickets(csv);
    this.#ended = await runProgram(this.#folder, [PROGRAM, this.#output, csv, JSON.stringify(endpoints)]);
    await Promise.all([...this.#running].map(([name, { api }]) => this.#readBack(name, api)));
    this.#shown.set('langfuse', this.langfuse.read(this.traceId));
  }

  async #prepare(backend: Backend, maySkip: boolean): Promise<void> {
    const reason = await backend.missing();
    if (reason === undefined) await backend.prepare();
    else if (!maySkip) throw new Error(`${backend.title} cannot be started: ${reason}`);
    else this.skipped.set(backend.name, reason);
  }

  async #start(backend: Backend): Promise<void> {
    const folder = join(this.#folder, backend.name);
    mkdirSync(folder);
    this.#running.set(backend.name, await backend.start(folder));
  }

  // Backends take spans into a queue or a file that is written later.
  async #readBack(name: Backend['name'], api: string): Promise<void> {
    const expected = this.recorded.spans.length;
    const start = performance.now();
    for (;;) {
      const trace = await READERS[name](api, this.traceId);
      this.#shown.set(name, trace);
      if (trace.spans.length >= expected || performance.now() - start > READ_LIMIT_MS) return;
      await delay(250);
    }
  }

  get #output(): string {
    return join(this.#folder, 'out');
  }

  /** How the process of the sample ended. */
  get ended(): Ended {
    if (this.#ended === undefined) throw new Error('the sample did not run');
    return this.#ended;
  }

  /** The same trace as the file destination beside them has it. */
  get recorded(): RecordedTrace {
    return new RecordedTrace(join(this.#output, 'trace.jsonl'));
  }

  get traceId(): string {
    return this.recorded.only('Process Tickets').traceId;
  }

  get results(): readonly SampleResult[] {
    return JSON.parse(readFileSync(join(this.#output, 'results.json'), 'utf8')) as SampleResult[];
  }

  /** The trace as a backend gives it back. */
  shown(name: BackendName): ShownTrace {
    const trace = this.#shown.get(name);
    if (trace === undefined) throw new Error(`${name} was not read`);
    return trace;
  }

  async stop(): Promise<void> {
    await Promise.all([this.langfuse.stop(), ...[...this.#running.values()].map(({ stop }) => stop())]);
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
