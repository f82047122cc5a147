import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { openLedger, openLedgerSync } from '#lib/audit/open-ledger.js';

describe('ledger', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'ledger-'));
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  it('opens', async () => {
    const directory = join(root, 'l');
    const ledger = await openLedger({ directory });
    const call = await ledger.begin({ op: { method: 'm' }, system: 'http', request: { value: { a: 1 } } });
    await call.end({ status: 'ok', response: { value: 1 } });
    await ledger.append({ kind: 'note', data: { x: 1 } });
    await ledger.close();
    const again = openLedgerSync({ directory });
    await again.close();
    expect(readdirSync(directory)).include('ledger.json');
    expect(statSync(`${directory}.keys`).mode & 0o777).equal(0o700);
    console.log(again.health());
  });
});
