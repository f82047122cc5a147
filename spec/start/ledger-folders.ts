import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Folders for ledgers, on the disk of the repository: a temporary one may be memory. `remove` takes them away. */
export class LedgerFolders {
  readonly #made: string[] = [];

  /** A path inside of a new folder; nothing is there yet. */
  next(): string {
    mkdirSync('.test-out/ledgers', { recursive: true });
    const folder = mkdtempSync(resolve('.test-out/ledgers/ledger-'));
    this.#made.push(folder);
    return join(folder, 'audit');
  }

  remove(): void {
    for (const folder of this.#made.splice(0)) rmSync(folder, { recursive: true, force: true });
  }
}
