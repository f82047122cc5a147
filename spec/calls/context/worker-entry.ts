import { parentPort, workerData } from 'node:worker_threads';
import type { Carrier } from 'spanwright';
import { configureTracing, currentCall, Traced, withExtractedContext } from 'spanwright';

/** A span as it is posted back. */
export interface PostedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
}

/** What the worker answers. */
export interface WorkerAnswer {
  /** The current call outside of any; there must be none. */
  readonly strayCall: string | undefined;
  readonly spans: readonly PostedSpan[];
}

interface Job {
  readonly id: number;
  readonly carrier: Carrier;
}

class Worker {
  @Traced({ name: (job: Job) => `job ${job.id}` })
  async run(job: Job): Promise<void> {
    await new Promise(setImmediate);
    await this.step(job);
  }

  @Traced({ name: (job: Job) => `step ${job.id}` })
  async step(_job: Job): Promise<void> {}
}

const tracing = configureTracing({ serviceName: 'worker', destinations: [{ provider: 'memory' }] });
const worker = new Worker();
const { jobs } = workerData as { readonly jobs: readonly Job[] };
await Promise.all(jobs.map((job) => withExtractedContext(job.carrier, () => worker.run(job))));
const strayCall = currentCall()?.spanId;
const spans = tracing.finishedSpans().map((span) => ({
  name: span.name,
  traceId: span.spanContext().traceId,
  spanId: span.spanContext().spanId,
  parentSpanId: span.parentSpanContext?.spanId,
}));
parentPort?.postMessage({ strayCall, spans } satisfies WorkerAnswer);
await tracing.shutdown();
