import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

import { expect } from 'chai';

describe('docs/reference', function () {
  this.timeout(20_000);

  it('is what `npm run docs` makes of the sources', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/docs.mjs', '--check'], {
      encoding: 'utf8',
    });
    expect(stdout + stderr).equal('');
    expect(status).equal(0);
  });

  it('has words for every limit', () => {
    expect(readFileSync('docs/reference/destinations.md', 'utf8')).to.not.contain('undefined');
  });
});
