import { Writable } from 'node:stream';

import { expect } from 'chai';

import { createProgress } from '../../../samples/ticket-summarizer/progress.js';

/** Keeps what was written, and says whether it is a terminal. */
class Screen extends Writable {
  written = '';
  readonly isTTY: boolean;

  constructor(isTTY: boolean) {
    super();
    this.isTTY = isTTY;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.written += chunk.toString();
    done();
  }
}

describe('progress', () => {
  it('writes one plain line a phase where there is no terminal', () => {
    const screen = new Screen(false);
    const meter = createProgress(screen).begin('Phase 1: Fetch', 3);
    for (let done = 0; done < 3; done += 1) meter.advance();
    meter.end(1);
    expect(screen.written).to.equal('Phase 1: Fetch: 2 of 3 done, 1 failed\n');
  });

  it('writes a line each quarter of a long phase', () => {
    const screen = new Screen(false);
    const meter = createProgress(screen).begin('Phase 1: Fetch', 400);
    for (let done = 0; done < 400; done += 1) meter.advance();
    meter.end(0);
    expect(screen.written.split('\n')).to.deep.equal([
      'Phase 1: Fetch: 100 of 400',
      'Phase 1: Fetch: 200 of 400',
      'Phase 1: Fetch: 300 of 400',
      'Phase 1: Fetch: 400 of 400 done',
      '',
    ]);
  });

  it('draws the phases that run at the same time as bars on one line of a terminal', () => {
    const screen = new Screen(true);
    const progress = createProgress(screen);
    const first = progress.begin('Phase 3a: POD', 3080);
    const second = progress.begin('Phase 3b: Diagnostics', 3080);
    const line = screen.written.split('\r\u001B[K').at(-1) ?? '';
    expect(line).to.equal('Phase 3a [............] 0/3080  Phase 3b [............] 0/3080');
    first.end(0);
    second.end(2);
    expect(screen.written).to.match(/Phase 3a: POD: 3080 of 3080 done\n/);
    expect(screen.written).to.match(/Phase 3b: Diagnostics: 3078 of 3080 done, 2 failed\n/);
  });
});
