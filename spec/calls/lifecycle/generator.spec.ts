import { Traced } from 'spanwright';
import { expectNoOpenCalls } from 'spanwright/testing';
import { expect } from 'chai';

import { captureEach } from './fixtures/capture-each.js';
import { describeLifecycle } from './fixtures/lifecycle.js';
import type { LifecycleCase } from './fixtures/lifecycle.js';
import type { Stage } from './fixtures/stage.js';

type Numbers = Generator<number, string, string | undefined>;

function* count(stage: Stage): Numbers {
  try {
    for (let i = 0; i < 3; i++) {
      stage.produce(i);
      stage.spend();
      const answer = yield i;
      stage.note(`answer ${String(answer)}`);
    }
    return 'end';
  } finally {
    stage.produce('cleanup');
    stage.spend();
  }
}

function* failing(stage: Stage): Numbers {
  yield* count(stage);
  throw stage.failure;
}

const cases: readonly LifecycleCase<Numbers>[] = [
  {
    title: 'read with for-of',
    make: count,
    use: (numbers, stage) => {
      const seen: number[] = [];
      for (const item of numbers) {
        stage.consume(item);
        seen.push(item);
      }
      return seen;
    },
  },
  {
    title: 'read with next() and answered',
    make: count,
    use: (numbers) => [numbers.next(), numbers.next('a'), numbers.next('b'), numbers.next('c'), numbers.next('d')],
  },
  { title: 'spread', make: count, use: (numbers) => [...numbers] },
  {
    title: 'delegated to with yield*',
    make: count,
    use: (numbers) => {
      function* outer(): Generator<unknown, void, string | undefined> {
        yield yield* numbers;
      }
      return [...outer()];
    },
  },
  {
    title: 'left with break',
    make: count,
    use: (numbers, stage) => {
      for (const item of numbers) {
        stage.consume(item);
        break;
      }
    },
    outcome: 'cancelled',
  },
  {
    title: 'destructured',
    make: count,
    use: ([first, second]) => [first, second],
    outcome: 'cancelled',
  },
  {
    title: 'left with a throw of the consumer',
    make: count,
    use: (numbers, stage) => {
      for (const item of numbers) if (item === 1) throw stage.failure;
    },
    outcome: 'cancelled',
  },
  { title: 'ended with return()', make: count, use: (n) => [n.next(), n.return('x'), n.next()], outcome: 'cancelled' },
  { title: 'ended with return() unread', make: count, use: (n) => [n.return('x'), n.next()], outcome: 'cancelled' },
  {
    title: 'ended with throw()',
    make: count,
    use: (numbers, stage) => {
      numbers.next();
      return numbers.throw(stage.failure);
    },
    outcome: 'error',
  },
  {
    title: 'failing by itself',
    make: failing,
    use: (numbers) => [...numbers],
    outcome: 'error',
  },
  {
    title: 'that catches what is thrown in and goes on',
    *make(stage) {
      try {
        yield 1;
      } catch (error) {
        stage.note(error === stage.failure);
        yield 2;
      }
      return 'end';
    },
    use: (numbers, stage) => [numbers.next(), numbers.throw(stage.failure), numbers.next()],
  },
  {
    title: 'that resumes itself and goes on',
    make: (stage) => {
      const self: { numbers?: Numbers } = {};
      const numbers: Numbers = (function* body() {
        try {
          self.numbers?.next();
        } catch (error) {
          stage.note(error);
        }
        stage.produce();
        yield 1;
        return 'end';
      })();
      self.numbers = numbers;
      return numbers;
    },
    use: (numbers) => [...numbers],
  },
  {
    title: 'never iterated',
    make: count,
    use: (_numbers, stage) => stage.spend(),
    outcome: 'abandoned',
  },
  {
    title: 'left after its first item',
    make: count,
    use: (numbers, stage) => {
      stage.spend();
      return numbers.next();
    },
    outcome: 'abandoned',
  },
];

describeLifecycle({ title: 'A generator', isSameObject: true }, cases);

class Counter {
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  @Traced()
  *count(from: number): Generator<number> {
    for (let i = from; i < this.#limit; i++) yield i;
  }

  @Traced()
  static *letters(): Generator<string> {
    yield 'a';
  }
}

describe('A generator method', () => {
  const finished = captureEach();

  it('keeps its receiver and arguments until it is iterated', () => {
    expect([...new Counter(4).count(2)]).deep.equal([2, 3]);
    expect(finished().map(({ name }) => name)).deep.equal(['Counter.count']);
  });

  it('gives instances of its own prototype', () => {
    const letters = Counter.letters();
    // oxlint-disable-next-line typescript/unbound-method -- it is a constructor here
    expect(letters).instanceOf(Counter.letters);
    expect([...letters]).deep.equal(['a']);
  });

  it('has no span before it is finished, and nothing to enumerate', () => {
    const numbers = new Counter(2).count(0);
    numbers.next();
    expect(finished()).empty;
    expect(Object.keys(numbers)).empty;
    numbers.return(undefined);
    expect(finished()).length(1);
    expectNoOpenCalls();
  });
});
