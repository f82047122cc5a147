import { array, assert, asyncProperty } from 'fast-check';
import { CollectedWarnings } from '../../collected-warnings.js';
import { faultStories, play } from './fault-story.js';

describe('many random faults', function () {
  this.timeout(900_000);
  let warnings: CollectedWarnings;

  beforeEach(() => {
    warnings = new CollectedWarnings();
  });
  afterEach(() => warnings.stop());

  it('lose nothing silently, in 400 stories', async () => {
    const stories = array(faultStories, { minLength: 10, maxLength: 10 });
    await assert(
      asyncProperty(stories, async (all) => {
        await Promise.all(all.map(play));
      }),
      { numRuns: 40, endOnFailure: true },
    );
  });
});
