import { expect } from 'chai';
import { checkLeaks, reportOf } from './leak-check.js';
import { NATIONAL_CANARIES } from './national-canaries.js';
import type { Home } from './leak-plan.js';

const HOMES: readonly Home[] = ['own', 'hosted', 'host with a processor', 'host'];
const CANARIES = 200;

describe('200 canaries in every place', function () {
  this.timeout(600_000);

  for (const home of HOMES) {
    it(`reach nothing with a provider: ${home}`, async () => {
      const { leaks } = await checkLeaks(home, { seed: 11, least: CANARIES });
      expect(reportOf(leaks)).to.deep.equal([]);
    });
  }

  it('leave at full where they are no secrets, and nowhere else', async () => {
    const { leaks } = await checkLeaks('own', { tiers: ['full'], seed: 12, least: CANARIES });
    expect(reportOf(leaks.filter(({ sensitivity }) => sensitivity === 'secret'))).to.deep.equal([]);
    const kinds = new Set(leaks.map(({ kind }) => kind));
    expect(Array.from(kinds)).to.have.members(['email', 'phone', 'card', 'iban', ...Object.keys(NATIONAL_CANARIES)]);
  });
});
