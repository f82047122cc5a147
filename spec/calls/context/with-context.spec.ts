import { expect } from 'chai';
import { getTracer, injectContext, Task, Traced, withContext, Workflow } from 'spanwright';
import type { CapturedSpans, FinishedSpan } from 'spanwright/testing';
import { captureSpans } from 'spanwright/testing';
import { hostileProxy } from '../hooks/misbehaviors.js';

const touch = (name: string): void => Traced.run(name, () => {});

const VALUES = {
  sessionId: 'session-1',
  userId: 'user-1',
  conversationId: 'conversation-1',
  tenant: 'tenant-1',
  runId: 'run-1',
  tags: ['a', 'b'],
  metadata: { plan: 'pro', seats: 3 },
};

const ATTRIBUTES = {
  'session.id': 'session-1',
  'user.id': 'user-1',
  'gen_ai.conversation.id': 'conversation-1',
  'spanwright.tenant': 'tenant-1',
  'run.id': 'run-1',
  'spanwright.metadata': '{"plan":"pro","seats":3}',
};

describe('withContext', () => {
  let spans: CapturedSpans;
  beforeEach(() => {
    spans = captureSpans();
  });
  afterEach(() => spans.stop());

  const span = (name: string): FinishedSpan | undefined => spans.finished().find((one) => one.name === name);
  const userOf = (name: string): unknown => span(name)?.attributes['user.id'];

  it('puts its values on every span below, and on no other', async () => {
    await Traced.run('around', async () => {
      await withContext(VALUES, async () => {
        touch('first');
        await new Promise(setImmediate);
        await Workflow.run({ name: 'flow' }, async () => {
          await new Promise((resolve) => {
            setTimeout(resolve, 1);
          });
          Task.run({ type: 'deep' }, () => touch('deeper'));
        });
      });
      touch('after');
    });
    for (const name of ['first', 'workflow flow', 'task deep', 'deeper']) {
      expect(span(name)?.attributes, name).to.include(ATTRIBUTES);
      expect(span(name)?.attributes['spanwright.tags'], name).to.deep.equal(['a', 'b']);
    }
    for (const name of ['around', 'after']) expect(span(name)?.attributes).to.not.have.any.keys(ATTRIBUTES);
  });

  it('lets inner values win and outer ones show where there is no inner one', () => {
    withContext({ userId: 'outer', tenant: 'outer' }, () => {
      withContext({ userId: 'inner' }, () => touch('inside'));
      touch('behind');
    });
    expect(span('inside')?.attributes).to.include({ 'user.id': 'inner', 'spanwright.tenant': 'outer' });
    expect(userOf('behind')).to.equal('outer');
  });

  it('loses to the attributes that a decorator names for its own call', () => {
    withContext({ userId: 'outer', tenant: 'outer' }, () => {
      Traced.run({ name: 'own', attributes: { 'user.id': 'own' } }, () => touch('deeper'));
    });
    expect(span('own')?.attributes).to.include({ 'user.id': 'own', 'spanwright.tenant': 'outer' });
    expect(userOf('deeper')).to.equal('outer');
  });

  it('keeps concurrent pieces of work apart', async () => {
    await Promise.all(
      Array.from({ length: 100 }, (_item, index) =>
        withContext({ userId: String(index) }, async () => {
          for (let step = 0; step < 3; step++) {
            await new Promise(setImmediate);
            await Traced.run(`${index} step ${step}`, () => Promise.resolve());
          }
        }),
      ),
    );
    for (const { name, attributes } of spans.finished()) expect(attributes['user.id']).to.equal(name.split(' ')[0]);
    expect(spans.finished()).to.have.lengthOf(300);
  });

  it('reaches spans below one made by hand, below a new root and in a generator that others read', async () => {
    const items = withContext({ userId: 'maker' }, () =>
      Traced.wrap('items', async function* numbers() {
        await new Promise(setImmediate);
        touch('in the generator');
        yield 1;
      })(),
    );
    await withContext({ userId: 'reader' }, async () => {
      await items.next();
      touch('of the reader');
      getTracer().startActiveSpan('by hand', (one) => {
        touch('below one by hand');
        one.end();
      });
      Traced.run({ name: 'new root', root: true }, () => touch('below the new root'));
    });
    await items.return(undefined);
    expect(userOf('in the generator')).to.equal('maker');
    for (const name of ['of the reader', 'below one by hand', 'new root', 'below the new root']) {
      expect(userOf(name), name).to.equal('reader');
    }
  });

  it('gives a workflow its run id, and the calls below a run id of their own where there is none', () => {
    withContext({ runId: 'given' }, () => Workflow.run({ name: 'one' }, () => touch('below one')));
    Workflow.run({ name: 'two' }, () => touch('below two'));
    expect(span('workflow one')?.attributes['run.id']).to.equal('given');
    expect(span('below one')?.attributes['run.id']).to.equal('given');
    const made = span('workflow two')?.attributes['run.id'];
    expect(made).to.match(/^[0-9a-f-]{36}$/);
    expect(span('below two')?.attributes['run.id']).to.equal(made);
  });

  it('gives what the function gives and throws what it throws', async () => {
    const answer = {};
    const failure = new Error('on purpose');
    expect(withContext(VALUES, () => answer)).to.equal(answer);
    expect(await withContext(VALUES, () => Promise.resolve(answer))).to.equal(answer);
    expect(() =>
      withContext(VALUES, () => {
        throw failure;
      }),
    ).to.throw(failure);
  });

  it('survives values that are none', () => {
    const hostile = { userId: 'kept', metadata: { a: hostileProxy(), b: 1n }, tags: hostileProxy() };
    withContext(hostile as unknown as typeof VALUES, () => touch('inside'));
    expect(span('inside')?.attributes).to.include({
      'user.id': 'kept',
      'spanwright.metadata': '{"a":"[Proxy]","b":"1n"}',
    });
    expect(withContext(hostileProxy(), () => 'done')).to.equal('done');
    expect(withContext(undefined as unknown as object, () => 'done')).to.equal('done');
  });

  it('tells nothing of it to the next service', () => {
    const carrier = withContext(VALUES, () => Traced.run('outer', () => injectContext(new Map<string, string>())));
    expect([...carrier.keys()]).to.deep.equal(['traceparent']);
  });
});
