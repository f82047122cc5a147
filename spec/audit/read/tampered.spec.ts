import { expect } from 'chai';

import { toWid } from './built-identity.js';
import { PythonVerifier, type Verdict, askBoth, hasPython } from './both-verifiers.js';
import { sweepBytes, sweepCuts, sweepEntries } from './entry-sweep.js';
import { LedgerCopy } from './ledger-copy.js';
import { buildSample } from './sample-ledger.js';

const INTACT: Verdict = { exitCode: 0, firstBroken: undefined, problems: [], entries: 200 };
/** Every so many bytes and entries are changed here; all of them in tampered.full.spec.ts. */
const STRIDE = 701;
const STEP = 13;

describe('both verifiers of a ledger', function () {
  this.timeout(60_000);
  const ledger = buildSample();
  const files = ledger.files();
  let copy: LedgerCopy;
  let python: PythonVerifier;
  const ask = (): Promise<Verdict> => askBoth(python, copy.directory, { payloads: true });

  before(function () {
    if (!hasPython()) this.skip();
    python = new PythonVerifier();
    copy = new LedgerCopy(files);
  });
  afterEach(async () => {
    expect(await ask()).deep.equal(INTACT);
  });
  after(async () => {
    await python?.stop();
    copy?.remove();
  });

  it('find 200 entries intact that nobody changed', async () => {
    expect(ledger.writers.reduce((sum, writer) => sum + writer.head.wseq + 1, 0)).equal(200);
    expect(await ask()).deep.equal(INTACT);
  });

  it('find flipped bytes of every segment', async () => {
    await sweepBytes(copy, ask, STRIDE, Math.floor(Math.random() * STRIDE));
  });

  it('find bytes that were cut from the end of every segment', async () => {
    await sweepCuts(copy, ask, STRIDE, Math.floor(Math.random() * STRIDE));
  });

  it('find every flipped byte of ledger.json', async () => {
    for (let offset = 0; offset < (files.get('ledger.json')?.length ?? 0); offset++) {
      const verdict = await copy.withFlip('ledger.json', offset, ask);
      expect(verdict.exitCode).equal(1);
      expect(verdict.firstBroken).match(
        new RegExp(`^${toWid(0)} 0 (ledger|chain) segments/${toWid(0)}-000000.seg@16$`),
      );
    }
  });

  it('find entries that are deleted', () => sweepEntries('deleted', copy, ask, STEP));
  it('find entries that are there twice', () => sweepEntries('doubled', copy, ask, STEP));
  it('find entries that changed places with the next', () => sweepEntries('swapped', copy, ask, STEP));
});
