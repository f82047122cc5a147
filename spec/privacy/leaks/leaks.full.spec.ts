import { expect } from 'chai';
import type { Leak } from './leak-check.js';
import { checkLeaks, reportOf } from './leak-check.js';
import type { Home, LeakPlan } from './leak-plan.js';
import { NATIONAL_CANARIES } from './national-canaries.js';

const HOMES: readonly Home[] = ['own', 'hosted', 'hosted with content on spans', 'host with a processor', 'host'];
const CANARIES = 200;
// Programs that each make about a thousand calls.
const PARTS = 20;

async function checkAll(home: Home, options: Partial<LeakPlan>): Promise<Leak[]> {
  const leaks: Leak[] = [];
  for (let part = 0; part < PARTS; part++) {
    leaks.push(...(await checkLeaks(home, { ...options, least: CANARIES, part, parts: PARTS })).leaks);
  }
  return leaks;
}

describe('200 canaries in every place', function () {
  this.timeout(1_800_000);

  for (const home of HOMES) {
    it(`reach nothing with a provider: ${home}`, async () => {
      expect(reportOf(await checkAll(home, { seed: 11 }))).to.deep.equal([]);
    });
  }

  it('leave at full where they are no secrets, and nowhere else', async () => {
    const leaks = await checkAll('own', { tiers: ['full'], seed: 12 });
    expect(reportOf(leaks.filter(({ sensitivity }) => sensitivity === 'secret'))).to.deep.equal([]);
    const kinds = new Set(leaks.map(({ kind }) => kind));
    expect(Array.from(kinds)).to.have.members(['email', 'phone', 'card', 'iban', ...Object.keys(NATIONAL_CANARIES)]);
  });
});
