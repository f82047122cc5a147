import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { expect } from 'chai';
import type { Tracing } from 'spanwright';
import { configureTracing, Task, Traced, Workflow } from 'spanwright';

class Nightly {
  static seen: () => unknown[] = () => [];

  @Workflow({ name: 'nightly', runId: 'run-7' })
  async run(): Promise<unknown[]> {
    await Promise.resolve();
    this.step();
    return Nightly.seen();
  }

  @Task({ type: 'step' })
  step(): void {}
}

describe('the start of a workflow', () => {
  let tracing: Tracing;
  const heard: unknown[] = [];
  const hear = (message: unknown): void => {
    heard.push(message);
  };

  beforeEach(() => {
    heard.length = 0;
  });
  afterEach(async () => {
    unsubscribe('spanwright:call', hear);
    await tracing.shutdown();
  });

  it('is published on the channel spanwright:call, and that of other calls is not', async () => {
    tracing = configureTracing({ destinations: [{ provider: 'memory' }] });
    subscribe('spanwright:call', hear);
    const before = Date.now();
    await new Nightly().run();
    Traced.run('other', () => 1);
    const root = tracing.finishedSpans().find(({ name }) => name === 'workflow nightly');
    const { traceId, spanId } = root?.spanContext() ?? expect.fail('no span');
    expect(heard).to.have.lengthOf(1);
    expect(heard[0]).to.deep.include({ event: 'start', name: 'workflow nightly', traceId, spanId, sampled: true });
    expect((heard[0] as { startTime: number }).startTime).to.be.within(before, Date.now());
  });

  it('reaches destinations that ask for it, before the workflow ends and below it', async () => {
    tracing = configureTracing({
      destinations: [
        { provider: 'memory', announceStarts: true },
        { provider: 'memory', name: 'quiet' },
        { provider: 'memory', name: 'models', announceStarts: true, only: 'llm' },
      ],
    });
    Nightly.seen = () => tracing.finishedSpans().map(({ name }) => name);
    expect(await new Nightly().run(), 'while it runs').to.deep.equal(['workflow nightly started', 'task step']);
    const [announcement, , root] = tracing.finishedSpans();
    expect(announcement?.parentSpanContext?.spanId).to.equal(root?.spanContext().spanId);
    expect(announcement?.spanContext().spanId)
      .to.match(/^[0-9a-f]{16}$/)
      .and.not.equal(root?.spanContext().spanId);
    expect(announcement?.attributes).to.include({ 'workflow.name': 'nightly', 'spanwright.announcement': true });
    expect(announcement?.duration).to.deep.equal([0, 0]);
    expect(tracing.finishedSpans('quiet').map(({ name }) => name)).to.deep.equal(['task step', 'workflow nightly']);
    expect(tracing.finishedSpans('models')).to.deep.equal([]);
  });
});
