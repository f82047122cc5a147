import { health, Traced } from 'spanwright';
import { expectNoOpenCalls } from 'spanwright/testing';
import { expect } from 'chai';

import { collectFormerCalls, turn } from '../lifecycle/fixtures/collect.js';
import type { Way } from '../lifecycle/fixtures/raise.js';
import { thrownValues, ways } from '../lifecycle/fixtures/raise.js';
import { chosenStates } from './choice.js';
import type { EnteredState } from './state.js';

const CALLS = 2;

/** What the way fails with, or the outcome `nothing`, when two traced functions return the same result. */
async function failNested(way: Way, thrown: unknown): Promise<{ readonly caught?: unknown }> {
  const inner = Traced.wrap({ name: 'inner', args: true, result: true }, way.fail);
  const outer = Traced.wrap('outer', (value: unknown) => inner(value));
  try {
    await way.use(outer(thrown) as never);
  } catch (caught) {
    return { caught };
  }
  return {};
}

// With spans the same values are held against them in `lifecycle/errors.spec.ts`; here against the program alone.
describe('Anything that is thrown', () => {
  collectFormerCalls();

  for (const state of chosenStates) {
    describe(state.title, () => {
      let entered: EnteredState;

      before(async () => {
        entered = await state.enter();
      });
      after(() => entered.leave());

      for (const way of ways) {
        it(`arrives unchanged, ${way.title}`, async () => {
          for (const [title, { make }] of Object.entries(thrownValues)) {
            if (way.carries?.includes(title) === false) continue;
            const thrown = make();
            const { calls, guarded } = health();
            const outcome = await entered.below(() => failNested(way, thrown));
            await turn();
            expect(outcome, title).have.property('caught');
            expect(Object.is(outcome.caught, thrown), `${title} is the same value`).equal(true);
            const more = state.calls === 'none' ? 0 : CALLS;
            const counted = { ...calls, opened: calls.opened + more, error: calls.error + more };
            expect(health().calls, title).deep.equal(counted);
            expect(health().guarded, title).deep.equal(guarded);
            expectNoOpenCalls();
          }
        });
      }
    });
  }
});
