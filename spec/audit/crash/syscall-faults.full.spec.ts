import { expect } from 'chai';
import { hasStrace } from './strace.js';
import { runSyscallFaults } from './syscall-faults.js';

const CASES = [
  // A file that cannot be closed or removed hurts nobody.
  { title: 'an I/O error', fault: 'error=EIO', leastFelt: 0.2 },
  { title: 'a kill', fault: 'signal=SIGKILL', leastFelt: 1 },
];

describe('a ledger with a fault at every call to the system', function () {
  this.timeout(30 * 60_000);

  before(function () {
    if (hasStrace()) return;
    console.log('      skipped: there is no strace here, or it may not trace');
    this.skip();
  });

  for (const { title, fault, leastFelt } of CASES) {
    it(`keeps what was acknowledged and makes no call without an intent, through ${title}`, async () => {
      const { points, felt, faults } = await runSyscallFaults(fault);
      console.log(`      ${JSON.stringify(points)}, felt in ${felt}`);
      expect(faults).to.deep.equal([]);
      for (const syscall of ['openat', 'pwrite64', 'fdatasync', 'fsync', 'mkdir', 'close']) {
        expect(points[syscall], syscall).to.be.above(0);
      }
      const all = Object.values(points).reduce((sum, count) => sum + count, 0);
      expect(felt / all).to.be.at.least(leastFelt);
    });
  }
});
