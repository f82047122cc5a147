import { isUtf8 } from 'node:buffer';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { EntryPayload } from '../entry-fields.js';
import { readSlot } from '../payload-slots.js';
import { isCommitted, openPayload, readSlotPlace } from '../vault.js';
import { PayloadFiles } from './payload-files.js';

/**
 * What is left of a payload. `NEVER_STORED`: its digest alone was kept. `MISSING`: its file is gone. `CORRUPT`: the file is
 * another, or holds something else than the entry says. `ERASED`: its secrets were. `KEY_MISSING`: they are not where they were
 * looked for.
 */
export type PayloadState = 'AVAILABLE' | 'ERASED' | 'MISSING' | 'CORRUPT' | 'NEVER_STORED' | 'KEY_MISSING';

/** A request or an answer of a call. */
export interface ExplainedPayload {
  readonly state: PayloadState;
  /** Digests, length and media type, as the entry says. */
  readonly digest: EntryPayload;
  /** What was sent or came back, without its secrets, where it is text. */
  readonly text?: string;
  /** The same where it is none. */
  readonly base64?: string;
}

/** Reads payloads of a ledger with the keys of a folder. */
export class PayloadReader {
  readonly #files: PayloadFiles;
  readonly #keys: string;

  /** `keys`: default `<directory>.keys`. */
  constructor(directory: string, keys: string | undefined) {
    this.#files = new PayloadFiles(directory);
    this.#keys = keys ?? `${resolve(directory)}.keys`;
  }

  /** Never throws: what stands in its way is a state. */
  explain(digest: EntryPayload): ExplainedPayload {
    if (digest.ref === undefined) return { state: 'NEVER_STORED', digest };
    const found = this.#files.read(digest.ref);
    if (found.state !== 'available') return { state: found.state === 'missing' ? 'MISSING' : 'CORRUPT', digest };
    return this.#open(digest, found.bytes);
  }

  #open(digest: EntryPayload, bytes: Buffer): ExplainedPayload {
    const place = readSlotPlace(bytes);
    if (place === undefined) return { state: 'CORRUPT', digest };
    const slots = join(this.#keys, `${place.wid}-${String(place.file).padStart(6, '0')}.slots`);
    if (!existsSync(slots)) return { state: 'KEY_MISSING', digest };
    let opened;
    try {
      opened = openPayload(bytes, (at) => readSlot(this.#keys, at));
    } catch {
      return { state: 'KEY_MISSING', digest };
    }
    if (opened.state !== 'available') return { state: opened.state === 'erased' ? 'ERASED' : 'CORRUPT', digest };
    const { plain, slot } = opened;
    // Of one that was cut the entry tells what the whole was.
    const isTold = digest.trunc !== undefined || (digest.c !== undefined && isCommitted(plain, slot, digest.c));
    if (!isTold) return { state: 'CORRUPT', digest };
    return isUtf8(plain)
      ? { state: 'AVAILABLE', digest, text: plain.toString() }
      : { state: 'AVAILABLE', digest, base64: plain.toString('base64') };
  }
}
