import { setImmediate } from 'node:timers/promises';

import { expectNoOpenCalls } from 'spanwright/testing';
import { Traced } from 'spanwright';
import { expect } from 'chai';
import {
  BehaviorSubject,
  connectable,
  firstValueFrom,
  from,
  groupBy,
  lastValueFrom,
  map,
  Observable,
  share,
  Subject,
  take,
  toArray,
} from 'rxjs';

import { captureEach } from './fixtures/capture-each.js';
import { describeLifecycle } from './fixtures/lifecycle.js';
import type { LifecycleCase } from './fixtures/lifecycle.js';
import type { Stage } from './fixtures/stage.js';

type Numbers = Observable<number>;

/** Emits 1 and 2 and completes, or fails; leaves spans where it is subscribed, emits and is torn down. */
function emitLater(stage: Stage, fails = false): Numbers {
  return new Observable((subscriber) => {
    stage.produce('subscribed');
    const emit = async (): Promise<void> => {
      for (let value = 1; value <= 2; value++) {
        await setImmediate();
        if (subscriber.closed) return;
        stage.produce(value);
        stage.spend();
        subscriber.next(value);
      }
      if (fails) subscriber.error(stage.failure);
      else subscriber.complete();
    };
    void emit();
    return () => stage.note('torn down');
  });
}

/** Emits as many values as are wanted in one go. */
function emitAtOnce(stage: Stage): Numbers {
  return new Observable((subscriber) => {
    for (let value = 1; value <= 100 && !subscriber.closed; value++) {
      stage.produce(value);
      subscriber.next(value);
    }
    subscriber.complete();
  });
}

function noted(stage: Stage): (numbers: Numbers) => Numbers {
  return map((value: number) => {
    stage.consume(value);
    return value;
  });
}

function all(numbers: Numbers): Promise<number[]> {
  return lastValueFrom(numbers.pipe(toArray()));
}

const cases: readonly LifecycleCase<Numbers>[] = [
  {
    title: 'that completes',
    make: emitLater,
    use: (numbers, stage) => lastValueFrom(numbers.pipe(noted(stage), toArray())),
  },
  { title: 'that completes at once', make: emitAtOnce, use: all },
  {
    title: 'that was made by operators',
    make: (stage) =>
      emitLater(stage).pipe(
        map((n) => `${n}`),
        map((n: string) => n.length),
      ),
    use: all,
  },
  { title: 'that is shared', make: (stage) => emitLater(stage).pipe(share()), use: all },
  { title: 'that is empty', make: () => from([]), use: (numbers) => lastValueFrom(numbers, { defaultValue: 0 }) },
  {
    title: 'that fails',
    make: (stage) => emitLater(stage, true),
    use: (numbers, stage) => lastValueFrom(numbers.pipe(noted(stage))),
    outcome: 'error',
  },
  {
    title: 'that throws when it is subscribed',
    make: (stage) =>
      new Observable<never>(() => {
        throw stage.failure;
      }),
    use: (numbers) => lastValueFrom(numbers),
    outcome: 'error',
  },
  {
    title: 'that is unsubscribed',
    make: emitLater,
    use: async (numbers, stage) => {
      const subscription = numbers.subscribe((value) => stage.consume(value));
      await setImmediate();
      subscription.unsubscribe();
      await setImmediate();
    },
    outcome: 'cancelled',
  },
  {
    title: 'of which one value is taken',
    make: emitLater,
    use: (numbers) => firstValueFrom(numbers),
    outcome: 'cancelled',
  },
  {
    title: 'that stops emitting at once when two values are taken',
    make: emitAtOnce,
    use: (numbers) => lastValueFrom(numbers.pipe(take(2), toArray())),
    outcome: 'cancelled',
  },
  {
    title: 'that is subscribed twice',
    make: () => from([1, 2]),
    use: async (numbers) => [await all(numbers), await all(numbers)],
  },
  {
    title: 'that is never subscribed',
    make: emitLater,
    use: (_numbers, stage) => stage.spend(),
    outcome: 'abandoned',
  },
  {
    title: 'that never emits and is forgotten',
    make: () => new Observable<number>(() => {}),
    use: (numbers) => {
      numbers.subscribe();
    },
    outcome: 'abandoned',
  },
];

describeLifecycle({ title: 'An Observable', isSameObject: false }, cases);

const promised: readonly LifecycleCase<Promise<Numbers>>[] = [
  {
    title: 'that completes',
    make: async (stage) => {
      await setImmediate();
      return emitLater(stage);
    },
    use: async (numbers, stage) => await lastValueFrom((await numbers).pipe(noted(stage))),
  },
  {
    title: 'that is unsubscribed',
    make: (stage) => Promise.resolve(emitLater(stage)),
    use: async (numbers) => {
      (await numbers).subscribe().unsubscribe();
    },
    outcome: 'cancelled',
  },
  {
    title: 'that is never subscribed',
    make: (stage) => Promise.resolve(emitLater(stage)),
    use: async (numbers) => {
      await numbers;
    },
    outcome: 'abandoned',
  },
];

describeLifecycle({ title: 'A promise of an Observable', isSameObject: false }, promised);

const hot: readonly LifecycleCase<unknown>[] = [
  { title: 'a Subject', make: () => new Subject(), use: () => undefined },
  {
    title: 'a BehaviorSubject',
    make: () => new BehaviorSubject(1),
    use: (subject) => (subject as BehaviorSubject<number>).value,
  },
  { title: 'a connectable', make: () => connectable(from([1])), use: (value) => Object.keys(value as object) },
  {
    title: 'a group',
    make: () => {
      let group: unknown;
      from([1])
        .pipe(groupBy(() => 'key'))
        .subscribe((found) => {
          group = found;
        });
      return group;
    },
    use: (group) => (group as { key: string }).key,
  },
];

describeLifecycle({ title: 'More than an Observable,', isSameObject: true }, hot);

describe('An Observable of a traced function', () => {
  const finished = captureEach();

  it('is an Observable and keeps the source for whoever subscribes again', async () => {
    let subscriptions = 0;
    const numbers = Traced.wrap('numbers', () => new Observable<number>((s) => s.next(++subscriptions)))();
    expect(numbers).instanceOf(Observable);
    expect(subscriptions).equal(0);
    expect([await firstValueFrom(numbers), await firstValueFrom(numbers)]).deep.equal([1, 2]);
    expect(finished()).length(1);
  });

  it('ends both calls when two traced functions return it', async () => {
    const inner = Traced.wrap('inner', () => from([1, 2]));
    const outer = Traced.wrap('outer', () => inner());
    expect(await all(outer())).deep.equal([1, 2]);
    expect(finished().map(({ name }) => name)).members(['inner', 'outer']);
    expectNoOpenCalls();
  });
});
