import { expect } from 'chai';

import { Consumer } from './consumer.js';

describe('Jest 30 with ts-jest', function () {
  this.timeout(300_000);
  let consumer: Consumer;

  function jest(args: readonly string[], env: Readonly<Record<string, string>> = {}): ReturnType<Consumer['run']> {
    return consumer.run([consumer.bin('jest/bin/jest.js'), '--ci', '--verbose', ...args], env);
  }

  before(() => {
    consumer = new Consumer('jest-30');
  });
  after(() => consumer.remove());

  const suites: ReadonlyArray<[project: string, tests: number, what: string]> = [
    ['legacy', 15, 'legacy decorators, registries that are reset, and fake timers'],
    ['standard', 15, 'standard decorators, registries that are reset, and fake timers'],
    ['faked', 3, 'timers that are faked for every file'],
    ['jsdom', 2, 'jsdom, which resolves the package for browsers'],
    ['jsdom-for-node', 4, 'jsdom that resolves packages for Node'],
  ];
  for (const [project, tests, what] of suites) {
    it(`passes a user's suite with ${what}`, () => {
      const { status, output } = jest(['--selectProjects', project]);
      expect(status, output).equal(0);
      expect(output).match(new RegExp(`Tests: +${tests} passed, ${tests} total`));
    });
  }

  it('passes all of them in workers and in one process, without a word of the package', () => {
    for (const mode of ['--maxWorkers=2', '--runInBand']) {
      const { status, output } = jest([mode]);
      expect(status, output).equal(0);
      expect(output).match(/Tests: +39 passed, 39 total/);
      expect(output).not.match(/spanwright:|did not exit|open handles|force exited/);
    }
  });

  for (const project of ['legacy', 'standard']) {
    it(`fails where the spans are others, with ${project} decorators`, () => {
      const { status, output } = jest(['--selectProjects', project, '--testPathPatterns', 'desk.test'], {
        EXPECT: 'wrong',
      });
      expect(status).equal(1);
      expect(output)
        .match(/Tests: +3 failed, 3 total/)
        .and.match(/a tree that nobody recorded/);
    });
  }
});
