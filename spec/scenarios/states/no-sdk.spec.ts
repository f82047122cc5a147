import { expect } from 'chai';

import { off, withoutSdk } from '../../calls/states/own-states.js';
import type { InstalledPackage } from '../../package/installed-package.js';
import { expectEveryState, installWithoutSdk, mochaArguments, readFindings } from './specs-elsewhere.js';

const STATES = [off, withoutSdk];

describe('Where the API of OpenTelemetry is installed and no SDK', function () {
  this.timeout(120_000);
  let installed: InstalledPackage;

  before(() => {
    installed = installWithoutSdk();
  });
  after(() => installed.remove());

  it('no package of the SDK can be loaded', () => {
    installed.write(
      'find.mjs',
      `import { createRequire } from 'node:module';
       const require = createRequire(import.meta.resolve('spanwright'));
       for (const name of ['sdk-trace', 'sdk-trace-node', 'context-async-hooks', 'core', 'resources']) {
         try { console.log(require.resolve('@opentelemetry/' + name)); } catch ({ code }) { console.log(code); }
       }`,
    );
    expect(installed.node('find.mjs').output).equal('MODULE_NOT_FOUND\n'.repeat(5));
  });

  // In a share of the placements; `full-product.full.spec.ts` plays all.
  it('programs have the results that they have without decorators, configured or not', () => {
    const environment = { SPEC_STATES: STATES.map(({ id }) => id).join() };
    const { status, output } = installed.node(...mochaArguments(installed.folder, { environment, only: STATES }));
    const findings = readFindings(installed.folder, STATES);
    expect(findings.failed).deep.equal([]);
    expect(status, output).equal(0);
    expectEveryState(findings, STATES);
  });
});
