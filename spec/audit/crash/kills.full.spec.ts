import { expect } from 'chai';
import { runKills } from './kill-run.js';

describe('a ledger whose process is killed 200 times with 64 calls in flight', function () {
  this.timeout(30 * 60_000);

  it('keeps what was acknowledged, and gives each call without an end one that is unknown', async () => {
    const seed = Number(process.env['SPEC_SEED'] ?? Date.now() % 1_000_000);
    const report = await runKills({ kills: 200, seed, perLedger: 10, workMs: 400 });
    console.log(`      seed ${seed}: ${JSON.stringify({ ...report, faults: report.faults.length })}`);
    expect(report.faults, `SPEC_SEED=${seed}`).to.deep.equal([]);
    expect(report.unclean, `SPEC_SEED=${seed}`).to.be.at.least(60);
  });
});
