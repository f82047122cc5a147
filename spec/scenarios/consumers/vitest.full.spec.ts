import { expect } from 'chai';

import { nodeOf } from '#scripts/projects.mjs';

import { Consumer } from './consumer.js';

interface Setup {
  readonly project: string;
  /** Majors of Node that this Vitest runs on. */
  readonly majors: readonly number[];
  /** Projects of its configuration with their count of tests. */
  readonly suites: Readonly<Record<string, number>>;
}

const setups: readonly Setup[] = [
  {
    project: 'vitest-4',
    majors: [20, 22, 24],
    suites: { threads: 7, 'standard threads': 7, forks: 7, 'standard forks': 7, shared: 7, dom: 5, inlined: 5 },
  },
  // Its Vite transforms with oxc, which knows no standard decorators.
  { project: 'vitest-5', majors: [22, 24], suites: { threads: 7, forks: 7, shared: 7, inlined: 5 } },
];

for (const { project, majors, suites } of setups) {
  describe(project, function () {
    this.timeout(300_000);
    let consumer: Consumer;
    const [major = 20] = majors;

    function vitest(args: readonly string[], on: number, env: Readonly<Record<string, string>> = {}) {
      return consumer.run([consumer.bin('vitest/vitest.mjs'), 'run', ...args], env, nodeOf(on));
    }

    before(() => {
      consumer = new Consumer(project);
    });
    after(() => consumer.remove());

    for (const [suite, tests] of Object.entries(suites)) {
      it(`passes a user's suite: ${suite}`, () => {
        const { status, output } = vitest(['--project', suite], major);
        expect(status, output).equal(0);
        expect(output).match(new RegExp(`Tests +${tests} passed \\(${tests}\\)`));
      });
    }

    for (const each of majors) {
      it(`passes all of them on Node ${each}, without a word of the package`, () => {
        const { status, output } = vitest([], each);
        const all = Object.values(suites).reduce((sum, tests) => sum + tests, 0);
        expect(status, output).equal(0);
        expect(output).match(new RegExp(`Tests +${all} passed \\(${all}\\)`));
        expect(output).not.match(/spanwright:|FakeTimers|hanging|Unhandled/);
      });
    }

    it('fails where the spans are others', () => {
      const { status, output } = vitest(['--project', 'threads', '--project', 'forks', 'desk.test.ts'], major, {
        EXPECT: 'wrong',
      });
      expect(status).equal(1);
      expect(output)
        .match(/Tests +10 failed \(10\)/)
        .and.match(/a tree that nobody recorded/);
    });
  });
}
