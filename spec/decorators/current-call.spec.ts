import { expect } from 'chai';
import { currentCall, getTracer, Task, Traced, withContext } from 'spanwright';
import type { CurrentCall } from 'spanwright';
import { CollectedWarnings } from '../collected-warnings.js';
import { onlySpanOf, spansOf } from './captured.js';

let kept: CurrentCall | undefined;

class Caller {
  @Traced
  async outer(): Promise<string | undefined> {
    const before = currentCall()?.spanId;
    await this.inner();
    expect(currentCall()?.spanId, 'after an await').to.equal(before);
    return before;
  }

  @Task('inner')
  async inner(): Promise<void> {
    await Promise.resolve();
    currentCall()?.setAttributes({ seen: true, list: ['a'], nested: { a: 1 }, nothing: undefined });
  }

  @Traced
  events(): void {
    const call = currentCall();
    call?.addEvent('plain');
    call?.addEvent('full', { percent: 50, nested: { a: 1 } });
  }

  @Traced
  keep(): void {
    kept = currentCall();
  }

  @Traced
  hostile(): void {
    const call = currentCall();
    const broken = {
      get a(): never {
        throw new Error('no');
      },
      b: 1,
    };
    call?.setAttributes(broken);
    call?.setAttributes(undefined as never);
    call?.setAttributes('text' as never);
    call?.addEvent(undefined as never, broken);
  }
}

describe('currentCall', () => {
  let warnings: CollectedWarnings;
  before(() => {
    warnings = new CollectedWarnings();
  });
  after(() => warnings.stop());

  it('is undefined outside of a call and while nobody listens', async () => {
    expect(currentCall()).to.equal(undefined);
    expect(Traced.wrap(() => currentCall())()).to.equal(undefined);
    await spansOf(() => {
      expect(currentCall()).to.equal(undefined);
      getTracer().startActiveSpan('by hand', (span) => {
        expect(currentCall(), 'a span made by hand is no call').to.equal(undefined);
        span.end();
      });
    });
  });

  it('tells the ids of the innermost call, across awaits', async () => {
    let told: string | undefined;
    const spans = await spansOf(async () => {
      told = await new Caller().outer();
    });
    const outer = spans.find(({ name }) => name === 'Caller.outer');
    expect(outer?.spanContext().spanId).to.equal(told);
  });

  it('sets attributes: structures as JSON, undefined left out', async () => {
    const span = await onlySpanOf(() => new Caller().inner());
    expect(span.attributes).to.deep.include({ seen: true, list: ['a'], nested: '{"a":1}' });
    expect(span.attributes).to.not.have.property('nothing');
  });

  it('makes JSON of an array whose items are of several types, which the SDK would drop', async () => {
    const span = await onlySpanOf(() =>
      Traced.run('mixed', (call) => call.setAttributes({ mixed: ['a', 1, true], holes: [null, 'a'] })),
    );
    expect(span.attributes).to.deep.include({ mixed: '["a",1,true]', holes: [null, 'a'] });
  });

  it('adds events', async () => {
    const span = await onlySpanOf(() => new Caller().events());
    expect(span.events.map(({ name, attributes }) => ({ name, attributes: { ...attributes } }))).to.deep.equal([
      { name: 'plain', attributes: {} },
      { name: 'full', attributes: { percent: 50, nested: '{"a":1}' } },
    ]);
  });

  it('keeps its ids and does nothing once the call has ended', async () => {
    const span = await onlySpanOf(() => new Caller().keep());
    const { attributes, events } = span;
    kept?.setAttributes({ late: true });
    kept?.addEvent('late');
    expect(kept).to.include({ sampled: true });
    expect(kept?.traceId).to.equal(span.spanContext().traceId);
    expect(kept?.spanId).to.equal(span.spanContext().spanId);
    expect(attributes).to.not.have.property('late');
    expect(events).to.deep.equal([]);
  });

  it('never throws, whatever it is given', async () => {
    const span = await onlySpanOf(() => new Caller().hostile());
    expect(span.status.code).to.equal(0);
    expect(span.attributes).to.include({ b: 1 });
    expect(warnings.codes()).to.deep.equal(['HOOK_ATTRIBUTES']);
  });
});

describe('withContext', () => {
  it('puts its values on every span below, the inner ones over the outer ones', async () => {
    const values = { sessionId: 's', userId: 'u', conversationId: 'c', tenant: 't', runId: 'r', tags: ['a', 'b'] };
    const spans = await spansOf(() =>
      withContext({ ...values, metadata: { plan: { name: 'pro' } } }, async () => {
        await new Caller().outer();
        return withContext({ userId: 'other' }, () => new Caller().keep());
      }),
    );
    const common = {
      'session.id': 's',
      'gen_ai.conversation.id': 'c',
      'spanwright.tenant': 't',
      'run.id': 'r',
      'spanwright.tags': ['a', 'b'],
      'spanwright.metadata': '{"plan":{"name":"pro"}}',
    };
    for (const { attributes } of spans) expect(attributes).to.deep.include(common);
    expect(spans.map(({ attributes }) => attributes['user.id'])).to.deep.equal(['u', 'u', 'other']);
  });

  it('gives what the function gives, and leaves what comes after alone', async () => {
    const span = await onlySpanOf(async () => {
      expect(withContext({ userId: 'u' }, () => 5)).to.equal(5);
      await withContext({ userId: 'u' }, () => Promise.resolve());
      new Caller().keep();
    });
    expect(span.attributes).to.not.have.property('user.id');
  });

  it('never throws by itself', () => {
    const cause = new Error('mine');
    expect(() =>
      withContext({ metadata: { big: 1n, self: undefined } }, () => {
        throw cause;
      }),
    )
      .to.throw()
      .equal(cause);
    expect(withContext(undefined as never, () => 5)).to.equal(5);
  });
});
