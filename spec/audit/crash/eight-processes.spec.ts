import { expect } from 'chai';
import { runEight } from './eight-processes.js';

describe('a ledger of eight processes', function () {
  this.timeout(120_000);

  it('has the calls of all, with one of them stopped for a while and one killed', async () => {
    const report = await runEight(100);
    expect(report.faults).to.deep.equal([]);
    expect(report.hasStoppedEnded).to.equal(true);
  });
});
