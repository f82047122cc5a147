import { array, assert, asyncProperty } from 'fast-check';
import { CollectedWarnings } from '../../collected-warnings.js';
import { faultStories, play } from './fault-story.js';

// Backends wait for their retries at the same time.
const AT_ONCE = 8;

describe('random faults', function () {
  this.timeout(60_000);
  let warnings: CollectedWarnings;

  beforeEach(() => {
    warnings = new CollectedWarnings();
  });
  afterEach(() => warnings.stop());

  it('lose nothing silently: at every moment the account is whole, and afterwards what was kept has arrived', async () => {
    const stories = array(faultStories, { minLength: AT_ONCE, maxLength: AT_ONCE });
    await assert(
      asyncProperty(stories, async (all) => {
        await Promise.all(all.map(play));
      }),
      { numRuns: 3, endOnFailure: true },
    );
  });
});
