import { spawnSync } from 'node:child_process';

import { expect } from 'chai';

import { nodeOf } from '#scripts/projects.mjs';

import { RecordedLedger, RUN } from './recorded-ledger.js';
import { PROGRAM } from './spanwright.js';

/** Where each finds SQLite. */
const DRIVERS = { 20: 'libsql', 22: 'node:sqlite', 24: 'node:sqlite' } as const;

describe('spanwright on', function nodes() {
  this.timeout(300_000);
  let ledger: RecordedLedger;

  before(async () => {
    ledger = new RecordedLedger();
    await ledger.record();
  });

  after(() => {
    ledger.remove();
  });

  for (const [major, driver] of Object.entries(DRIVERS)) {
    it(`Node ${major} looks up in SQLite of ${driver}`, () => {
      const { NODE_OPTIONS: _options, ...env } = process.env;
      const run = (...words: string[]) =>
        spawnSync(nodeOf(Number(major)), [PROGRAM, 'audit', ...words], { env, encoding: 'utf8' });
      expect(run('doctor', ledger.directory).stdout).include(`SQLite of ${driver}`);
      const { status, stdout } = run('lineage', ledger.directory, RUN, '--fast');
      expect(stdout).match(/^verified +not looked at$/m);
      expect(status).equal(0);
      expect(run('verify', ledger.directory).status).equal(0);
    });
  }
});
