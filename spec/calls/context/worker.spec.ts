import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect } from 'chai';
import { injectContext, Traced } from 'spanwright';
import { captureSpans } from 'spanwright/testing';
import type { WorkerAnswer } from './worker-entry.js';

const JOBS = 5;

class Dispatcher {
  /** One worker for several calls, each with the context of its own. */
  async dispatch(): Promise<WorkerAnswer> {
    const jobs = await Promise.all(Array.from({ length: JOBS }, (_item, id) => this.prepare(id)));
    const worker = new Worker(new URL('./worker-entry.js', import.meta.url), {
      workerData: { jobs: [...jobs, { id: JOBS, carrier: {} }] },
    });
    const [[answer]] = (await Promise.all([once(worker, 'message'), once(worker, 'exit')])) as [
      [WorkerAnswer],
      unknown,
    ];
    return answer;
  }

  @Traced({ name: (id: number) => `prepare ${id}` })
  async prepare(id: number): Promise<{ id: number; carrier: Record<string, unknown> }> {
    await new Promise(setImmediate);
    return { id, carrier: injectContext({}) };
  }
}

describe('a worker thread', function () {
  this.timeout(20_000);

  it('continues the trace of each job by its carrier, and starts one where there is none', async () => {
    const spans = captureSpans();
    const answer = await new Dispatcher().dispatch();
    spans.stop();
    const find = (name: string): WorkerAnswer['spans'][number] | undefined =>
      answer.spans.find((span) => span.name === name);
    expect(answer.strayCall).to.equal(undefined);
    expect(answer.spans).to.have.lengthOf((JOBS + 1) * 2);
    expect(spans.finished()).to.have.lengthOf(JOBS);
    for (const prepared of spans.finished()) {
      const { traceId, spanId } = prepared.spanContext();
      const id = prepared.name.split(' ')[1];
      expect(find(`job ${id}`)).to.include({ traceId, parentSpanId: spanId });
      expect(find(`step ${id}`)).to.include({ traceId, parentSpanId: find(`job ${id}`)?.spanId });
    }
    expect(find(`job ${JOBS}`)?.parentSpanId).to.equal(undefined);
    expect(new Set(answer.spans.map(({ traceId }) => traceId)).size).to.equal(JOBS + 1);
  });
});
