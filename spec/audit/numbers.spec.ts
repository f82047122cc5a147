import { expectSameNumbers, hasPython } from './number-texts.js';

describe('canonical numbers', () => {
  it('are those of a second implementation, for 20,000 random doubles', function () {
    if (!hasPython) {
      console.log('      skipped: there is no python3 to compare with');
      this.skip();
    }
    expectSameNumbers(20_000);
  });
});
