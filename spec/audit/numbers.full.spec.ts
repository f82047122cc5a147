import { expectSameNumbers, hasPython } from './number-texts.js';

describe('canonical numbers, at length', () => {
  it('are those of a second implementation, for 1,000,000 random doubles', function () {
    this.timeout(300_000);
    if (!hasPython) {
      console.log('      skipped: there is no python3 to compare with');
      this.skip();
    }
    for (let round = 0; round < 5; round++) expectSameNumbers(200_000);
  });
});
