import fs from 'node:fs';
import { join } from 'node:path';

import { expect } from 'chai';

import { openIdentity } from '#lib/audit/stores/identity.js';
import { openSegmentStore } from '#lib/audit/stores/segment-store.js';
import { createUlid } from '#lib/audit/ulid.js';

import { PlainFileSystem } from './plain-file-system.js';
import { SegmentSetup } from './segment-setup.js';

/** Somebody else begins the ledger when its segments are looked for. */
class LateFileSystem extends PlainFileSystem {
  begin: () => void = () => undefined;

  override readdirSync(path: string): string[] {
    const { begin } = this;
    this.begin = () => undefined;
    if (path.endsWith('segments')) begin();
    return super.readdirSync(path);
  }
}

describe('the folder of a ledger', () => {
  let setup: SegmentSetup;

  beforeEach(() => {
    setup = new SegmentSetup();
  });
  afterEach(() => setup.dispose());

  it('loses a hint that cannot be written, and nothing else', () => {
    const store = setup.open();
    const wid = createUlid();
    const head = { wseq: 4, hash: 'a'.repeat(64), isNamed: false };
    setup.files.fault = ({ path }) => (path.includes('settled') ? { fail: 'ENOSPC' } : undefined);
    store.settle(wid, head);
    expect(fs.readdirSync(join(setup.directory, 'settled'))).deep.equal([]);
    setup.files.fault = () => undefined;
    store.settle(wid, head);
    expect(store.settled().get(wid)).deep.equal(head);
  });

  it('is opened by two at once, of whom one is slow to look', () => {
    const files = new LateFileSystem();
    const { directory } = setup;
    const keys = `${directory}.keys`;
    fs.mkdirSync(directory, { mode: 0o700 });
    files.begin = () => {
      openSegmentStore({ directory });
      fs.mkdirSync(keys);
      fs.writeFileSync(join(keys, 'ledger.key'), '');
    };
    expect(openIdentity(files, directory, keys)).deep.equal(fs.readFileSync(join(directory, 'ledger.json')));
    fs.unlinkSync(join(directory, 'ledger.json'));
    expect(() => openIdentity(files, directory, keys))
      .throw()
      .property('code', 'AUDIT_LEDGER_MISSING');
  });
});
