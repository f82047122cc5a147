import { join } from 'node:path';
import type { LedgerOptions } from '../ledger.js';
import { createUlid, isUlid } from '../ulid.js';
import { createCounters, type StoreCounters } from './admission.js';
import { auditError } from './audit-error.js';
import { type Claim, claim } from './claims.js';
import { DiskSpace } from './disk-space.js';
import { type FileSystem, isFull, nodeFileSystem } from './file-system.js';
import { prepareFolders } from './folder-checks.js';
import { Filing } from './filing.js';
import { openIdentity } from './identity.js';
import { showAlive } from './liveness.js';
import { SegmentArchive } from './segment-archive.js';
import { SegmentWriter } from './segment-writer.js';
import { listFolder, type SettledHead, writeSettled } from './settled.js';
import { syncFormer } from './sync-former.js';
import type { LedgerStore, LedgerWriter, Liveness, StoreGauges } from './store.js';

const ULID_CHARS = 26;
const DEADLINE_MS = 5000;
const MAX_QUEUE = 100_000;
const MAX_QUEUE_BYTES = 67_108_864;

/** Options of a segment store: limits of the ledger, and what tests need. */
export interface SegmentStoreOptions extends Pick<
  LedgerOptions,
  'directory' | 'keys' | 'deadlineMs' | 'maxQueue' | 'maxQueueBytes' | 'minFreeBytes'
> {
  /** Default the machine's. */
  readonly files?: FileSystem | undefined;
  /** A ledger in memory outlives no power failure; for tests of a full disk. Default false. */
  readonly allowMemoryFileSystem?: boolean | undefined;
}

/** A ledger in a folder: one series of segments for each start of a process. */
class SegmentStore extends SegmentArchive implements LedgerStore {
  readonly isDurable = true;
  readonly #options: SegmentStoreOptions;
  readonly #files: FileSystem;
  readonly #identity: Uint8Array;
  readonly #space: DiskSpace;
  readonly #counters: StoreCounters = createCounters();
  readonly #own = new Map<string, SegmentWriter>();
  readonly #filing: Filing;

  constructor(options: SegmentStoreOptions) {
    const files = options.files ?? nodeFileSystem;
    super(files, options.directory);
    this.#files = files;
    this.#filing = new Filing(files, join(options.directory, 'payloads'), this.#counters);
    this.#options = options;
    prepareFolders(files, this.directory, options.allowMemoryFileSystem === true);
    this.#identity = openIdentity(files, this.directory, options.keys ?? `${this.directory}.keys`);
    this.#space = new DiskSpace(files, this.directory, options.minFreeBytes);
  }

  override identity(): Uint8Array {
    return this.#identity;
  }

  openWriter(): LedgerWriter {
    const { deadlineMs = DEADLINE_MS, maxQueue = MAX_QUEUE, maxQueueBytes = MAX_QUEUE_BYTES } = this.#options;
    const wid = createUlid();
    // First of all: a writer of which there is a segment and nothing alive is taken for dead.
    const hide = showAlive(this.#files, this.directory, wid);
    try {
      const writer = new SegmentWriter({
        wid,
        files: this.#files,
        directory: this.directory,
        bounds: { maxQueue, maxQueueBytes },
        deadlineMs,
        space: this.#space,
        counters: this.#counters,
        // One that ends after its writer waits for the next start.
        onJournal: (path) => {
          if (this.#own.has(wid)) this.#filing.add(path);
        },
        onClosed: () => {
          this.#own.delete(wid);
          hide();
          return this.#filing.end(() => this.#own.size === 0);
        },
      });
      this.#own.set(wid, writer);
      this.#filing.begin();
      this.#fileLeft().catch((error: unknown) => {
        this.#counters.lastFilingError = error;
      });
      return writer;
    } catch (error) {
      hide();
      throw isFull(error) ? auditError('AUDIT_DISK_LOW', 'the disk has no room for a segment', error) : error;
    }
  }

  settle(wid: string, head: SettledHead): void {
    try {
      writeSettled(this.#files, this.directory, wid, head);
    } catch {
      // A hint that is not there, as on a full disk, costs reading.
    }
  }

  override liveness(wid: string): Promise<Liveness> {
    return this.#own.has(wid) ? Promise.resolve('self') : super.liveness(wid);
  }

  async claim(wid: string, by: string): Promise<Claim> {
    const found = await claim(this.#files, this.directory, { wid, by }, (holder) => this.liveness(holder));
    if (!found.granted) return found;
    await Promise.all([wid, ...found.former].map(async (gone) => syncFormer(this.#files, this.directory, gone)));
    return found;
  }

  gauges(): StoreGauges {
    let queued = 0;
    let queuedBytes = 0;
    for (const { admission } of this.#own.values()) {
      queued += admission.queued;
      queuedBytes += admission.queuedBytes;
    }
    const pendingPayloads = this.#counters.payloads - this.#counters.filed;
    const { syncs, entries, lastSyncMs, refused } = this.#counters;
    return { queued, queuedBytes, syncs, entries, lastSyncMs, refused: { ...refused }, pendingPayloads };
  }

  /** Journals of writers that are gone: of those that died, and of those that closed before all was filed. */
  async #fileLeft(): Promise<void> {
    const folder = join(this.directory, 'payloads');
    for (const name of listFolder(this.#files, folder)) {
      const wid = name.slice(0, ULID_CHARS);
      if (!name.endsWith('.journal') || !isUlid(wid)) continue;
      const isGone = (await this.liveness(wid)) === 'dead';
      if (this.#own.size === 0) return;
      if (isGone) this.#filing.add(join(folder, name), true);
    }
  }
}

/** Opens a ledger in a folder, which is made where it is not there. Throws `AUDIT_LEDGER_REFUSED`, `AUDIT_LEDGER_MISSING`. */
export function openSegmentStore(options: SegmentStoreOptions): LedgerStore {
  return new SegmentStore(options);
}
