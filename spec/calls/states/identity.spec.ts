import { health } from 'spanwright';
import { expect } from 'chai';

import { chosenStates } from './choice.js';
import { looksOf, looksOfClass } from './looks.js';
import type { EnteredState } from './state.js';
import type { Subject } from './subject.js';
import { createSubject, none, ours } from './subject.js';

function looksOfAll({ Subject, constructible, arrow, adorned }: Subject): Record<string, unknown> {
  return {
    subject: looksOfClass(Subject),
    constructible: looksOf(constructible),
    arrow: looksOf(arrow),
    adorned: looksOf(adorned),
  };
}

/** Uses everything once, and says of whom `this` was, so that two classes of one text give the same. */
async function useAll({ Subject, constructible, arrow, adorned }: Subject): Promise<unknown> {
  const subject = new Subject();
  const { look } = subject;
  const failure = new RangeError('on purpose');
  const shared = { of: 'the caller' };
  const whose = (self: unknown): string =>
    self === subject ? 'the instance' : self === Subject ? 'the class' : self === shared ? 'shared' : typeof self;
  const tell = ({ self, args }: ReturnType<typeof look>): unknown => ({ self: whose(self), args });
  const created = Reflect.construct(constructible, [3]) as object;
  subject.size = 4;
  return {
    method: tell(subject.look(1, undefined, shared)),
    withoutArguments: tell(subject.look()),
    detached: tell(look.call(undefined)),
    borrowed: tell(look.call(shared as never, 1)),
    primitive: tell(look.call(5 as never)),
    bound: tell(look.bind(subject, 1)(2)),
    applied: tell(Reflect.apply(look, null, [1, 2])),
    static: tell(Subject.look(1)),
    inherited: tell(class extends Subject {}.prototype.look.call(subject, 1)),
    bare: whose(subject.bare(1)),
    staticBare: whose(Subject.bare()),
    review: await subject.review('ticket'),
    steps: [...subject.steps(1)],
    pages: await readAll(subject.pages(1, 2)),
    size: subject.size,
    isSameError: thrownBy(() => subject.fail(failure)) === failure,
    isUndefined: thrownBy(() => subject.fail(undefined)) === undefined,
    isInstance: subject instanceof Subject && subject.constructor === Subject,
    isConstructed: created instanceof constructible,
    created: { ...created },
    called: Reflect.apply(constructible, undefined, [1]) as unknown,
    isSameArgument: adorned(shared) === shared && (await arrow(shared)) === shared,
    isOwnGenerator: subject.steps(1) instanceof subject.steps,
    isRefused: thrownBy(() => Reflect.construct(look, [])) instanceof TypeError,
  };
}

async function readAll(items: AsyncIterable<string>): Promise<string[]> {
  const seen: string[] = [];
  for await (const item of items) seen.push(item);
  return seen;
}

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return 'nothing was thrown';
}

// Made before any state is entered, as classes of a program are before it configures anything.
const early = createSubject(ours);

describe('What is decorated', () => {
  const plain = createSubject(none);

  for (const state of chosenStates) {
    describe(state.title, () => {
      let entered: EnteredState;

      before(async () => {
        entered = await state.enter();
      });
      after(() => entered.leave());

      for (const [when, subject] of [
        ['before', () => early],
        ['there', () => createSubject(ours)],
      ] as const) {
        it(`has the name, length, properties and metadata that it was given: decorated ${when}`, () => {
          expect(looksOfAll(subject())).deep.equal(looksOfAll(plain));
        });

        it(`gets the receiver, arguments and new.target of its caller: decorated ${when}`, async () => {
          const expected = await useAll(plain);
          const { opened } = health().calls;
          expect(await entered.below(() => useAll(subject()))).deep.equal(expected);
          expect(health().calls.opened > opened, 'calls were counted').equal(state.calls !== 'none');
        });
      }

      it('looks the same when it has run', async () => {
        const subject = createSubject(ours);
        await entered.below(() => useAll(subject));
        expect(looksOfAll(subject)).deep.equal(looksOfAll(plain));
      });
    });
  }
});
