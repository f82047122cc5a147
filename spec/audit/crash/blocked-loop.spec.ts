import { join } from 'node:path';
import { expect } from 'chai';
import type { Ledger } from '#lib/audit/ledger.js';
import { openLedger } from '#lib/audit/open-ledger.js';
import { makeFolder } from './child.js';

const DEADLINE_MS = 1500;

function block(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

const start = { op: { method: 'ask' }, system: 'llm' };

// What a program does to its own loop is no fault of the disk.
describe('a ledger whose program blocks the loop for longer than the deadline of a sync', function () {
  this.timeout(30_000);
  let folder: ReturnType<typeof makeFolder>;
  let ledger: Ledger;

  beforeEach(async () => {
    folder = makeFolder();
    ledger = await openLedger({ directory: join(folder.path, 'ledger'), deadlineMs: DEADLINE_MS });
  });
  afterEach(async () => {
    await ledger.close();
    folder.remove();
  });

  it('admits the calls that were begun before', async () => {
    const calls = Array.from({ length: 100 }, () => ledger.begin(start));
    block(2 * DEADLINE_MS);
    const recorded = await Promise.all(calls);
    await Promise.all(recorded.map((call) => call.end({ status: 'ok' })));
    expect(ledger.health()).to.deep.include({ state: 'open', refused: {} });
  });

  it('keeps outcomes whose sync was on its way', async () => {
    const call = await ledger.begin(start);
    const ended = call.end({ status: 'ok' });
    // The sync begins in the next turn.
    await new Promise(setImmediate);
    block(2 * DEADLINE_MS);
    await ended;
    expect(ledger.health()).to.deep.include({ state: 'open', inFlight: 0 });
  });
});
