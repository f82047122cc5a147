import { PythonVerifier, type Verdict, askBoth, hasPython } from './both-verifiers.js';
import { sweepBytes, sweepCuts, sweepEntries } from './entry-sweep.js';
import { LedgerCopy } from './ledger-copy.js';
import { buildSample } from './sample-ledger.js';

describe('every byte of a ledger of 200 entries', function () {
  this.timeout(1_800_000);
  const files = buildSample().files();
  let copy: LedgerCopy;
  let python: PythonVerifier;
  const ask = (): Promise<Verdict> => askBoth(python, copy.directory);

  before(function () {
    if (!hasPython()) this.skip();
    python = new PythonVerifier();
    copy = new LedgerCopy(files);
  });
  after(async () => {
    await python?.stop();
    copy?.remove();
  });

  it('is found when it is flipped, by both verifiers at the same entry', () => sweepBytes(copy, ask));
  it('is found when a segment ends there, by both verifiers at the same entry', () => sweepCuts(copy, ask));
  it('is found in an entry that is deleted', () => sweepEntries('deleted', copy, ask));
  it('is found in an entry that is there twice', () => sweepEntries('doubled', copy, ask));
  it('is found in an entry that changed places with the next', () => sweepEntries('swapped', copy, ask));
});
