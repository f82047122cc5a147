import { expect } from 'chai';
import { DECORATED, run } from './run.js';
import type { ScenarioName } from './scenarios.js';

const MODES = ['strict', 'throw', 'warn', 'none', 'warn-with-error-code'] as const;

const codes: Readonly<Partial<Record<ScenarioName, Record<(typeof MODES)[number], number>>>> = {
  'leaves a rejection': { strict: 1, throw: 1, warn: 0, none: 0, 'warn-with-error-code': 1 },
  'leaves a rejection with undefined': { strict: 1, throw: 1, warn: 0, none: 0, 'warn-with-error-code': 1 },
  'handles a rejection late': { strict: 1, throw: 1, warn: 0, none: 0, 'warn-with-error-code': 1 },
  'listens to rejections': { strict: 1, throw: 0, warn: 0, none: 0, 'warn-with-error-code': 0 },
};

describe('a rejection that nobody handles in time', function () {
  this.timeout(20_000);

  for (const [scenario, byMode] of Object.entries(codes) as [ScenarioName, Record<string, number>][]) {
    for (const mode of MODES) {
      it(`ends a program that ${scenario} as without decorators: --unhandled-rejections=${mode}`, async () => {
        const how = { flags: [`--unhandled-rejections=${mode}`] };
        const plain = await run('plain', scenario, how);
        expect(plain.code, plain.stderr).equal(byMode[mode]);
        for (const kind of DECORATED) expect(await run(kind, scenario, how), kind).deep.equal(plain);
      });
    }
  }
});
