import { hash as digest } from 'node:crypto';

import type { Entry, EntryBase } from './entry.js';
import { MAX_ENTRY_BYTES, NO_HASH } from './entry.js';
import type { EntryClock } from './entry-clock.js';
import { createEntryClock } from './entry-clock.js';
import type { EntryIds, EntryStamp, EntryWriter } from './entry-text.js';
import { createEntryWriter } from './entry-text.js';
import type { Receipt } from './ledger.js';
import type { Admitted, LedgerWriter, StoredPayload } from './stores/store.js';

type WithoutBase<E> = E extends Entry ? Omit<E, keyof EntryBase> : never;

/** What an entry says of itself; the chain adds the rest. */
export type ChainBody = Exclude<WithoutBase<Entry>, { readonly kind: 'gap' | 'erase' | 'seal' }>;

/** What is handed to a chain. */
export interface Link {
  readonly body: ChainBody;
  readonly as: Admitted;
  readonly payload?: StoredPayload | undefined;
}

/** An entry that has its place in the chain. */
export interface Linked extends Receipt {
  /** Resolves when the entry is durable. */
  readonly done: Promise<void>;
}

// One byte `00` and the entry: what a leaf hash is made of. A store copies an entry before it returns, so all of them share it.
const leaf = Buffer.alloc(1 + MAX_ENTRY_BYTES);

function write(writer: EntryWriter, stamp: EntryStamp, body: ChainBody): string {
  switch (body.kind) {
    case 'genesis':
      return writer.genesis(stamp, body);
    case 'policy':
      return writer.policy(stamp, body);
    case 'intent':
      return writer.intent(stamp, body);
    case 'outcome':
      return writer.outcome(stamp, body);
    case 'denied':
      return writer.denied(stamp, body);
    case 'recovered':
      return writer.recovered(stamp, body);
    case 'note':
      return writer.note(stamp, body);
    case 'run':
      return writer.run(stamp, body);
    default:
      return writer.close(stamp, body);
  }
}

/** The chain of one writer: gives out numbers and hashes in the order of the calls, before anything is written. */
export class Chain {
  readonly wid: string;
  readonly #writer: LedgerWriter;
  readonly #texts: EntryWriter;
  readonly #clock: EntryClock = createEntryClock();
  #wseq = 0;
  #prev = NO_HASH;

  constructor(writer: LedgerWriter, { lid, inc }: Omit<EntryIds, 'wid'>) {
    this.wid = writer.wid;
    this.#writer = writer;
    this.#texts = createEntryWriter({ lid, inc, wid: writer.wid });
  }

  /** The last entry that was handed over. */
  get head(): Receipt {
    return { wid: this.wid, wseq: this.#wseq - 1, hash: this.#prev };
  }

  /** Hands an entry over. Throws, and has used no number, where it is refused; `done` rejects where it is not durable. */
  append(link: Link): Linked {
    const length = this.#admit(link);
    const { wid, wseq, hash } = this.#advance(length);
    const entry = leaf.subarray(1, length);
    return { wid, wseq, hash, done: this.#writer.append({ entry, as: link.as, payload: link.payload }) };
  }

  /** The same, and the loop waits until the entry is durable. Throws. */
  appendSync(link: Link): Receipt {
    const length = this.#admit(link);
    const receipt = this.#advance(length);
    this.#writer.appendSync({ entry: leaf.subarray(1, length), as: link.as, payload: link.payload });
    return receipt;
  }

  // Gives the length of the leaf.
  #admit({ body, as, payload }: Link): number {
    const stamp = { wseq: this.#wseq, prev: this.#prev, t: this.#clock.wallTime(), mono: this.#clock.mono() };
    const text = write(this.#texts, stamp, body);
    const bytes = leaf.write(text, 1);
    this.#writer.admit(as, bytes, payload?.bytes.length);
    return 1 + bytes;
  }

  #advance(length: number): Receipt {
    const receipt = { wid: this.wid, wseq: this.#wseq, hash: digest('sha256', leaf.subarray(0, length), 'hex') };
    this.#wseq++;
    this.#prev = receipt.hash;
    return receipt;
  }
}
