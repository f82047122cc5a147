import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { run } from './run.js';

interface Look {
  readonly listeners: Record<string, number>;
  readonly resources: readonly string[];
}

describe('what a process shows of tracing', function () {
  this.timeout(20_000);
  let looks: Record<'before' | 'configured' | 'working' | 'after', Look>;

  before(async () => {
    const program = fileURLToPath(new URL('observed.js', import.meta.url));
    const { code, stdout, stderr } = await run('traced', 'ends', { program });
    expect(stderr).equal('');
    expect(code).equal(0);
    looks = JSON.parse(stdout) as typeof looks;
  });

  it('is a listener for each way to leave while it is on', () => {
    for (const at of ['configured', 'working'] as const) {
      const { beforeExit, exit = 0, SIGINT, SIGTERM, ...others } = looks[at].listeners;
      const { exit: exitBefore = 0, ...othersBefore } = looks.before.listeners;
      expect([beforeExit, exit - exitBefore, SIGINT, SIGTERM], at).deep.equal([1, 1, 1, 1]);
      expect(others, at).deep.equal(othersBefore);
    }
  });

  it('is nothing else while it is on', () => {
    for (const at of ['configured', 'working'] as const) {
      expect({ ...looks[at], listeners: {} }, at).deep.equal({ ...looks.before, listeners: {} });
    }
  });

  it('is nothing when it was shut down', () => {
    expect(looks.after).deep.equal(looks.before);
  });
});
