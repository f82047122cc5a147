import { expect } from 'chai';
import { currentCall, Task, Traced, Workflow } from 'spanwright';
import type { AnyFunction } from './captured.js';
import { methodOf, namesOf, onlySpanOf, spansOf } from './captured.js';

/** Calls `wrap` or `run` as plain JavaScript may. */
function callLoosely(decorator: object, key: 'wrap' | 'run', args: unknown[]): unknown {
  return (Reflect.get(decorator, key) as AnyFunction)(...args);
}

describe('wrap', () => {
  it('names the span after the function, the string or the options', async () => {
    function load(): void {}
    const arrow = (): void => {};
    const wrapped = [
      Traced.wrap(load),
      Traced.wrap(arrow),
      Traced.wrap(() => {}),
      Traced.wrap('named', load),
      Traced.wrap({ name: 'optioned' }, load),
      Task.wrap(load),
      Task.wrap('review', load),
      Workflow.wrap(load),
      Workflow.wrap({ name: 'nightly' }, load),
    ];
    const spans = await spansOf(() => {
      for (const fn of wrapped) fn();
    });
    expect(spans.map(({ name }) => name)).to.deep.equal([
      'load',
      'arrow',
      'anonymous',
      'named',
      'optioned',
      'task load',
      'task review',
      'workflow load',
      'workflow nightly',
    ]);
    expect(spans.map(({ attributes }) => attributes['code.function.name'])).to.deep.equal([
      'load',
      'arrow',
      undefined,
      ...Array.from({ length: 6 }, () => 'load'),
    ]);
  });

  it('passes `this`, every argument and the result', async () => {
    const target = {
      base: 10,
      sum: Traced.wrap('sum', function sum(this: { base: number }, ...numbers: number[]): number {
        return numbers.reduce((total, number) => total + number, this.base);
      }),
    };
    const span = await onlySpanOf(() => expect(target.sum(1, 2, 3, 4, 5)).to.equal(25));
    expect(span.name).to.equal('sum');
    expect(target.sum(1)).to.equal(11);
  });

  it('gives its hooks `this` and the arguments', async () => {
    const greet = Traced.wrap(
      { name: (who: string) => `greet ${who}`, attributes: (who) => ({ who }), onResult: (text) => ({ text }) },
      (who: string) => `hello ${who}`,
    );
    const span = await onlySpanOf(() => greet('world'));
    expect(span.name).to.equal('greet world');
    expect(span.attributes).to.include({ who: 'world', text: 'hello world' });
  });

  it('stays constructible for functions and classes, and untraced by `new`', async () => {
    class Point {
      readonly x: number;
      constructor(x: number) {
        this.x = x;
      }
    }
    function Legacy(this: { x: number }, x: number): void {
      this.x = x;
    }
    const LegacyType = Legacy as unknown as { new (x: number): { x: number }; call(self: object, x: number): void };
    const WrappedPoint = Traced.wrap(Point as unknown as () => void) as unknown as typeof Point;
    const WrappedLegacy = Traced.wrap(LegacyType as unknown as () => void) as unknown as typeof LegacyType;
    class Sub extends WrappedPoint {}
    const spans = await spansOf(() => {
      const point = new WrappedPoint(1);
      expect(point).to.be.instanceOf(Point).and.instanceOf(WrappedPoint);
      expect(point.x).to.equal(1);
      expect(point.constructor).to.equal(Point);
      expect(new Sub(2)).to.be.instanceOf(Sub).and.instanceOf(Point);
      expect(new WrappedLegacy(3)).to.be.instanceOf(LegacyType).and.have.property('x', 3);
      expect(() => (WrappedPoint as unknown as () => void)()).to.throw(TypeError, 'without');
    });
    expect(spans.map(({ name }) => name)).to.deep.equal(['Point']);
    const self = { x: 0 };
    expect(await namesOf(() => WrappedLegacy.call(self, 4))).to.deep.equal(['Legacy']);
    expect(self.x).to.equal(4);
  });

  it('makes what was not constructible no more constructible', () => {
    const holder = { method(): void {} };
    const functions = [
      () => {},
      async () => {},
      methodOf(holder, 'method'),
      async function later() {},
      function* steps() {},
    ];
    for (const fn of functions) {
      const wrapped = Traced.wrap(fn) as unknown as new () => unknown;
      expect(() => new wrapped(), String(fn)).to.throw(TypeError, 'not a constructor');
      expect(Object.hasOwn(wrapped, 'prototype'), String(fn)).to.equal(Object.hasOwn(fn, 'prototype'));
    }
  });

  it('refuses what is no function', () => {
    for (const decorator of [Traced, Task, Workflow]) {
      for (const args of [[], [undefined], ['name'], ['name', 5], [{}, null]]) {
        expect(() => callLoosely(decorator, 'wrap', args))
          .to.throw('[DECORATOR_MISPLACED]')
          .with.property('code', 'DECORATOR_MISPLACED');
      }
    }
    expect(() => callLoosely(Task, 'wrap', ['name', 5])).to.throw(/Task\.wrap.*got number, expected a function/);
  });
});

