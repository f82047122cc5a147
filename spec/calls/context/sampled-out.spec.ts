import { expect } from 'chai';
import type { CurrentCall, Tracing } from 'spanwright';
import { configureTracing, currentCall, health, injectContext, Task, Traced, withContext, Workflow } from 'spanwright';

describe('a trace that is sampled out', () => {
  let tracing: Tracing;
  before(() => {
    tracing = configureTracing({ sampling: { ratio: 0 }, destinations: [{ provider: 'memory' }] });
  });
  after(() => tracing.shutdown());

  it('has calls that know their ids and that they are not sampled', async () => {
    const seen: (CurrentCall | undefined)[] = [];
    await Traced.run('outer', async (call) => {
      seen.push(call);
      await new Promise(setImmediate);
      seen.push(currentCall());
      await Task.run({ type: 'inner' }, async (inner) => {
        seen.push(inner, currentCall());
      });
      for await (const item of Traced.wrap(async function* items() {
        yield currentCall();
      })()) {
        seen.push(item);
      }
    });
    const traces = new Set(seen.map((call) => call?.traceId));
    expect(traces.size).to.equal(1);
    expect([...traces][0]).to.match(/^(?!0{32})[0-9a-f]{32}$/);
    expect(seen.map((call) => call?.sampled)).to.deep.equal(seen.map(() => false));
    expect(seen.map((call) => call?.spanId).every((id) => /^[0-9a-f]{16}$/.test(id ?? ''))).to.equal(true);
    expect(tracing.finishedSpans()).to.deep.equal([]);
  });

  it('runs none of the hooks that make what nobody will see', () => {
    const run: string[] = [];
    const note = (name: string) => (): undefined => void run.push(name);
    const work = Task.wrap(
      {
        attributes: note('attributes'),
        onResult: note('onResult'),
        args: note('args'),
        result: note('result'),
        id: note('id'),
        status: note('status'),
        score: note('score'),
      },
      () => 'answer',
    );
    expect(work()).to.equal('answer');
    expect(run).to.deep.equal([]);
  });

  it('keeps results and errors, and counts its calls', async () => {
    const { opened, ok, error, live } = health().calls;
    const failure = new RangeError('on purpose');
    const answer = {};
    expect(Traced.run('work', () => answer)).to.equal(answer);
    expect(await Workflow.run({ name: 'flow' }, async () => answer)).to.equal(answer);
    let caught: unknown;
    await Traced.run('work', () => Promise.reject(failure)).catch((thrown: unknown) => {
      caught = thrown;
    });
    expect(caught).to.equal(failure);
    const { calls } = health();
    expect([calls.opened - opened, calls.ok - ok, calls.error - error]).to.deep.equal([3, 2, 1]);
    expect(calls.live).to.be.at.most(live);
  });

  it('tells the next service that it is not sampled', () => {
    const carrier = Traced.run('outer', () => withContext({ userId: 'u' }, () => injectContext({}))) as {
      traceparent?: string;
    };
    expect(carrier.traceparent).to.match(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
  });

  it('takes attributes and events and throws nothing', () => {
    const call = Traced.run('outer', (given) => {
      given.setAttributes({ a: 1 });
      given.addEvent('event', { a: 1 });
      return given;
    });
    call.setAttributes({ late: 1 });
    expect(call.sampled).to.equal(false);
  });
});
