import fs from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { expect } from 'chai';

import { openSegmentStore } from '#lib/audit/stores/segment-store.js';

import { describeFullDisks } from './full-disks.js';
import { FullDiskFileSystem } from './full-disk-file-system.js';
import { makeFolder } from './segment-setup.js';
import { appendMany, codeOf, rejectionOf } from './store-contract.js';

describe('a disk that fills', () => {
  let root: string;
  beforeEach(() => {
    root = makeFolder();
  });
  afterEach(() => fs.rmSync(root, { recursive: true }));

  describe('at some sizes', () => describeFullDisks(14));

  it('takes no calls again when there is space, before somebody opens a new writer', async () => {
    const files = new FullDiskFileSystem(3_000_000, true);
    const store = openSegmentStore({ directory: join(root, 'ledger'), files, minFreeBytes: 0 });
    const writer = store.openWriter();
    while (codeOf(() => writer.admit('intent', 100)) === undefined);
    files.left = 1e9;
    await wait(100);
    expect(codeOf(() => writer.admit('intent', 100))).equal('AUDIT_DISK_LOW');
    expect(codeOf(() => writer.admit('plain', 100))).equal('AUDIT_DISK_LOW');
    expect(codeOf(() => writer.admit('outcome', 100))).equal(undefined);
    const next = store.openWriter();
    await Promise.all(appendMany(next, 0, 10));
    await Promise.all([next.close(), writer.close()]);
    expect(store.gauges().refused['AUDIT_DISK_LOW']).equal(3);
  });

  it('keeps free what is to be kept free', async () => {
    const files = new FullDiskFileSystem(100_000_000, true);
    const open = (minFreeBytes?: number) => openSegmentStore({ directory: join(root, 'ledger'), files, minFreeBytes });
    // 2 % of what the disk has in all is far more than is left.
    const [careful, careless] = [open().openWriter(), open(50_000_000).openWriter()];
    expect(codeOf(() => careful.admit('intent', 100))).equal('AUDIT_DISK_LOW');
    expect(codeOf(() => careless.admit('intent', 100))).equal(undefined);
    await Promise.all([careful.close(), careless.close()]);
  });

  it('is poisoned where what was allocated does not take an entry', async () => {
    const files = new FullDiskFileSystem(100_000_000, true);
    const writer = openSegmentStore({ directory: join(root, 'ledger'), files, minFreeBytes: 0 }).openWriter();
    await Promise.all(appendMany(writer, 0, 5));
    files.left = 0;
    // Nobody asked whether there is room.
    const entries = Array.from({ length: 400 }, () => Buffer.alloc(60_000, 97));
    const codes = await Promise.all(entries.map((entry) => rejectionOf(writer.append({ entry, as: 'plain' }))));
    expect(codes.at(-1)).equal('AUDIT_POISONED');
    await writer.close();
    expect(writer.durable).equal(5 + codes.filter((code) => code === undefined).length);
  });
});
