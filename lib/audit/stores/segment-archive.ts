import { join } from 'node:path';
import { auditError, reasonOf } from './audit-error.js';
import { type FileSystem, nodeFileSystem } from './file-system.js';
import { findFaults } from './folder-checks.js';
import { readIdentity } from './identity.js';
import { askAlive } from './liveness.js';
import { PayloadSource } from './payload-source.js';
import { parseSegmentName, segmentName } from './segment-name.js';
import { SegmentReader } from './segment-reader.js';
import { listFolder, readSettled } from './settled.js';
import type { LedgerReader, LedgerSource, Liveness } from './store.js';

/** The segments of a ledger as a reader sees them: it takes no lock and writes nothing. */
export class SegmentArchive implements LedgerSource {
  readonly name = 'segments';
  readonly directory: string;
  readonly #files: FileSystem;
  readonly #payloads: PayloadSource;
  /** Numbers of segments as of a moment ago; a writer adds to its own alone. */
  #known = new Map<string, number[]>();

  constructor(files: FileSystem, directory: string) {
    this.#files = files;
    this.directory = directory;
    this.#payloads = new PayloadSource(files, directory);
  }

  identity(): Uint8Array {
    const bytes = readIdentity(this.#files, this.directory);
    if (bytes === undefined) throw auditError('AUDIT_LEDGER_UNREADABLE', `there is no ${this.directory}/ledger.json`);
    return bytes;
  }

  writers(): string[] {
    this.#known = this.#segments();
    return [...this.#known.keys()].sort();
  }

  settled(): ReturnType<typeof readSettled> {
    return readSettled(this.#files, this.directory);
  }

  reader(wid: string): LedgerReader {
    if (!this.#known.has(wid)) this.#known = this.#segments();
    const numbers = this.#known.get(wid) ?? [];
    while (this.#isThere(wid, (numbers.at(-1) ?? -1) + 1)) numbers.push((numbers.at(-1) ?? -1) + 1);
    return new SegmentReader(this.#files, this.directory, wid, numbers);
  }

  liveness(wid: string): Promise<Liveness> {
    return askAlive(this.directory, wid);
  }

  payload(ref: string): Uint8Array | undefined {
    return this.#payloads.get(ref);
  }

  faults(): string[] {
    return findFaults(this.#files, this.directory);
  }

  #isThere(wid: string, number: number): boolean {
    try {
      this.#files.lstatSync(join(this.directory, 'segments', segmentName(wid, number)));
      return true;
    } catch {
      return false;
    }
  }

  #segments(): Map<string, number[]> {
    const segments = new Map<string, number[]>();
    for (const name of listFolder(this.#files, `${this.directory}/segments`)) {
      const parsed = parseSegmentName(name);
      if (parsed === undefined) continue;
      const numbers = segments.get(parsed.wid);
      if (numbers === undefined) segments.set(parsed.wid, [parsed.number]);
      else numbers.push(parsed.number);
    }
    for (const numbers of segments.values()) numbers.sort((a, b) => a - b);
    return segments;
  }
}

/** Opens a ledger to read it. Rights that a writer would refuse are told by `faults`. Throws `AUDIT_LEDGER_UNREADABLE`. */
export function openSegmentStoreForReading(directory: string, files: FileSystem = nodeFileSystem): LedgerSource {
  const archive = new SegmentArchive(files, directory);
  try {
    archive.identity();
    archive.writers();
  } catch (error) {
    throw auditError('AUDIT_LEDGER_UNREADABLE', `cannot read the ledger ${directory}: ${reasonOf(error)}`, error);
  }
  return archive;
}
