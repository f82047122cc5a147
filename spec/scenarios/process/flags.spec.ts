import { expect } from 'chai';
import { expectRecorded, FLAGS, isRefused, printedBy, runFlagged } from './flags.js';

const PERMISSION = process.versions.node.startsWith('20.') ? '--experimental-permission' : '--permission';

describe('a traced program', function () {
  this.timeout(20_000);

  it('records with no flag', () => {
    expectRecorded(runFlagged([]));
  });

  for (const [flags, refused] of FLAGS) {
    it(`records as ever with ${flags.join(' ')}`, () => {
      expect(isRefused(flags, refused), refused).equal(true);
      expect(isRefused([], refused), refused).equal(false);
      expectRecorded(runFlagged(flags));
    });
  }

  it(`records as ever with ${PERMISSION} to write its file`, () => {
    expectRecorded(runFlagged([PERMISSION, '--allow-fs-read=*', '--allow-fs-write={folder}/*']));
  });

  it(`goes on with ${PERMISSION} and no permission to write, and says what is lost`, () => {
    const run = runFlagged([PERMISSION, '--allow-fs-read=*']);
    expect(run.stderr).match(/^spanwright: \[EXPORT_FAILED\] destination "file" did not take 7 spans: .*$/m);
    expect(printedBy(run)).deep.include({
      answer: 'open,a!,b!,rest',
      failure: 'RangeError: failed 2',
      guarded: {},
      lines: 0,
    });
  });
});
