import { health, Traced } from 'spanwright';
import { expectNoOpenCalls } from 'spanwright/testing';
import { expect } from 'chai';

import { collectFormerCalls, collectUntil, turn } from '../lifecycle/fixtures/collect.js';
import { chosenStates, isChosen } from './choice.js';
import { sampledOut } from './own-states.js';
import type { EnteredState, TracingState } from './state.js';

class Desk {
  @Traced()
  hold(promise: Promise<string>): Promise<string> {
    return promise;
  }
}

/** A promise that waits for the test. */
function openPromise(): { promise: Promise<string>; resolve: (value: string) => void } {
  let resolve: (value: string) => void = () => {};
  const promise = new Promise<string>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** How a call ends that was open when the state was left, and settled afterwards. */
function outcomeOf({ calls }: TracingState, { endsOpenCalls }: EnteredState): 'abandoned' | 'ok' | undefined {
  if (calls === 'none') return undefined;
  return endsOpenCalls === true ? 'abandoned' : 'ok';
}

describe('A promise that is open when tracing ends', () => {
  collectFormerCalls();

  for (const state of chosenStates) {
    it(`settles for its caller, and its call has ended once: ${state.title}`, async () => {
      const entered = await state.enter();
      const before = health().calls;
      const { promise, resolve } = openPromise();
      const given = entered.below(() => new Desk().hold(promise));
      await turn();
      const outcome = outcomeOf(state, entered);
      const opened = outcome === undefined ? before.opened : before.opened + 1;
      expect(health().calls).deep.equal({ ...before, opened, live: opened - before.opened });
      await entered.leave();
      const live = outcome === 'ok' ? 1 : 0;
      expect(health().calls.live, 'live after the end').equal(live);
      resolve('late');
      expect(await given).equal('late');
      await turn();
      const ended = outcome === undefined ? {} : { [outcome]: before[outcome] + 1 };
      expect(health().calls).deep.equal({ ...before, opened, ...ended });
      expectNoOpenCalls();
    });
  }
});

describe('A promise that never settles and is sampled out', function () {
  collectFormerCalls();

  before(function () {
    if (!isChosen(sampledOut)) this.skip();
  });

  it('is abandoned when it is collected', async () => {
    const { leave } = await sampledOut.enter();
    const { abandoned } = health().calls;
    void new Desk().hold(new Promise(() => {}));
    await collectUntil(() => health().calls.abandoned > abandoned);
    expectNoOpenCalls();
    await leave();
  });
});
