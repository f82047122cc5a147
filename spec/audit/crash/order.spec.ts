import { expect } from 'chai';
import { runOrder } from './order-run.js';

describe('the order of 10,000 calls and the syncs of their disk', function () {
  this.timeout(120_000);

  it('is: payload and intent durable, call, outcome durable, promise', async () => {
    const { calls, syncs, faults } = await runOrder(10_000);
    expect(faults.slice(0, 10)).to.deep.equal([]);
    expect(calls).to.equal(10_000);
    expect(syncs).to.be.within(50, 10_000);
  });

  // The control: this proof tells a ledger whose syncs come late.
  it('does not hold where syncs come late', async () => {
    const { faults } = await runOrder(500, true);
    expect(faults).to.have.length.above(500);
  });
});
