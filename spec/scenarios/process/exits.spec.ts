import { expect } from 'chai';
import { DECORATED, run } from './run.js';
import type { Circumstances, Ending } from './run.js';
import type { ScenarioName } from './scenarios.js';

type Expected = Partial<Ending>;

const endings: ReadonlyArray<[ScenarioName, Expected, Circumstances?]> = [
  ['ends', { code: 0, stdout: "now later [ 'step' ]\n", stderr: 'to stderr\n' }],
  ['throws an error', { code: 1 }],
  ['throws no object', { code: 1 }],
  ['throws undefined', { code: 1 }],
  ['throws from a timer', { code: 1 }],
  ['throws from a step', { code: 1 }],
  ['awaits a rejection', { code: 1 }],
  ['listens to uncaught errors', { code: 9 }],
  ['captures uncaught errors', { code: 0, stdout: 'captured thrown\n' }],
  ['exits inside', { code: 3 }],
  ['exits inside a promise', { code: 4 }],
  ['sets the exit code', { code: 5 }],
  ['listens to its end', { code: 6, stdout: 'before exit 6\nmore work\nexit 6 6\n' }],
  ['leaves a call open', { code: 0 }],
  ['awaits what never comes', { code: 13 }],
  ['aborts a timeout', { code: 1 }],
  [
    'warns',
    {
      code: 0,
      stderr:
        '(node) [CARE] Warning: take care\n(Use `node --trace-warnings ...` to show where the warning was created)\n',
    },
  ],
  ['warns of deprecation', { code: 1 }, { flags: ['--throw-deprecation'] }],
  ['kills itself', { code: null, signal: 'SIGTERM' }],
  ['runs a child', { code: 0, stdout: '2\n\n' }],
  ['reads its input', { code: 0, stdout: '100000\n' }, { input: 'x'.repeat(100_000) }],
];

describe('the end of a process', function () {
  this.timeout(20_000);

  for (const [scenario, expected, how] of endings) {
    describe(`that ${scenario}`, () => {
      let plain: Ending;

      before(async () => {
        plain = await run('plain', scenario, how);
      });

      it('is what the scenario means', () => {
        expect(plain).include(expected);
      });

      for (const kind of [...DECORATED, 'off'] as const) {
        it(`is the same: ${kind}`, async () => {
          expect(await run(kind, scenario, how)).deep.equal(plain);
        });
      }
    });
  }
});
