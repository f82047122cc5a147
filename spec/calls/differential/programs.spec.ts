import { expect } from 'chai';
import * as fc from 'fast-check';
import { captureSpans } from 'spanwright/testing';
import { abandonWaitingCalls } from '#lib/calls/live.js';
import { Decorated, Plain } from './methods.js';
import type { Body } from './program.js';
import { programs } from './program.js';
import { World } from './world.js';

const SEED = Number(process.env['SPEC_SEED'] ?? 20_261_121);
const RUNS = Number(process.env['SPEC_RUNS'] ?? 300);

function runPlain(program: Body): Promise<readonly string[]> {
  const world = new World();
  return world.run(() => new Plain(world).immediate(program, '0'));
}

async function runDecorated(program: Body): Promise<readonly string[]> {
  const world = new World();
  const spans = captureSpans();
  try {
    return await world.run(() => new Decorated(world).immediate(program, '0'));
  } finally {
    spans.stop();
    // Generators that a program leaves in the middle stay open until they are collected.
    abandonWaitingCalls();
  }
}

describe('a program with and without decorators', function () {
  this.timeout(600_000);

  it(`has the same effects in the same order, ${RUNS} programs of seed ${SEED}`, async () => {
    await fc.assert(
      fc.asyncProperty(programs, async (program) => {
        expect(await runDecorated(program)).to.deep.equal(await runPlain(program));
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });
});
