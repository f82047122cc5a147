import { expect } from 'chai';
import { runKills } from './kill-run.js';

describe('a ledger whose process is killed with 64 calls in flight', function () {
  this.timeout(120_000);

  it('keeps what was acknowledged, and gives each call without an end one that is unknown', async () => {
    const seed = Number(process.env['SPEC_SEED'] ?? Date.now() % 1_000_000);
    const report = await runKills({ kills: 10, seed, perLedger: 5, workMs: 150 });
    expect(report.faults, `SPEC_SEED=${seed}`).to.deep.equal([]);
    // How many there are is up to the machine.
    expect(report.acknowledged).to.be.above(0);
    expect(report.unclean, `SPEC_SEED=${seed}`).to.be.at.least(3);
  });
});
