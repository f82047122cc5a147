import { expect } from 'chai';
import * as fc from 'fast-check';
import { abandonWaitingCalls } from '#lib/calls/live.js';
import { chosenStates, isComplete } from '../states/choice.js';
import { recorded } from '../states/own-states.js';
import type { TracingState } from '../states/state.js';
import { Decorated, Plain } from './methods.js';
import type { Body } from './program.js';
import { programs } from './program.js';
import { World } from './world.js';

const SEED = Number(process.env['SPEC_SEED'] ?? 20_261_121);
const RUNS = Number(process.env['SPEC_RUNS'] ?? 300);

/** Each state has other programs, so that a share of the runs in each is as good as the whole in one. */
const SHARE = 4;

function runPlain(program: Body): Promise<readonly string[]> {
  const world = new World();
  return world.run(() => new Plain(world).immediate(program, '0'));
}

async function runDecorated(state: TracingState, program: Body): Promise<readonly string[]> {
  const world = new World();
  const entered = await state.enter();
  try {
    return await world.run(() => entered.below(() => new Decorated(world).immediate(program, '0')));
  } finally {
    // Generators that a program leaves in the middle stay open until they are collected.
    abandonWaitingCalls();
    await entered.leave();
  }
}

describe('a program with and without decorators', function () {
  this.timeout(600_000);

  for (const [index, state] of chosenStates.entries()) {
    const runs = state === recorded || isComplete ? RUNS : Math.ceil(RUNS / SHARE);
    const seed = SEED + index;
    it(`has the same effects in the same order ${state.title}, ${runs} programs of seed ${seed}`, async () => {
      await fc.assert(
        fc.asyncProperty(programs, async (program) => {
          expect(await runDecorated(state, program)).to.deep.equal(await runPlain(program));
        }),
        { seed, numRuns: runs },
      );
    });
  }
});
