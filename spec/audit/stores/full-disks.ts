import fs from 'node:fs';
import { join } from 'node:path';

import { expect } from 'chai';

import { openSegmentStoreForReading } from '#lib/audit/stores/segment-archive.js';
import { openSegmentStore } from '#lib/audit/stores/segment-store.js';

import { type CallsMade, makeCalls } from './disk-full-calls.js';
import { FullDiskFileSystem } from './full-disk-file-system.js';
import { makeFolder } from './segment-setup.js';

/** Disks of this many bytes and more, up to one that holds two segments. */
const FIRST_BYTES = 2_000;
const LAST_BYTES = 25_000_000;

/** What a filling disk does at so many sizes, with a `statfs` that knows and with one that lies. */
export function describeFullDisks(sizes: number): void {
  let root: string;
  beforeEach(() => {
    root = makeFolder();
  });
  afterEach(() => fs.rmSync(root, { recursive: true }));

  /** Undefined where not even a ledger fits. */
  async function fill(directory: string, files: FullDiskFileSystem): Promise<CallsMade | undefined> {
    try {
      return await makeCalls(openSegmentStore({ directory, files, minFreeBytes: 0 }), 4_000, 12);
    } catch (error) {
      expect((error as { code?: unknown }).code).oneOf(['ENOSPC', 'AUDIT_DISK_LOW']);
      return undefined;
    }
  }

  for (const isHonest of [true, false]) {
    it(`refuses calls in time for every outcome, ${sizes} times, where statfs ${isHonest ? 'knows' : 'lies'}`, async () => {
      let made = 0;
      for (let step = 0; step < sizes; step++) {
        // Most of them small: there the folders, the first segment and the first journal are made.
        const left = FIRST_BYTES + Math.floor(LAST_BYTES * ((step + 1) / sizes) ** 2);
        const directory = join(root, `${step}`);
        const calls = await fill(directory, new FullDiskFileSystem(left, isHonest));
        if (calls === undefined) continue;
        made += calls.made.length;
        const where = `${left} bytes, ${calls.made.length} calls`;
        expect([...calls.refused], where).deep.equal(['AUDIT_DISK_LOW']);
        expect(calls.recorded.length, where).equal(calls.made.length);
        const source = openSegmentStoreForReading(directory);
        const [wid = ''] = source.writers();
        expect([...source.reader(wid).entries()], where).length(2 * calls.made.length);
        expect(source.reader(wid).tail(), where).include({ state: 'clean' });
        fs.rmSync(directory, { recursive: true });
      }
      expect(made).greaterThan(100);
    }).timeout(240_000);
  }
}
