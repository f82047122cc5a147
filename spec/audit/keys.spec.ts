import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { createKey, createLedgerKey, readKey } from '#lib/audit/keys.js';
import { FileSlots, readSlot, SLOTS_PER_FILE } from '#lib/audit/payload-slots.js';
import { createUlid } from '#lib/audit/ulid.js';

describe('keys', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'spanwright-keys-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('are the same for all who make them at once', () => {
    const lid = createUlid();
    const [first, second] = [createKey(folder, lid), createKey(folder, lid)];
    expect(first.kid).equal(second.kid);
    expect(readKey(folder, lid)?.bytes.equals(first.bytes)).equal(true);
    expect(readdirSync(folder)).deep.equal(['ledger.key']);
  });

  it('are refused where a byte of them is another', () => {
    const lid = createUlid();
    createKey(folder, lid);
    const path = join(folder, 'ledger.key');
    for (const bytes of [Buffer.alloc(0), Buffer.alloc(70, 1)]) {
      writeFileSync(path, bytes);
      expect(() => readKey(folder, lid))
        .throw()
        .include({ code: 'AUDIT_LEDGER_REFUSED' });
    }
  });

  it('make fingerprints that differ by what they are of, and by the key', () => {
    const [key, other] = [createLedgerKey(), createLedgerKey()];
    const prints = [key.fingerprint('actor', 'a'), key.fingerprint('host', 'a'), other.fingerprint('actor', 'a')];
    expect(new Set(prints).size).equal(3);
    expect(key.fingerprint('actor', 'a')).equal(prints[0]);
    expect(key.kid).not.equal(other.kid);
  });

  it('give each payload secrets that are on the disk before they are used', () => {
    const wid = createUlid();
    const slots = new FileSlots(folder, wid);
    for (let index = 0; index < 2 * SLOTS_PER_FILE + 10; index++) {
      const slot = slots.take();
      if (index % 100 !== 0 && index % SLOTS_PER_FILE !== 0) continue;
      const kept = readSlot(folder, slot);
      expect(kept?.dataKey.equals(slot.dataKey), `${index}`).equal(true);
      expect(kept?.secret.equals(slot.secret), `${index}`).equal(true);
    }
    slots.close();
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).equal(0o600);
  });

  it('leave no secrets that nobody used', async () => {
    const wid = createUlid();
    const slots = new FileSlots(folder, wid);
    for (let index = 0; index <= SLOTS_PER_FILE / 2; index++) slots.take();
    const last = slots.take();
    slots.close();
    slots.close();
    // One more file may be on its way.
    for (let turn = 0; turn < 1000 && readdirSync(folder).length > 1; turn++) {
      // oxlint-disable-next-line no-await-in-loop
      await new Promise(setImmediate);
    }
    const [name = '', ...others] = readdirSync(folder);
    expect(others).deep.equal([]);
    expect(statSync(join(folder, name)).size).equal(16 + (last.index + 1) * 64);
    expect(readSlot(folder, last)?.dataKey.equals(last.dataKey)).equal(true);
    expect(readSlot(folder, { ...last, index: last.index + 1 })).equal(undefined);
    expect(readSlot(folder, { ...last, file: 9 })).equal(undefined);
  });

  it('close quietly where their folder is gone', () => {
    const gone = join(folder, 'gone');
    mkdirSync(gone, { mode: 0o700 });
    const slots = new FileSlots(gone, createUlid());
    slots.take();
    rmSync(gone, { recursive: true });
    expect(() => slots.close()).not.throw();
  });
});
