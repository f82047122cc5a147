import { closeSync, mkdtempSync, openSync, rmSync, unlinkSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readFrame } from '#lib/audit/frame.js';
import { writeFiles } from './ledger-builder.js';

/** A ledger on the disk that is changed in one place at a time and put right again. */
export class LedgerCopy {
  readonly directory = mkdtempSync(join(tmpdir(), 'spanwright-tampered-'));
  readonly files: ReadonlyMap<string, Buffer>;

  constructor(files: ReadonlyMap<string, Buffer>) {
    this.files = files;
    writeFiles(this.directory, files);
  }

  /** Runs `look` while the file has the bytes given, or is not there. */
  async with<Seen>(file: string, bytes: Uint8Array | undefined, look: () => Promise<Seen>): Promise<Seen> {
    const path = join(this.directory, file);
    if (bytes === undefined) unlinkSync(path);
    else writeFileSync(path, bytes);
    try {
      return await look();
    } finally {
      writeFileSync(path, this.files.get(file) ?? Buffer.alloc(0));
    }
  }

  /** Runs `look` while one bit of a byte is another. */
  async withFlip<Seen>(file: string, offset: number, look: () => Promise<Seen>): Promise<Seen> {
    const byte = this.files.get(file)?.[offset] ?? 0;
    this.#put(file, offset, byte ^ (1 << (offset % 8)));
    try {
      return await look();
    } finally {
      this.#put(file, offset, byte);
    }
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  #put(file: string, offset: number, byte: number): void {
    const descriptor = openSync(join(this.directory, file), 'r+');
    try {
      writeSync(descriptor, Uint8Array.of(byte), 0, 1, offset);
    } finally {
      closeSync(descriptor);
    }
  }
}

/** The header of a segment and its frames. */
export function splitFrames(bytes: Buffer): { header: Buffer; frames: Buffer[] } {
  const frames: Buffer[] = [];
  let offset = 16;
  for (let frame = readFrame(bytes, offset); frame !== undefined; frame = readFrame(bytes, offset)) {
    frames.push(bytes.subarray(offset, frame.end));
    offset = frame.end;
  }
  return { header: bytes.subarray(0, 16), frames };
}
