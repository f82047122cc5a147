import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { join } from 'node:path';

import { expect } from 'chai';

import { openSegmentStoreForReading } from '#lib/audit/stores/segment-archive.js';
import { openSegmentStore } from '#lib/audit/stores/segment-store.js';

import { makeCalls } from './disk-full-calls.js';
import { makeFolder } from './segment-setup.js';

describe('a small disk in memory', () => {
  let root: string;
  beforeEach(() => {
    root = makeFolder();
  });
  afterEach(() => {
    spawnSync('umount', [root]);
    fs.rmSync(root, { recursive: true });
  });

  for (const kib of [512, 900, 1_500, 3_000, 6_000, 12_000, 20_000, 40_000]) {
    it(`of ${kib} KiB refuses calls in time for every outcome`, async function () {
      const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${kib}k,mode=0700`, 'tmpfs', root]);
      if (mounted.status !== 0) {
        console.log(`skipped: cannot mount a tmpfs here (${mounted.stderr?.toString().trim() ?? 'no mount'})`);
        this.skip();
      }
      const directory = join(root, 'ledger');
      const store = openSegmentStore({ directory, minFreeBytes: 0, allowMemoryFileSystem: true });
      const calls = await makeCalls(store, 100_000, 12).catch((error: unknown) => error);
      if (calls instanceof Error) {
        expect(calls).property('code', 'AUDIT_DISK_LOW');
        expect(kib, 'too small for one call').most(1_500);
        return;
      }
      const { made, recorded, refused } = calls as Awaited<ReturnType<typeof makeCalls>>;
      expect([...refused]).deep.equal(['AUDIT_DISK_LOW']);
      expect(recorded.length).equal(made.length);
      const source = openSegmentStoreForReading(directory);
      const [wid = ''] = source.writers();
      expect([...source.reader(wid).entries()]).length(2 * made.length);
      fs.rmSync(directory, { recursive: true });
    }).timeout(120_000);
  }
});
