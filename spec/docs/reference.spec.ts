import { spawnSync } from 'node:child_process';

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
});
