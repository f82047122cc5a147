import { expect } from 'chai';
import { runEight } from './eight-processes.js';

describe('a ledger of eight processes with 1,000 calls each', function () {
  this.timeout(10 * 60_000);

  it('has the calls of all and serves all alike', async () => {
    const { faults, served, longestMs, hasStoppedEnded } = await runEight(1000);
    console.log(`      served when the first of six had 1,000: ${served.join(', ')}; longest wait ${longestMs} ms`);
    expect(faults).to.deep.equal([]);
    expect(hasStoppedEnded).to.equal(true);
    expect(Math.max(...served) / Math.min(...served)).to.be.below(2);
    expect(longestMs).to.be.below(1000);
  });
});
