import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { INCARNATION, LEDGER_ID, canonical, sha256, toWid } from './built-identity.js';
import { WriterBuilder } from './writer-builder.js';

/** Makes the bytes of a ledger one entry at a time, after docs/reference/ledger-format.md; shares no code with what writes ledgers. */
export class LedgerBuilder {
  readonly identity = Buffer.from(
    canonical({
      createdAt: '2026-01-01T00:00:00.000Z',
      format: 'spanwright-ledger/1',
      inc: INCARNATION,
      lid: LEDGER_ID,
    }),
  );
  readonly writers: WriterBuilder[] = [];
  readonly #payloads = new Map<string, Buffer>();

  /** Starts a writer, whose genesis names the heads given. */
  writer(heads: readonly { wid: string; wseq: number; hash: string }[] = []): WriterBuilder {
    const writer = new WriterBuilder(toWid(this.writers.length));
    this.writers.push(writer);
    const host = { boot: 'b', lib: '0.1.0', node: 'v20.20.2', pid: 1 };
    writer.add({ kind: 'genesis', ledger: sha256(this.identity), heads, host });
    writer.add({ kind: 'policy', hash: sha256('{}'), data: {} });
    return writer;
  }

  /** Keeps a payload and gives its reference. */
  payload(bytes: Buffer): string {
    const ref = sha256(bytes);
    this.#payloads.set(ref, bytes);
    return ref;
  }

  /** Every file by its path inside the folder. */
  files(): Map<string, Buffer> {
    const files = new Map<string, Buffer>([['ledger.json', this.identity]]);
    for (const writer of this.writers) for (const [path, bytes] of writer.files()) files.set(path, bytes);
    for (const [ref, bytes] of this.#payloads) files.set(`payloads/${ref.slice(0, 2)}/${ref}`, bytes);
    return files;
  }
}

/** Writes files below a folder. */
export function writeFiles(directory: string, files: ReadonlyMap<string, Uint8Array>): void {
  mkdirSync(join(directory, 'segments'), { recursive: true });
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), bytes);
  }
}
