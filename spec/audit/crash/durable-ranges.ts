import { createHash } from 'node:crypto';
import { readFrame } from '#lib/audit/frame.js';
import type { DiskTrace, Node, Step } from './traced-files.js';

type Written = Extract<Step, { kind: 'write' }> & { readonly bytes: Uint8Array };

interface Range {
  readonly start: number;
  readonly end: number;
  readonly durable: number;
}

const PAYLOAD_MAGIC = Buffer.from([0xf5, 0x50, 0x41, 0x59]);
const PAYLOAD_HEADER = 16;

const isWritten = (step: Step): step is Written => step.kind === 'write' && typeof step.bytes !== 'number';

/** Tells of every piece that a trace wrote at which step it was durable: at the end of the first sync that began after it. */
export class DurableRanges {
  readonly #ranges = new Map<Node, Range[]>();
  /** Entries by their leaf hash and payloads by their name: the step at which they were durable. */
  readonly found = new Map<string, number>();

  constructor(trace: DiskTrace) {
    const waiting = new Map<Node, { step: Written; at: number }[]>();
    for (const [at, step] of trace.steps.entries()) {
      if (isWritten(step)) waiting.set(step.node, [...(waiting.get(step.node) ?? []), { step, at }]);
      if (step.kind !== 'sync') continue;
      const pending = waiting.get(step.node) ?? [];
      for (const one of pending) if (one.at < step.since) this.#add(one.step, at);
      waiting.set(
        step.node,
        pending.filter((one) => one.at >= step.since),
      );
    }
    for (const [node, bytes] of contentsOf(trace)) this.#find(node, bytes);
  }

  #add({ node, position, bytes }: Written, durable: number): void {
    const known = this.#ranges.get(node) ?? [];
    known.push({ start: position, end: position + bytes.length, durable });
    this.#ranges.set(node, known);
  }

  // Whatever frame stands in a file: of an entry, or of a payload.
  #find(node: Node, bytes: Buffer): void {
    for (let offset = 16; ;) {
      const frame = readFrame(bytes, offset);
      if (frame === undefined) break;
      const hash = createHash('sha256').update(Uint8Array.of(0)).update(frame.entry).digest('hex');
      this.found.set(hash, this.#durableAt(node, offset, frame.end));
      offset = frame.end;
    }
    for (let offset = 0; bytes.subarray(offset, offset + 4).equals(PAYLOAD_MAGIC);) {
      const end = offset + PAYLOAD_HEADER + bytes.readUInt32LE(offset + 4);
      const ref = createHash('sha256')
        .update(bytes.subarray(offset + PAYLOAD_HEADER, end))
        .digest('hex');
      this.found.set(ref, this.#durableAt(node, offset, end));
      offset = end;
    }
  }

  // Pieces of one file stand in the order of their places, because it is only ever added to.
  #durableAt(node: Node, start: number, end: number): number {
    let durable = -1;
    let covered = start;
    for (const range of this.#ranges.get(node) ?? []) {
      if (range.start > covered || range.end <= covered) continue;
      covered = range.end;
      durable = Math.max(durable, range.durable);
      if (covered >= end) return durable;
    }
    return Infinity;
  }
}

function contentsOf(trace: DiskTrace): Map<Node, Buffer> {
  const lengths = new Map<Node, number>();
  for (const step of trace.steps) {
    if (!isWritten(step)) continue;
    lengths.set(step.node, Math.max(lengths.get(step.node) ?? 0, step.position + step.bytes.length));
  }
  const contents = new Map([...lengths].map(([node, length]) => [node, Buffer.alloc(length)]));
  for (const step of trace.steps) if (isWritten(step)) contents.get(step.node)?.set(step.bytes, step.position);
  return contents;
}
