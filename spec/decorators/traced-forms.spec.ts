import { expect } from 'chai';
import { Traced } from 'spanwright';
import { namesOf, onlySpanOf } from './captured.js';

class Counter {
  #count = 0;

  @Traced
  bare(by: number): number {
    this.#count += by;
    return this.#count;
  }

  @Traced()
  called(by: number): number {
    return this.bare(by) * 2;
  }

  @Traced('count up')
  named(by: number): number {
    return this.#count + by;
  }

  @Traced({ name: 'count down', attributes: { direction: 'down' } })
  async withOptions(by: number): Promise<number> {
    await Promise.resolve();
    return this.#count - by;
  }

  @Traced
  static bareStatic(): string {
    return this.name;
  }

  @Traced()
  static async calledStatic(): Promise<string> {
    await Promise.resolve();
    return this.name;
  }

  @Traced
  get total(): number {
    return this.#count;
  }

  @Traced()
  static get kind(): string {
    return `${this.name} kind`;
  }

  @Traced('limit of a counter')
  get limit(): number {
    return this.#count + 10;
  }

  set limit(value: number) {
    this.#count = value - 10;
  }

  @Traced
  accessor step = 1;

  @Traced({ name: 'unit of a counter' })
  static accessor unit = 'piece';

  @Traced
  *numbers(): Generator<number, string, number> {
    const got = yield 1;
    yield got + 1;
    return 'done';
  }

  @Traced()
  async *pages(): AsyncGenerator<string> {
    yield 'first';
    await Promise.resolve();
    yield 'second';
  }
}

describe('Traced on members', () => {
  it('works bare, with the result and `this` of the method', async () => {
    const span = await onlySpanOf(() => {
      expect(new Counter().bare(3)).to.equal(3);
    });
    expect(span.name).to.equal('Counter.bare');
    expect(span.status).to.deep.equal({ code: 0 });
  });

  it('works called, and nests what it calls', async () => {
    expect(await namesOf(() => expect(new Counter().called(4)).to.equal(8))).to.deep.equal([
      'Counter.bare',
      'Counter.called',
    ]);
  });

  it('works with a name', async () => {
    const span = await onlySpanOf(() => new Counter().named(1));
    expect(span.name).to.equal('count up');
    expect(span.attributes).to.include({ 'code.function.name': 'Counter.named' });
  });

  it('works with options', async () => {
    const span = await onlySpanOf(async () => {
      const result = new Counter().withOptions(1);
      expect(result).to.be.instanceOf(Promise);
      expect(await result).to.equal(-1);
    });
    expect(span.name).to.equal('count down');
    expect(span.attributes).to.include({ direction: 'down' });
  });

  it('traces statics, whose `this` is the class', async () => {
    const names = await namesOf(async () => {
      expect(Counter.bareStatic()).to.equal('Counter');
      expect(await Counter.calledStatic()).to.equal('Counter');
    });
    expect(names).to.deep.equal(['Counter.bareStatic', 'Counter.calledStatic']);
  });

  it('traces getters and leaves their setters', async () => {
    const names = await namesOf(() => {
      const counter = new Counter();
      expect(counter.total).to.equal(0);
      expect(Counter.kind).to.equal('Counter kind');
      counter.limit = 15;
      expect(counter.limit).to.equal(15);
    });
    expect(names).to.deep.equal(['Counter.total', 'Counter.kind', 'limit of a counter']);
  });

  it('traces reading of accessors and not writing', async () => {
    const names = await namesOf(() => {
      const counter = new Counter();
      counter.step = 5;
      expect(counter.step).to.equal(5);
      Counter.unit = 'box';
      expect(Counter.unit).to.equal('box');
    });
    expect(names).to.deep.equal(['Counter.step', 'unit of a counter']);
  });

  it('keeps generators what they are, and the span open until they are done', async () => {
    const span = await onlySpanOf(() => {
      const numbers = new Counter().numbers();
      expect(numbers.next()).to.deep.equal({ done: false, value: 1 });
      expect(numbers.next(4)).to.deep.equal({ done: false, value: 5 });
      expect(numbers.next()).to.deep.equal({ done: true, value: 'done' });
    });
    expect(span.name).to.equal('Counter.numbers');
    expect(span.attributes).to.not.have.property('spanwright.outcome');
  });

  it('keeps async generators what they are', async () => {
    const span = await onlySpanOf(async () => {
      const seen: string[] = [];
      for await (const page of new Counter().pages()) seen.push(page);
      expect(seen).to.deep.equal(['first', 'second']);
    });
    expect(span.name).to.equal('Counter.pages');
  });

  it('throws the same error object, with or without anybody listening', async () => {
    const cause = new RangeError('no');
    class Thrower {
      @Traced
      fail(): never {
        throw cause;
      }

      @Traced
      async reject(): Promise<never> {
        await Promise.resolve();
        throw cause;
      }
    }
    const attempt = async (): Promise<void> => {
      const thrower = new Thrower();
      expect(() => thrower.fail())
        .to.throw()
        .equal(cause);
      const seen = await thrower.reject().catch((error: unknown) => error);
      expect(seen).to.equal(cause);
    };
    await attempt();
    expect(await namesOf(attempt)).to.deep.equal(['Thrower.fail', 'Thrower.reject']);
  });

  it('is a plain call while nobody listens', () => {
    const counter = new Counter();
    expect(counter.bare(2)).to.equal(2);
    expect(counter.total).to.equal(2);
    expect(new Counter().numbers().next()).to.deep.equal({ done: false, value: 1 });
  });
});
