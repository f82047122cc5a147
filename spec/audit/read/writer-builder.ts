import { crc32 } from 'node:zlib';

import { INCARNATION, LEDGER_ID, canonical, sha256 } from './built-identity.js';

/** Entries that share a sync. */
const GROUP = 4;

type Fields = Readonly<Record<string, unknown>>;

/** An entry that was added. */
export interface Added {
  readonly wid: string;
  readonly wseq: number;
  readonly hash: string;
  readonly call?: Fields;
}

/** Makes a frame. */
export function toFrame(entry: Uint8Array, synced: number): Buffer {
  const frame = Buffer.alloc(20 + entry.length);
  frame.set([0xf5, 0x4c, 0x45, 0x41]);
  frame.writeUInt32LE(entry.length, 4);
  frame.writeUInt32LE(synced, 8);
  frame.writeUInt32LE(crc32(entry), 12);
  frame.writeUInt32LE(crc32(frame.subarray(0, 16)), 16);
  frame.set(entry, 20);
  return frame;
}

/** Makes the header of a segment. */
export function toHeader(number: number): Buffer {
  const header = Buffer.alloc(16);
  header.write('SPWSEG01', 'latin1');
  header.writeUInt32LE(number, 8);
  header.writeUInt32LE(crc32(header.subarray(0, 12)), 12);
  return header;
}

/** Makes the bytes of one chain. */
export class WriterBuilder {
  readonly wid: string;
  /** Frames by segment. */
  readonly segments: Buffer[][] = [[]];
  /** Bytes after the last frame. */
  tail: Buffer = Buffer.alloc(0);
  #prev = '0'.repeat(64);
  #count = 0;

  constructor(wid: string) {
    this.wid = wid;
  }

  /** The last entry. */
  get head(): { wid: string; wseq: number; hash: string } {
    return { wid: this.wid, wseq: this.#count - 1, hash: this.#prev };
  }

  /** Adds an entry; fields win over those that every entry has. */
  add(fields: Fields): Added {
    const wseq = this.#count;
    const t = new Date(Date.UTC(2026, 0, 1) + wseq).toISOString();
    const base = {
      v: 'al/1',
      lid: LEDGER_ID,
      inc: INCARNATION,
      wid: this.wid,
      wseq,
      prev: this.#prev,
      t,
      mono: `${wseq}`,
    };
    return this.addBytes(Buffer.from(canonical({ ...base, ...fields })));
  }

  /** Adds an entry as it is. */
  addBytes(bytes: Uint8Array, synced = this.#count - (this.#count % GROUP)): Added {
    const wseq = this.#count++;
    this.segments.at(-1)?.push(toFrame(bytes, synced));
    this.#prev = sha256(Buffer.concat([Buffer.alloc(1), bytes]));
    return { wid: this.wid, wseq, hash: this.#prev };
  }

  intent(id: string, more: Fields = {}, call: Fields = {}): Added {
    const whole = { id, attempt: 1, ...call };
    const pol = { hash: sha256('{}'), level: 'metadata', ruleId: 'default' };
    const added = this.add({ kind: 'intent', call: whole, op: { method: 'm' }, ext: { system: 'llm' }, pol, ...more });
    return { ...added, call: whole };
  }

  /** Adds the outcome of an intent of this writer, or of another. */
  outcome(intent: Added, status = 'ok', more: Fields = {}): Added {
    return this.add({ kind: 'outcome', call: intent.call, intent: this.reference(intent), status, ...more });
  }

  denied(intent: Added, more: Fields = {}): Added {
    return this.add({
      kind: 'denied',
      code: 'AUDIT_INTENT_NOT_DURABLE',
      call: intent.call,
      intent: this.reference(intent),
      ...more,
    });
  }

  note(data: unknown = null): Added {
    return this.add({ kind: 'note', data });
  }

  recovered(of: { wid: string; wseq: number; hash: string }, dangling = 0): Added {
    return this.add({ kind: 'recovered', of, droppedBytes: 0, dangling });
  }

  close(dangling = 0): Added {
    return this.add({ kind: 'close', dangling });
  }

  /** Goes on in a segment of its own. */
  nextSegment(): void {
    this.segments.push([]);
  }

  reference(intent: Added): Fields {
    const { wseq, hash } = intent;
    return intent.wid === this.wid ? { wseq, hash } : { wid: intent.wid, wseq, hash };
  }

  files(): [string, Buffer][] {
    return this.segments.map((frames, number) => {
      const isLast = number === this.segments.length - 1;
      const bytes = Buffer.concat([toHeader(number), ...frames, ...(isLast ? [this.tail] : [])]);
      return [`segments/${this.wid}-${String(number).padStart(6, '0')}.seg`, bytes];
    });
  }
}
