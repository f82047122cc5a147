import { Readable } from 'node:stream';
import { expect } from 'chai';
import { currentCall, Traced } from 'spanwright';
import type { CapturedSpans } from 'spanwright/testing';
import { captureSpans } from 'spanwright/testing';
import { NamedSpans } from './named-spans.js';

const touch = (name: string): void => Traced.run(name, () => {});
const here = (): string | undefined => currentCall()?.spanId;

class Source {
  readonly seen: (string | undefined)[] = [];

  @Traced('numbers')
  *numbers(): Generator<number> {
    try {
      for (let value = 1; value <= 3; value++) {
        this.seen.push(here());
        touch(`body ${value}`);
        yield value;
      }
    } finally {
      this.seen.push(here());
      touch('cleanup');
    }
  }

  @Traced('later numbers')
  async *laterNumbers(): AsyncGenerator<number> {
    try {
      for (let value = 1; value <= 3; value++) {
        this.seen.push(here());
        await new Promise(setImmediate);
        touch(`body ${value}`);
        yield value;
      }
    } finally {
      await new Promise(setImmediate);
      this.seen.push(here());
      touch('cleanup');
    }
  }

  @Traced('all of them')
  async *delegating(): AsyncGenerator<number> {
    yield* this.laterNumbers();
    touch('after the delegate');
  }
}

describe('context of a generator', () => {
  let spans: CapturedSpans;
  let source: Source;
  beforeEach(() => {
    spans = captureSpans();
    source = new Source();
  });
  afterEach(() => spans.stop());

  const expectBodyIn = (line: string, steps: readonly string[]): void => {
    const named = new NamedSpans(spans);
    for (const step of steps) expect(named.lineOf(step)).to.equal(`${step} < ${line}`);
    expect(new Set(source.seen).size).to.equal(1);
  };

  it('is its own call in the body and the consumer’s between two items', () => {
    Traced.run('consumer', (call) => {
      for (const value of source.numbers()) {
        expect(here()).to.equal(call.spanId);
        touch(`consumed ${value}`);
      }
      expect(here()).to.equal(call.spanId);
    });
    expectBodyIn('numbers < consumer', ['body 1', 'body 2', 'body 3', 'cleanup']);
    expect(new NamedSpans(spans).lineOf('consumed 2')).to.equal('consumed 2 < consumer');
  });

  it('is the same when it is asynchronous', async () => {
    await Traced.run('consumer', async (call) => {
      for await (const value of source.laterNumbers()) {
        expect(here()).to.equal(call.spanId);
        await new Promise(setImmediate);
        touch(`consumed ${value}`);
        expect(here()).to.equal(call.spanId);
      }
      expect(here()).to.equal(call.spanId);
    });
    expectBodyIn('later numbers < consumer', ['body 1', 'body 2', 'body 3', 'cleanup']);
    expect(new NamedSpans(spans).lineOf('consumed 2')).to.equal('consumed 2 < consumer');
  });

  it('does not change when others consume it than the one who made it, each in its own call', async () => {
    const numbers = Traced.run('maker', () => source.laterNumbers());
    for (const consumer of ['first', 'second', 'third']) {
      await Traced.run(consumer, async (call) => {
        const { value } = (await numbers.next()) as { value: unknown };
        expect(here()).to.equal(call.spanId);
        touch(`consumed ${String(value)}`);
      });
    }
    await numbers.next();
    expect(currentCall()).to.equal(undefined);
    expectBodyIn('later numbers < maker', ['body 1', 'body 2', 'body 3', 'cleanup']);
    expect(new NamedSpans(spans).lineOf('consumed 2')).to.equal('consumed 2 < second');
  });

  for (const [name, leave] of [
    ['break', 'break'],
    ['a throw of the consumer', 'throw'],
  ] as const) {
    it(`holds for the cleanup after ${name}`, async () => {
      const outcome = Traced.run('consumer', async () => {
        for await (const value of source.laterNumbers()) {
          touch(`consumed ${value}`);
          if (leave === 'throw') throw new RangeError('enough');
          break;
        }
      });
      await outcome.catch((error: unknown) => expect(error).to.be.instanceOf(RangeError));
      expectBodyIn('later numbers < consumer', ['body 1', 'cleanup']);
    });
  }

  it('holds for each of two that delegate', async () => {
    await Traced.run('consumer', async () => {
      for await (const value of source.delegating()) touch(`consumed ${value}`);
    });
    expectBodyIn('later numbers < all of them < consumer', ['body 1', 'body 3', 'cleanup']);
    expect(new NamedSpans(spans).lineOf('after the delegate')).to.equal('after the delegate < all of them < consumer');
  });

  it('holds when a Node stream reads it', async () => {
    const chunks = await Traced.run('consumer', () => Readable.from(source.laterNumbers()).toArray());
    expect(chunks).to.deep.equal([1, 2, 3]);
    expectBodyIn('later numbers < consumer', ['body 1', 'body 2', 'body 3', 'cleanup']);
  });

  it('is nobody’s when nobody reads it', () => {
    const numbers = Traced.run('consumer', () => [source.numbers()]);
    expect(source.seen).to.deep.equal([]);
    expect(spans.finished().map(({ name }) => name)).to.deep.equal(['consumer']);
    numbers[0]?.return(undefined);
    expect(source.seen).to.deep.equal([]);
    expect(new NamedSpans(spans).lineOf('numbers')).to.equal('numbers < consumer');
  });

  it('holds for a thousand of them read in turns', async () => {
    const running = Array.from({ length: 1000 }, (_item, index) =>
      Traced.run({ name: 'maker', attributes: { index } }, () => ({ index, numbers: source.laterNumbers() })),
    );
    for (let round = 0; round < 4; round++) await Promise.all(running.map(({ numbers }) => numbers.next()));
    const finished = spans.finished();
    const names = new Map(finished.map((span) => [span.spanContext().spanId, span.name]));
    const parents = finished
      .filter(({ name }) => /^(body|cleanup)/.test(name))
      .map(({ parentSpanContext }) => parentSpanContext?.spanId ?? '');
    expect(parents).to.have.lengthOf(4000);
    expect(new Set(parents).size).to.equal(1000);
    expect(new Set(parents.map((id) => names.get(id)))).to.deep.equal(new Set(['later numbers']));
  });
});
