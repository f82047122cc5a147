import fs, { mkdtempSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { expect } from 'chai';

import { openKeyFolder } from '#lib/audit/key-folder.js';
import { createKey } from '#lib/audit/keys.js';
import { FileSlots, SLOTS_PER_FILE } from '#lib/audit/payload-slots.js';
import { createUlid } from '#lib/audit/ulid.js';

// Payloads that were acknowledged are lost with their keys: what is synced, and when, is part of the promise.
describe('keys on their way to the disk', function () {
  const { fsyncSync, linkSync } = fs;
  let folder: string;
  let done: string[];
  let handles: { sync: FileHandle['sync'] };
  let sync: FileHandle['sync'];

  const note = (what: string, fd: number): void => {
    const path = readlinkSync(`/proc/self/fd/${fd}`).slice(folder.length);
    done.push(`${what} ${path.replaceAll(/[0-9a-f]{16}\.new/g, 'draft').replaceAll(/[0-9A-Z]{26}/g, 'writer')}`);
  };

  before(async function () {
    if (process.platform !== 'linux') this.skip();
    const handle = await open('/dev/null');
    handles = Object.getPrototypeOf(handle) as typeof handles;
    ({ sync } = handles);
    await handle.close();
  });
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'spanwright-durable-')));
    done = [];
    fs.fsyncSync = (fd) => {
      fsyncSync(fd);
      note('sync', fd);
    };
    fs.linkSync = (from, to) => {
      linkSync(from, to);
      done.push(`link ${String(to).slice(folder.length)}`);
    };
    syncBuiltinESMExports();
    handles.sync = async function (this: FileHandle) {
      const { fd } = this;
      await sync.call(this);
      note('sync later', fd);
    };
  });
  afterEach(() => {
    Object.assign(fs, { fsyncSync, linkSync });
    syncBuiltinESMExports();
    handles.sync = sync;
    rmSync(folder, { recursive: true, maxRetries: 20 });
  });

  it('stand there before anybody can find them, as does their folder', () => {
    openKeyFolder(join(folder, 'keys'), join(folder, 'ledger'));
    expect(done).deep.equal(['sync ']);
    done = [];
    createKey(join(folder, 'keys'), createUlid());
    expect(done).deep.equal(['sync /keys/ledger.key.draft', 'link /keys/ledger.key', 'sync /keys']);
  });

  it('of payloads stand there before one is used, made ahead or not', async () => {
    const slots = new FileSlots(folder, createUlid());
    expect(done).deep.equal(['sync /writer-000000.slots', 'sync ']);
    done = [];
    const opened = fs.readdirSync('/proc/self/fd').length;
    for (let taken = 0; taken <= SLOTS_PER_FILE / 2; taken++) slots.take();
    while (done.length < 2) await wait(1);
    expect(done).deep.equal(['sync later /writer-000001.slots', 'sync later ']);
    await wait(100);
    expect(fs.readdirSync('/proc/self/fd')).length(opened);
    done = [];
    for (let taken = 0; taken < SLOTS_PER_FILE; taken++) slots.take();
    expect(done).deep.equal([]);
    slots.close();
  });
});
