import { expect } from 'chai';

import { nodeOf } from '#scripts/projects.mjs';

import { expectRecorded, FLAGS, isRefused, runFlagged } from './flags.js';
import { DECORATED, run } from './run.js';
import type { ScenarioName } from './scenarios.js';
import { scenarios } from './scenarios.js';

const MODES = ['strict', 'throw', 'warn', 'none', 'warn-with-error-code'];
const SIGNALLED = new Set<string>(['waits for a signal', 'listens to a signal'] satisfies ScenarioName[]);

for (const major of [20, 22, 24]) {
  describe(`a process of Node ${major}`, function () {
    this.timeout(60_000);
    let node: string;

    before(() => {
      node = nodeOf(major);
    });

    for (const scenario of Object.keys(scenarios) as ScenarioName[]) {
      const modes = scenario.includes('rejection')
        ? MODES.map((mode) => `--unhandled-rejections=${mode}`)
        : [undefined];
      for (const mode of modes) {
        it(`that ${scenario} ends as without decorators ${mode ?? ''}`, async () => {
          const how = {
            node,
            input: 'some input',
            ...(mode === undefined ? {} : { flags: [mode] }),
            ...(SIGNALLED.has(scenario) ? { signal: 'SIGTERM' as const } : {}),
          };
          const plain = await run('plain', scenario, how);
          for (const kind of DECORATED) expect(await run(kind, scenario, how), kind).deep.equal(plain);
        });
      }
    }

    for (const [flags, refused] of FLAGS) {
      it(`records as ever with ${flags.join(' ')}`, () => {
        expect(isRefused(flags, refused, node), refused).equal(true);
        expectRecorded(runFlagged(flags, node));
      });
    }

    it('records as ever with a permission to write', () => {
      const flag = major === 20 ? '--experimental-permission' : '--permission';
      expectRecorded(runFlagged([flag, '--allow-fs-read=*', '--allow-fs-write={folder}/*'], node));
    });
  });
}
