import type { DeniedEntry, Entry, OutcomeEntry } from '../entry.js';
import type { EntryCall, EntryHead, EntryIntent } from '../entry-fields.js';
import { NO_HASH } from '../entry.js';
import { leafHash } from '../leaf.js';
import type { LedgerReader, StoredEntry, StoredTail } from '../stores/store.js';
import { asEntry, findFault, parseEntry } from './check-entry.js';
import { HashList } from './hash-list.js';
import { toSegmentFile } from './segment-files.js';
import type { ProblemCode, VerifyPlace, VerifyProblem } from './verify-report.js';

/** What the ledger says of itself, as far as chains must agree with it. */
export interface LedgerIdentity {
  readonly lid: string;
  readonly inc: string;
  /** SHA-256 of `ledger.json`, hexadecimal. */
  readonly hash: string;
}

/** An entry of another chain that a chain names. */
export interface CrossReference {
  readonly why: 'head' | 'recovered' | 'settled';
  readonly from: VerifyPlace;
  readonly to: EntryHead;
  /** Which call, where it settles one. */
  readonly call?: string;
}

/** A payload that an entry names. */
export interface PayloadReference {
  readonly ref: string;
  readonly from: VerifyPlace;
}

/** An entry that was checked, at its place. */
export interface ScannedEntry {
  readonly entry: Entry;
  /** As they are stored; they share the memory of what was read at once. */
  readonly bytes: Uint8Array;
  readonly place: VerifyPlace;
  /** Leaf hash, hexadecimal. */
  readonly hash: string;
}

/** Reads one chain to its end or its first problem, and keeps what other chains are compared with. */
export class ChainScan {
  readonly wid: string;
  readonly hashes = new HashList();
  /** Intents without an outcome so far: number → call and place. */
  readonly open = new Map<number, { readonly call: string; readonly place: VerifyPlace }>();
  readonly references: CrossReference[] = [];
  readonly payloads: PayloadReference[] = [];
  problem: VerifyProblem | undefined;
  tail: StoredTail | undefined;
  isClosed = false;
  calls = 0;
  unknown = 0;
  /** First outcome that nobody knows. */
  firstUnknown: VerifyPlace | undefined;
  payloadCount = 0;
  bytes = 0;
  readonly #reader: LedgerReader;
  readonly #identity: LedgerIdentity;
  readonly #keepPayloads: boolean;

  constructor(reader: LedgerReader, identity: LedgerIdentity, keepPayloads = false) {
    this.wid = reader.wid;
    this.#reader = reader;
    this.#identity = identity;
    this.#keepPayloads = keepPayloads;
  }

  /** Gives entries that are as they must be, and ends at the first that is not. Never throws. */
  *run(): Generator<ScannedEntry, void, undefined> {
    try {
      yield* this.#read();
    } catch (error) {
      const problem = `a file cannot be read: ${error instanceof Error ? error.message : 'unknown error'}`;
      const place = this.#place({ file: toSegmentFile(this.wid, 0), offset: 0 });
      this.problem ??= { code: 'file', severity: 'unreadable', ...place, problem };
    }
  }

  *#read(): Generator<ScannedEntry, void, undefined> {
    let prev = NO_HASH;
    for (const stored of this.#reader.entries()) {
      const place = this.#place(stored);
      this.bytes += stored.bytes.length;
      const entry = this.#check(stored, place, prev);
      if (entry === undefined) return;
      prev = leafHash(stored.bytes);
      this.hashes.push(prev);
      this.#keep(entry, place);
      if (this.problem !== undefined) return;
      yield { entry, bytes: stored.bytes, place, hash: prev };
    }
    this.#end(this.#reader.tail());
  }

  #place(stored: { readonly file: string; readonly offset: number }): VerifyPlace {
    return { wid: this.wid, wseq: this.hashes.length, file: stored.file, offset: stored.offset };
  }

  #check(stored: StoredEntry, place: VerifyPlace, prev: string): Entry | undefined {
    if (this.isClosed) return this.#fail('after', place, 'an entry stands after the end of its writer');
    const fields = parseEntry(stored.bytes);
    if (fields === undefined) return this.#fail('entry', place, 'no JSON object');
    const { lid, inc } = this.#identity;
    const fault = findFault(fields, { lid, inc, wid: this.wid, wseq: place.wseq, prev });
    if (fault !== undefined) return this.#fail(fault.code, place, fault.text);
    return asEntry(fields);
  }

  #keep(entry: Entry, place: VerifyPlace): void {
    switch (entry.kind) {
      case 'genesis':
        if (entry.ledger !== this.#identity.hash) this.#fail('ledger', place, 'it names another ledger.json');
        for (const head of entry.heads) this.#refer('head', place, head);
        break;
      case 'recovered':
        this.#refer('recovered', place, entry.of);
        break;
      case 'intent':
        this.calls++;
        this.open.set(place.wseq, { call: toCallKey(entry.call), place });
        this.#keepPayload(entry.req?.ref, place);
        break;
      case 'outcome':
        if (entry.status === 'unknown') {
          this.unknown++;
          this.firstUnknown ??= place;
        }
        this.#settle(entry, entry.intent, place);
        this.#keepPayload(entry.res?.ref, place);
        break;
      case 'denied':
        if (entry.intent !== undefined) this.#settle(entry, entry.intent, place);
        break;
      case 'close':
        this.isClosed = true;
        break;
      default:
    }
  }

  #settle(entry: OutcomeEntry | DeniedEntry, intent: EntryIntent, place: VerifyPlace): void {
    const call = toCallKey(entry.call);
    if (intent.wid !== undefined && intent.wid !== this.wid) {
      if (entry.kind === 'outcome' && entry.status !== 'unknown') {
        this.#fail('pairing', place, 'it says how a call of another writer ended');
        return;
      }
      this.references.push({ why: 'settled', from: place, to: { ...intent, wid: intent.wid }, call });
      return;
    }
    if (this.open.get(intent.wseq)?.call !== call || this.hashes.at(intent.wseq) !== intent.hash) {
      this.#fail('pairing', place, 'it names no intent of its call that is without an outcome');
      return;
    }
    this.open.delete(intent.wseq);
  }

  #refer(why: 'head' | 'recovered', from: VerifyPlace, to: EntryHead): void {
    if (to.wid === this.wid) this.#fail('entry', from, 'it names its own writer as another');
    else if (why === 'recovered' || to.wseq >= 0) this.references.push({ why, from, to });
  }

  #keepPayload(ref: string | undefined, from: VerifyPlace): void {
    if (ref === undefined) return;
    this.payloadCount++;
    if (this.#keepPayloads) this.payloads.push({ ref, from });
  }

  #end(tail: StoredTail): void {
    this.tail = tail;
    if (tail.state === 'broken') this.#fail('frame', this.#place(tail), tail.problem ?? 'no entry');
    else if (tail.state === 'torn' && this.isClosed) {
      this.#fail('after', this.#place(tail), 'something stands after the end of its writer');
    }
  }

  #fail(code: ProblemCode, place: VerifyPlace, problem: string): undefined {
    this.problem ??= { code, severity: 'tampered', ...place, problem };
  }
}

function toCallKey(call: EntryCall | undefined): string {
  return call === undefined ? '' : `${call.attempt} ${call.id}`;
}
