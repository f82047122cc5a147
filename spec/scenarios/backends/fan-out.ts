import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { RecordedTrace } from '../../samples/ticket-summarizer/recorded-trace.js';
import type { SampleResult } from '../../samples/ticket-summarizer/sample-run.js';
import type { Ended } from '../run-program.js';
import { runProgram } from '../run-program.js';
import type { BackendName } from './destinations.js';
import { LoopbackLangfuse } from './langfuse.js';
import type { RunningBackends } from './running-backends.js';
import type { ShownTrace } from './shown-span.js';
import { writeTickets } from './tickets.js';

const PROGRAM = fileURLToPath(new URL('send-sample.js', import.meta.url));
const REAL = ['phoenix', 'mlflow', 'collector', 'jaeger'] as const;

/** One run of the sample, its trace sent to every backend at once and read back from each. */
export class FanOut {
  readonly langfuse = new LoopbackLangfuse();
  readonly backends: RunningBackends;
  readonly #output: string;
  readonly #shown = new Map<BackendName, ShownTrace>();
  #ended: Ended | undefined;

  constructor(backends: RunningBackends) {
    this.backends = backends;
    this.#output = join(backends.folder, 'out');
  }

  /** Runs the sample in a process of its own. */
  async run(): Promise<void> {
    const addresses = { ...this.backends.addresses(), langfuse: await this.langfuse.start() };
    const csv = join(this.backends.folder, 'tickets.csv');
    writeTickets(csv);
    const { folder, skipped } = this.backends;
    this.#ended = await runProgram(folder, [PROGRAM, this.#output, csv, JSON.stringify(addresses)]);
    const { length } = this.recorded.spans;
    const read = async (name: (typeof REAL)[number]): Promise<void> => {
      this.#shown.set(name, await this.backends.read(name, this.traceId, length));
    };
    await Promise.all(REAL.filter((name) => !skipped.has(name)).map(read));
    this.#shown.set('langfuse', this.langfuse.read(this.traceId));
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
}
