import { SpanwrightError } from '../core/errors.js';
import { canonicalText } from './canonical.js';
import type { Entry, EntryBase } from './entry.js';
import { ENTRY_VERSION, MAX_ENTRY_BYTES, NO_HASH } from './entry.js';
import { leafHash } from './leaf.js';
import type { Receipt } from './ledger.js';
import type { Admitted, LedgerWriter, StoredPayload } from './stores/store.js';

type WithoutBase<E> = E extends Entry ? Omit<E, keyof EntryBase> : never;

/** What an entry says of itself; the chain adds the rest. */
export type EntryBody = WithoutBase<Entry>;

/** What is handed to a chain. */
export interface Link {
  readonly body: EntryBody;
  readonly as: Admitted;
  readonly payload?: StoredPayload | undefined;
}

/** An entry that has its place in the chain. */
export interface Linked extends Receipt {
  /** Resolves when the entry is durable. */
  readonly done: Promise<void>;
}

// An entry that is still to be numbered may get a longer number.
const MAX_TEXT_CHARS = MAX_ENTRY_BYTES;

/** The chain of one writer: gives out numbers and hashes in the order of the calls, before anything is written. */
export class Chain {
  readonly wid: string;
  readonly #writer: LedgerWriter;
  readonly #ledger: { readonly lid: string; readonly inc: string };
  readonly #startedAt = process.hrtime.bigint();
  #wseq = 0;
  #prev = NO_HASH;

  constructor(writer: LedgerWriter, ledger: { readonly lid: string; readonly inc: string }) {
    this.wid = writer.wid;
    this.#writer = writer;
    this.#ledger = ledger;
  }

  /** The last entry that was handed over. */
  get head(): Receipt {
    return { wid: this.wid, wseq: this.#wseq - 1, hash: this.#prev };
  }

  /** Hands an entry over. Throws, and has used no number, where it is refused; `done` rejects where it is not durable. */
  append(link: Link): Linked {
    const bytes = this.#admit(link);
    const receipt = this.#advance(bytes);
    const done = this.#writer.append({ entry: bytes, as: link.as, payload: link.payload });
    return { ...receipt, done };
  }

  /** The same, and the loop waits until the entry is durable. Throws. */
  appendSync(link: Link): Receipt {
    const bytes = this.#admit(link);
    const receipt = this.#advance(bytes);
    this.#writer.appendSync({ entry: bytes, as: link.as, payload: link.payload });
    return receipt;
  }

  #admit({ body, as, payload }: Link): Buffer {
    const { lid, inc } = this.#ledger;
    const base = {
      v: ENTRY_VERSION,
      lid,
      inc,
      wid: this.wid,
      wseq: this.#wseq,
      prev: this.#prev,
      t: new Date().toISOString(),
      mono: String(process.hrtime.bigint() - this.#startedAt),
    };
    const bytes = Buffer.from(canonicalText({ ...base, ...body }, { maxChars: MAX_TEXT_CHARS }));
    if (bytes.length > MAX_ENTRY_BYTES) {
      const got = `got ${bytes.length} bytes, expected at most ${MAX_ENTRY_BYTES}`;
      throw new SpanwrightError('AUDIT_ENTRY_INVALID', `an entry \`${body.kind}\` is too large: ${got}`);
    }
    this.#writer.admit(as, bytes.length + (payload?.bytes.length ?? 0));
    return bytes;
  }

  #advance(bytes: Buffer): Receipt {
    const receipt = { wid: this.wid, wseq: this.#wseq, hash: leafHash(bytes) };
    this.#wseq++;
    this.#prev = receipt.hash;
    return receipt;
  }
}