describe('run', () => {
  it('runs a block as a call and gives what it returns', async () => {
    const span = await onlySpanOf(() => {
      expect(Traced.run('block', () => 5)).to.equal(5);
    });
    expect(span.name).to.equal('block');
    expect(span.attributes).to.not.have.property('code.function.name');
  });

  it('keeps the call open until a promise is settled', async () => {
    const names = await namesOf(async () => {
      const running = Workflow.run({ name: 'outer' }, async () => {
        await Promise.resolve();
        return Task.run('inner', () => 'done');
      });
      expect(running).to.be.instanceOf(Promise);
      expect(await running).to.equal('done');
    });
    expect(names).to.deep.equal(['task inner', 'workflow outer']);
  });

  it('hands the block its call, the same that currentCall() tells', async () => {
    const span = await onlySpanOf(() =>
      Traced.run({ name: 'block' }, (call) => {
        call.setAttributes({ seen: true });
        call.addEvent('halfway', { percent: 50 });
        expect(call.sampled).to.equal(true);
        expect(currentCall()?.spanId).to.equal(call.spanId);
      }),
    );
    expect(span.attributes).to.include({ seen: true });
    expect(span.events.map(({ name, attributes }) => [name, attributes])).to.deep.equal([['halfway', { percent: 50 }]]);
  });

  it('hands the block an inert call while nobody listens', () => {
    const seen = Traced.run('block', (call) => {
      call.setAttributes({ lost: true });
      call.addEvent('lost');
      return [call.traceId, call.spanId, call.sampled, currentCall()];
    });
    expect(seen).to.deep.equal(['', '', false, undefined]);
  });

  it('passes the same error on and ends the call', async () => {
    const cause = new Error('no');
    const span = await onlySpanOf(() => {
      const run = (): never =>
        Traced.run('block', () => {
          throw cause;
        });
      expect(run).to.throw().equal(cause);
    });
    expect(span.status).to.deep.equal({ code: 2, message: 'no' });
    expect(span.attributes).to.include({ 'error.type': 'Error' });
  });

  it('takes every option', async () => {
    const span = await onlySpanOf(() =>
      Task.run(
        { type: 'review', id: () => 'one', score: (n) => n / 2, onResult: (n) => ({ n }), kind: 'client' },
        () => 3,
      ),
    );
    expect(span.attributes).to.include({ 'task.id': 'one', 'task.score': 1.5, n: 3 });
  });

  it('refuses what is no function', () => {
    expect(() => callLoosely(Traced, 'run', ['name']))
      .to.throw('[DECORATOR_MISPLACED] Traced.run(options, block): got undefined, expected a function')
      .with.property('code', 'DECORATOR_MISPLACED');
  });
});
