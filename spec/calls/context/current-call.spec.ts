import { trace } from '@opentelemetry/api';
import { expect } from 'chai';
import type { CurrentCall } from 'spanwright';
import { currentCall, health, Traced } from 'spanwright';
import type { CapturedSpans } from 'spanwright/testing';
import { captureSpans } from 'spanwright/testing';
import { state } from '#lib/core/state.js';
import { hostileProxy, throwingGetter } from '../hooks/misbehaviors.js';

class Service {
  @Traced()
  plain(): CurrentCall | undefined {
    return currentCall();
  }

  @Traced()
  async waiting(): Promise<CurrentCall | undefined> {
    await new Promise(setImmediate);
    return currentCall();
  }

  @Traced()
  get value(): CurrentCall | undefined {
    return currentCall();
  }

  @Traced()
  static fixed(): CurrentCall | undefined {
    return currentCall();
  }

  @Traced()
  *items(): Generator<CurrentCall | undefined> {
    yield currentCall();
  }

  @Traced()
  async *laterItems(): AsyncGenerator<CurrentCall | undefined> {
    await new Promise(setImmediate);
    yield currentCall();
  }

  @Traced()
  async cleanup(): Promise<(CurrentCall | undefined)[]> {
    const calls: (CurrentCall | undefined)[] = [];
    try {
      await Promise.reject(new Error('on purpose'));
    } catch {
      calls.push(currentCall());
    } finally {
      await Promise.resolve(this.plain());
      calls.push(currentCall());
    }
    return calls;
  }
}

async function firstOf<T>(items: AsyncIterable<T>): Promise<T | undefined> {
  for await (const item of items) return item;
  return undefined;
}

describe('currentCall', () => {
  const service = new Service();
  let spans: CapturedSpans;
  beforeEach(() => {
    spans = captureSpans();
    state.logger = { warn: () => {} };
  });
  afterEach(() => {
    spans.stop();
    state.logger = undefined;
  });

  const idOf = (name: string): string | undefined =>
    spans
      .finished()
      .find((span) => span.name === name)
      ?.spanContext().spanId;

  it('is undefined outside of any call, and in a span made by hand', () => {
    expect(currentCall()).to.equal(undefined);
    trace.getTracer('by hand').startActiveSpan('by hand', (span) => {
      expect(currentCall()).to.equal(undefined);
      span.end();
    });
  });

  const PLACES: readonly [name: string, span: string, call: () => unknown][] = [
    ['a method', 'Service.plain', () => service.plain()],
    ['an async method', 'Service.waiting', () => service.waiting()],
    ['a getter', 'Service.value', () => service.value],
    ['a static', 'Service.fixed', () => Service.fixed()],
    ['a generator', 'Service.items', () => [...service.items()][0]],
    ['an async generator', 'Service.laterItems', () => firstOf(service.laterItems())],
    ['a wrapped function', 'wrapped', () => Traced.wrap('wrapped', () => currentCall())()],
    ['a block', 'block', () => Traced.run('block', () => currentCall())],
    ['what a block is given', 'block', () => Traced.run('block', (call) => call)],
  ];
  for (const [name, span, place] of PLACES) {
    it(`knows the span in ${name}`, async () => {
      const call = (await place()) as CurrentCall;
      const captured = spans.finished().find((one) => one.name === span);
      expect(call.sampled).to.equal(true);
      expect(call.spanId).to.match(/^[0-9a-f]{16}$/);
      expect(call.traceId).to.match(/^[0-9a-f]{32}$/);
      expect(captured?.spanContext()).to.include({ spanId: call.spanId, traceId: call.traceId });
    });
  }

  it('is the same in catch and finally, and behind a call inside', async () => {
    const calls = await service.cleanup();
    expect(calls.map((call) => call?.spanId)).to.deep.equal([idOf('Service.cleanup'), idOf('Service.cleanup')]);
  });

  it('is the call around in a hook that runs before the call', () => {
    const seen: (string | undefined)[] = [];
    const hook = (): undefined => void seen.push(currentCall()?.spanId);
    const work = Traced.wrap({ name: 'work', attributes: hook, links: () => (hook(), []) }, () => {});
    work();
    Traced.run('outer', () => work());
    expect(seen).to.deep.equal([undefined, undefined, idOf('outer'), idOf('outer')]);
  });

  it('sets attributes and adds events while the call runs, and does nothing afterwards', async () => {
    const late = Traced.run('work', (call) => {
      call.setAttributes({ text: 'a', list: [1, 2], structure: { a: [1] }, none: undefined, big: 10n });
      call.addEvent('happened', { count: 1, structure: { a: 1 } });
      return call;
    });
    late.setAttributes({ late: true });
    late.addEvent('late');
    await new Promise(setImmediate);
    const [span] = spans.finished();
    expect(span?.attributes).to.include({ text: 'a', structure: '{"a":[1]}', big: '10' });
    expect(span?.attributes['list']).to.deep.equal([1, 2]);
    expect(span?.attributes).to.not.have.any.keys('none', 'late');
    expect(span?.events.map(({ name }) => name)).to.deep.equal(['happened']);
    expect(span?.events[0]?.attributes).to.deep.equal({ count: 1, structure: '{"a":1}' });
  });

  it('throws nothing, whatever it is given', () => {
    const before = health().guarded['HOOK_ATTRIBUTES'] ?? 0;
    Traced.run('work', (call) => {
      const given: unknown[] = [hostileProxy(), throwingGetter(), undefined, null, 'text', Symbol('s'), () => {}];
      for (const value of given) {
        call.setAttributes(value as Record<string, unknown>);
        call.addEvent('event', value as Record<string, unknown>);
      }
      call.setAttributes({ kept: 1, hostile: hostileProxy(), symbol: Symbol('s') });
    });
    expect(spans.finished()[0]?.attributes).to.include({ kept: 1, hostile: '[Proxy]' });
    expect((health().guarded['HOOK_ATTRIBUTES'] ?? 0) - before).to.be.above(5);
  });

  it('is undefined with tracing off, and a block is given a call without ids', async () => {
    spans.stop();
    for (const [, , place] of PLACES.slice(0, -1)) expect(await place()).to.equal(undefined);
    Traced.run('work', (call) => {
      expect([call.traceId, call.spanId, call.sampled]).to.deep.equal(['', '', false]);
      call.setAttributes({ a: 1 });
      call.addEvent('event');
    });
  });
});
