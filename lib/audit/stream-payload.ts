import { createHmac } from 'node:crypto';
import type { Cleaner } from './clean.js';
import { MAX_POINTERS } from './compare.js';
import type { EntrySecret } from './entry-fields.js';
import { cleanJoined } from './joined-items.js';
import type { LedgerKey } from './keys.js';
import type { Captured } from './ledger.js';
import type { Payload } from './payload.js';
import { toCleanBytes, toCleanText, writeAgain } from './plain.js';
import type { Slot, Slots } from './payload-slots.js';
import { sealPayload } from './vault.js';

/** Media type of values, one canonical text a line. */
const LINES_MEDIA = 'application/jsonl';
// What is not kept is looked at in pieces of this size.
const WINDOW_BYTES = 65_536;

/** What a stream's payload is made with. */
export interface StreamRules {
  readonly key: LedgerKey;
  readonly cleaner: Cleaner;
  /** Absent where no payload is kept. */
  readonly slots?: Slots | undefined;
  readonly maxBytes: number;
}

type Digest = ReturnType<typeof createHmac>;

type Item = { readonly text: string } | { readonly bytes: Buffer };

/**
 * Takes the items of a stream one after the other. What may be kept waits until it is whole, because a secret may come in
 * pieces; what is beyond that goes through the digests and is forgotten.
 */
export class StreamPayload {
  readonly removed: string[] = [];
  readonly secrets: EntrySecret[] = [];
  readonly #rules: StreamRules;
  readonly #slot: Slot | undefined;
  readonly #eq: Digest;
  readonly #c: Digest | undefined;
  #waiting: Item[] = [];
  #waitingBytes = 0;
  #kept: Buffer | undefined;
  #bytes = 0;
  #media: string | undefined;

  constructor(rules: StreamRules) {
    this.#rules = rules;
    this.#slot = rules.slots?.take();
    this.#eq = createHmac('sha256', rules.key.bytes);
    this.#c = this.#slot && createHmac('sha256', this.#slot.secret);
  }

  /** Takes an item as it is now. */
  add(captured: Captured): void {
    const { cleaner } = this.#rules;
    if ('bytes' in captured) {
      this.#media ??= cleaner.fact(captured.media);
      // Copied: the program may use the memory again.
      this.#wait({ bytes: Buffer.from(captured.bytes) }, captured.bytes.length);
    } else {
      this.#media ??= LINES_MEDIA;
      const { text, removed, secrets } = toCleanText(captured.value, cleaner);
      this.#note(removed, secrets);
      this.#wait({ text }, text.length);
    }
  }

  /** Ends the stream: what its entry says. */
  finish(): Payload {
    this.#flush();
    const common = { alg: 'hmac-sha256', bytes: this.#bytes, media: this.#media ?? LINES_MEDIA, hk: 'stream' } as const;
    const eq = this.#eq.digest('hex');
    if (this.#slot === undefined || this.#c === undefined) return { entry: { eq, ...common } };
    const kept = this.#kept ?? Buffer.alloc(0);
    const stored = sealPayload(kept, this.#slot);
    const trunc = kept.length < this.#bytes ? { trunc: { orig: this.#bytes, kept: kept.length } } : {};
    return { entry: { c: this.#c.digest('hex'), eq, ...common, ref: stored.ref, ...trunc }, stored };
  }

  #wait(item: Item, size: number): void {
    this.#waiting.push(item);
    this.#waitingBytes += size;
    const isFirst = this.#slot !== undefined && this.#kept === undefined;
    if (this.#waitingBytes > (isFirst ? this.#rules.maxBytes : WINDOW_BYTES)) this.#flush();
  }

  #note(removed: readonly string[], secrets: readonly EntrySecret[]): void {
    for (const pointer of removed) {
      if (this.removed.length < MAX_POINTERS && !this.removed.includes(pointer)) this.removed.push(pointer);
    }
    for (const secret of secrets) if (this.secrets.length < MAX_POINTERS) this.secrets.push(secret);
  }

  #flush(): void {
    const items = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    const bytes = this.#cleanItems(items);
    this.#bytes += bytes.length;
    this.#eq.update(bytes);
    this.#c?.update(bytes);
    if (this.#slot !== undefined) this.#kept ??= bytes.subarray(0, this.#rules.maxBytes);
  }

  #cleanItems(items: readonly Item[]): Buffer {
    const { cleaner } = this.#rules;
    if (items.some((item) => 'bytes' in item)) {
      const whole = Buffer.concat(items.map((item) => ('bytes' in item ? item.bytes : Buffer.from(`${item.text}\n`))));
      const { bytes, removed, secrets } = toCleanBytes(whole, cleaner);
      this.#note(removed, secrets);
      return bytes;
    }
    const texts = items.map((item) => ('text' in item ? item.text : ''));
    const values = texts.map((text): unknown => JSON.parse(text));
    const changed = cleanJoined(values, cleaner);
    this.#note(changed, []);
    const lines = changed.length === 0 ? texts : values.map((value) => writeAgain(value));
    return Buffer.from(lines.map((line) => `${line}\n`).join(''));
  }
}
