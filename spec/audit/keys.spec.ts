import { chownSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { crc32 } from 'node:zlib';

import { expect } from 'chai';

import { checkPrivate, openKeyFolder } from '#lib/audit/key-folder.js';
import { createKey, createLedgerKey, readKey } from '#lib/audit/keys.js';
import { FileSlots, readSlot, SLOTS_PER_FILE } from '#lib/audit/payload-slots.js';
import { createUlid } from '#lib/audit/ulid.js';

describe('keys', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'spanwright-keys-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, maxRetries: 20 });
  });

  it('are the same for all who make them at once', () => {
    const lid = createUlid();
    const [first, second] = [createKey(folder, lid), createKey(folder, lid)];
    expect(first.kid).equal(second.kid);
    expect(readKey(folder, lid)?.bytes.equals(first.bytes)).equal(true);
    expect(readdirSync(folder)).deep.equal(['ledger.key']);
  });

  it('are in a folder that is one', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '', { mode: 0o600 });
    for (const check of [
      () => checkPrivate(file, 'folder'),
      () => checkPrivate(folder, 'file'),
      () => openKeyFolder(file, join(folder, 'ledger')),
    ]) {
      expect(check).throw().include({ code: 'AUDIT_LEDGER_REFUSED' });
    }
    checkPrivate(file, 'file');
    checkPrivate(folder, 'folder');
  });

  it('are of this user alone', function () {
    // Only root may give a file away.
    if (process.geteuid?.() !== 0) this.skip();
    chownSync(folder, 12_345, 12_345);
    expect(() => checkPrivate(folder, 'folder')).throw(/owner 12345/);
    chownSync(folder, 0, 0);
  });

  it('may stand in folders that are not there yet', () => {
    openKeyFolder(join(folder, 'of', 'all', 'keys'), join(folder, 'ledger'));
    expect(statSync(join(folder, 'of', 'all', 'keys')).mode & 0o777).equal(0o700);
    openKeyFolder(join(folder, 'of', 'all', 'keys'), join(folder, 'ledger'));
  });

  it('leave nothing open', () => {
    const open = (): number => readdirSync('/proc/self/fd').length;
    const before = open();
    const lid = createUlid();
    openKeyFolder(join(folder, 'keys'), join(folder, 'ledger'));
    createKey(join(folder, 'keys'), lid);
    const slots = new FileSlots(join(folder, 'keys'), lid);
    readSlot(join(folder, 'keys'), slots.take());
    slots.close();
    expect(open()).equal(before);
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

  it('are refused where any one byte of them is another, or missing', () => {
    const lid = createUlid();
    createKey(folder, lid);
    const path = join(folder, 'ledger.key');
    const whole = readFileSync(path);
    for (let at = 0; at < whole.length; at++) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 1;
      for (const bytes of [changed, whole.subarray(0, at), Buffer.concat([whole, changed.subarray(0, at + 1)])]) {
        writeFileSync(path, bytes);
        expect(() => readKey(folder, lid), `${at}`)
          .throw()
          .include({ code: 'AUDIT_LEDGER_REFUSED' });
      }
    }
    writeFileSync(path, whole);
    expect(readKey(folder, lid)).not.equal(undefined);
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

  it('stand behind a header that names their file', () => {
    const wid = createUlid();
    const slots = new FileSlots(folder, wid);
    for (let taken = 0; taken <= SLOTS_PER_FILE; taken++) slots.take();
    // One more may be on its way.
    const names = readdirSync(folder).filter((name) => statSync(join(folder, name)).size === 16 + 64 * SLOTS_PER_FILE);
    expect(names).length.within(2, 3);
    for (const name of names) {
      const header = readFileSync(join(folder, name)).subarray(0, 16);
      expect(header.toString('latin1', 0, 8)).equal('SPWSLT01');
      expect(name).equal(`${wid}-00000${header.readUInt32LE(8)}.slots`);
      expect(header.readUInt32LE(12)).equal(crc32(header.subarray(0, 12)));
    }
    slots.close();
  });

  it('are made ahead, and are on the disk as well', async () => {
    const wid = createUlid();
    const slots = new FileSlots(folder, wid);
    const all = Array.from({ length: SLOTS_PER_FILE }, () => slots.take());
    // The next file is on its way since half of the first were taken.
    const path = join(folder, `${wid}-000001.slots`);
    const whole = 16 + 64 * SLOTS_PER_FILE;
    const isThere = (): boolean => (statSync(path, { throwIfNoEntry: false })?.size ?? 0) === whole;
    while (!isThere()) await nextTurn();
    await wait(20);
    // One that nobody used goes with the end.
    const unused = new FileSlots(folder, createUlid());
    for (let taken = 0; taken <= SLOTS_PER_FILE / 2; taken++) unused.take();
    while (readdirSync(folder).length < 4) await nextTurn();
    await wait(20);
    unused.close();
    expect(readdirSync(folder)).length(3);
    all.push(...Array.from({ length: 10 }, () => slots.take()));
    expect(all.at(-1)).include({ file: 1, index: 9 });
    for (const slot of all) {
      expect(readSlot(folder, slot)?.dataKey.equals(slot.dataKey)).equal(true);
      expect(readSlot(folder, slot)?.secret.equals(slot.secret)).equal(true);
    }
    slots.close();
  });

  it('leave no secrets that nobody used', async () => {
    const wid = createUlid();
    const slots = new FileSlots(folder, wid);
    for (let index = 0; index <= SLOTS_PER_FILE / 2; index++) slots.take();
    const last = slots.take();
    // One more file is on its way.
    while (readdirSync(folder).length === 1) await nextTurn();
    slots.close();
    slots.close();
    while (readdirSync(folder).length > 1) await nextTurn();
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
