import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openSegmentStore, type SegmentStoreOptions } from '#lib/audit/stores/segment-store.js';
import type { LedgerStore, LedgerWriter } from '#lib/audit/stores/store.js';

import { type Fault, FaultyFileSystem, type Operation } from './faulty-file-system.js';
import type { Limits, StoreFaults, StoreSetup } from './store-contract.js';

/** A new folder that only we may use. */
export function makeFolder(): string {
  return fs.mkdtempSync(join(tmpdir(), 'spanwright-ledger-'));
}

/** Makes writers of a store known to a list, so that they are closed at the end. */
export function openTracked(options: SegmentStoreOptions, writers: LedgerWriter[]): LedgerStore {
  const store = openSegmentStore(options);
  const openWriter = store.openWriter.bind(store);
  store.openWriter = () => {
    const writer = openWriter();
    writers.push(writer);
    return writer;
  };
  return store;
}

/** Segment stores in a folder of their own, over a file system that fails when asked to. */
export class SegmentSetup implements StoreSetup, StoreFaults {
  readonly root = makeFolder();
  readonly directory = join(this.root, 'ledger');
  readonly files = new FaultyFileSystem();
  readonly faults = this;
  readonly #writers: LedgerWriter[] = [];
  #asked = 0;

  /** Without `isThrough` every write is followed by a sync of its own. */
  constructor(isThrough = true) {
    if (!isThrough) this.files.throughFlag = 0;
  }

  open(limits: Limits = {}): LedgerStore {
    return openTracked({ directory: this.directory, files: this.files, minFreeBytes: 0, ...limits }, this.#writers);
  }

  failSync(persists: boolean): void {
    this.#once('sync', { fail: 'EIO', persists });
  }

  failWrite(): void {
    this.#once('write', { fail: 'EIO' });
  }

  shortenWrites(bytes: number): void {
    this.files.fault = ({ kind, length }) => (kind === 'write' && length > bytes ? { short: bytes } : undefined);
  }

  hangSyncs(): void {
    this.#asked = this.files.asked.length;
    this.files.fault = ({ kind, path }) => (kind === 'sync' && path.endsWith('.seg') ? { hang: true } : undefined);
  }

  release(): void {
    this.files.fault = () => undefined;
    this.files.release();
  }

  syncs(): number {
    return this.files.asked.slice(this.#asked).filter(isSyncOfEntries).length;
  }

  async dispose(): Promise<void> {
    this.release();
    for (const writer of this.#writers) await writer.close().catch(() => undefined);
    fs.rmSync(this.root, { recursive: true });
  }

  #once(kind: Operation['kind'], fault: Fault): void {
    this.#asked = this.files.asked.length;
    this.files.fault = (operation) => {
      if (operation.kind !== kind || !operation.path.endsWith('.seg')) return undefined;
      this.files.fault = () => undefined;
      return fault;
    };
  }
}

function isSyncOfEntries({ kind, path }: Operation): boolean {
  return kind === 'sync' && path.endsWith('.seg');
}
