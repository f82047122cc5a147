import { join } from 'node:path';
import { expect } from 'chai';
import { openLedger } from '#lib/audit/open-ledger.js';
import { danglingOf, evidenceFaults, recoveryFaults } from './check-evidence.js';
import { Child, makeFolder } from './child.js';
import { readEvidence } from './read-evidence.js';
import { verdictFaults } from './verdicts.js';

const OWN_CODE = 7;
const CASES = [
  { leaving: 'exit', title: 'process.exit()', code: OWN_CODE, signal: null, isWhole: false },
  { leaving: 'throw', title: 'an exception that nobody catches', code: 1, signal: null, isWhole: false },
  { leaving: 'caught', title: 'an exception that a handler ends it for', code: OWN_CODE, signal: null, isWhole: false },
  { leaving: 'SIGTERM', title: 'SIGTERM', code: null, signal: 'SIGTERM', isWhole: false },
  { leaving: 'handled SIGTERM', title: 'SIGTERM with a handler', code: OWN_CODE, signal: null, isWhole: false },
  { leaving: 'end', title: 'an empty loop', code: 0, signal: null, isWhole: true },
  { leaving: 'beforeExit', title: 'calls made in beforeExit', code: 0, signal: null, isWhole: true },
];

describe('a process that leaves with 100 calls in flight', function () {
  this.timeout(60_000);
  let folder: ReturnType<typeof makeFolder>;

  beforeEach(() => {
    folder = makeFolder();
  });
  afterEach(() => folder.remove());

  for (const isClosing of [false, true]) {
    for (const { leaving, title, code, signal, isWhole } of CASES) {
      const manner = isClosing ? 'and closes its ledger' : 'and does not close its ledger';
      it(`through ${title} ${manner} loses nothing and keeps its exit code`, async () => {
        const directory = join(folder.path, 'ledger');
        const child = new Child('leaving-program.js', { directory, leaving, isClosing }, join(folder.path, 'log'));
        const ended = await child.end();
        expect([ended.code, ended.signal], ended.errors).to.deep.equal([code, signal]);
        const { log } = child;
        expect(log.made).to.have.length.above(0);
        const found = readEvidence(directory);
        expect(evidenceFaults(found, log)).to.deep.equal([]);
        const gone = danglingOf(found);
        if (isWhole) expect(gone).to.deep.equal([]);
        else expect(gone).to.have.length.above(0);
        // Nothing closes it where a signal ends the process at once.
        const isClosed = isClosing && signal === null;
        expect(found[0]?.entries.at(-1)?.kind === 'close').to.equal(isClosed);
        const ledger = await openLedger({ directory });
        await ledger.close();
        expect(recoveryFaults(readEvidence(directory), log, gone)).to.deep.equal([]);
        expect(await verdictFaults(directory, isWhole ? [0] : [2])).to.deep.equal([]);
      });
    }
  }
});
