import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import type { Backend, RunningBackend } from '#scripts/backends/all.mjs';
import { backends } from '#scripts/backends/all.mjs';
import { runFolder } from '#scripts/backends/run-folder.mjs';

import { readCollector } from './collector.js';
import type { Addresses } from './destinations.js';
import { readJaeger } from './jaeger.js';
import { readMlflow } from './mlflow.js';
import { readPhoenix } from './phoenix.js';
import type { ShownTrace } from './shown-span.js';

type RealName = Backend['name'];

const READERS = { phoenix: readPhoenix, mlflow: readMlflow, collector: readCollector, jaeger: readJaeger };
const READ_LIMIT_MS = 60_000;

/** The real backends, each in a folder of its own. */
export class RunningBackends {
  /** Where this run keeps its files. */
  readonly folder = runFolder();
  /** Why a backend was left out; only where its toolchain cannot be had and leaving out is allowed. */
  readonly skipped = new Map<string, string>();
  readonly #running = new Map<RealName, RunningBackend>();

  /** Downloads and builds what is not there yet, and starts all. Throws when one cannot be had, unless `maySkip`. */
  async start(maySkip: boolean): Promise<void> {
    for (const backend of backends) await this.#prepare(backend, maySkip);
    const present = backends.filter(({ name }) => !this.skipped.has(name));
    const started = await Promise.allSettled(present.map((backend) => this.#start(backend)));
    for (const one of started) if (one.status === 'rejected') throw one.reason;
  }

  async #prepare(backend: Backend, maySkip: boolean): Promise<void> {
    const reason = await backend.missing();
    if (reason === undefined) await backend.prepare();
    else if (!maySkip) throw new Error(`${backend.title} cannot be started: ${reason}`);
    else this.skipped.set(backend.name, reason);
  }

  async #start(backend: Backend): Promise<void> {
    const folder = join(this.folder, backend.name);
    mkdirSync(folder);
    this.#running.set(backend.name, await backend.start(folder));
  }

  /** Where those of these names that run take spans. */
  addresses(names: readonly RealName[] = backends.map(({ name }) => name)): Addresses {
    const own = [...this.#running].filter(([name]) => names.includes(name));
    return Object.fromEntries(own.map(([name, { otlp }]) => [name, otlp]));
  }

  /** Asks a backend for a trace until it has so many spans: it takes them into a queue, or writes them later. */
  async read(name: RealName, traceId: string, spanCount: number): Promise<ShownTrace> {
    const api = this.#running.get(name)?.api ?? '';
    const start = performance.now();
    for (;;) {
      const trace = await READERS[name](api, traceId);
      if (trace.spans.length >= spanCount || performance.now() - start > READ_LIMIT_MS) return trace;
      await delay(250);
    }
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#running.values()].map(({ stop }) => stop()));
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
