import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { DiskTrace, Node, Step } from './traced-files.js';
import { folderOf } from './traced-files.js';

type OfNode = Extract<Step, { kind: 'write' | 'cut' }>;
type OfName = Extract<Step, { kind: 'enter' | 'leave' | 'move' }>;

const SECTOR = 512;

/**
 * What a disk holds after a power failure at one moment: what was synced before it, and of the rest nothing, or the sectors
 * that `isKept` lets through.
 */
export class DiskImage {
  readonly #contents = new Map<Node, OfNode[]>();
  readonly #names = new Map<string, { node: Node; isFolder: boolean }>();
  readonly #pendingContents: { step: OfNode; at: number }[] = [];
  readonly #pendingNames: { step: OfName; at: number; folder: Node }[] = [];

  readonly #isKept: (() => boolean) | undefined;

  constructor(trace: DiskTrace, until: number, isKept?: () => boolean) {
    this.#isKept = isKept;
    for (let at = 0; at < until; at++) {
      const step = trace.steps[at];
      if (step === undefined || step.kind === 'mark') continue;
      if (step.kind === 'sync') this.#sync(step.node, step.since);
      // A name that is gone may be gone at once; one that is new is there once its folder was synced.
      else if (step.kind === 'leave') this.#leave(step.path);
      else if (step.kind === 'write' || step.kind === 'cut') this.#pendingContents.push({ step, at });
      else this.#pendingNames.push({ step, at, folder: trace.nodeOf(folderOf(step.path)) });
    }
  }

  /** Writes it into a folder, for what stands below another. */
  write(from: string, to: string): void {
    for (const [path, { node, isFolder }] of [...this.#names].sort(([one], [other]) => one.localeCompare(other))) {
      const inside = relative(from, path);
      if (inside.startsWith('..')) continue;
      if (isFolder) mkdirSync(join(to, inside), { recursive: true, mode: 0o700 });
      else if (this.#hasFolders(from, path)) writeFileSync(join(to, inside), this.#bytes(node), { mode: 0o600 });
    }
  }

  has(path: string): boolean {
    return this.#names.has(path);
  }

  #hasFolders(from: string, path: string): boolean {
    const folder = dirname(path);
    return folder === from || (this.#names.has(folder) && this.#hasFolders(from, folder));
  }

  #leave(path: string): void {
    this.#names.delete(path);
    const index = this.#pendingNames.findIndex(({ step }) => step.path === path);
    if (index >= 0) this.#pendingNames.splice(index, 1);
  }

  #sync(node: Node, since: number): void {
    for (const { step } of take(this.#pendingContents, (each) => each.step.node === node && each.at < since)) {
      this.#contents.set(node, [...(this.#contents.get(node) ?? []), step]);
    }
    for (const { step } of take(this.#pendingNames, (each) => each.folder === node && each.at < since)) {
      if (step.kind === 'leave') continue;
      if (step.kind === 'move') this.#names.delete(step.from);
      this.#names.set(step.path, { node: step.node, isFolder: step.kind === 'enter' && step.isFolder });
    }
  }

  #bytes(node: Node): Buffer {
    let bytes = Buffer.alloc(0);
    const put = (step: OfNode, isThere: () => boolean): void => {
      if (step.kind === 'cut') {
        if (isThere()) bytes = Buffer.concat([bytes], step.length);
        return;
      }
      const piece = typeof step.bytes === 'number' ? Buffer.alloc(step.bytes) : step.bytes;
      const end = step.position + piece.length;
      if (end > bytes.length && isThere()) bytes = Buffer.concat([bytes], end);
      for (let from = step.position; from < end;) {
        const to = Math.min(end, bytes.length, (Math.floor(from / SECTOR) + 1) * SECTOR);
        if (to <= from) return;
        if (isThere()) bytes.set(piece.subarray(from - step.position, to - step.position), from);
        from = to;
      }
    };
    for (const step of this.#contents.get(node) ?? []) put(step, () => true);
    const isKept = this.#isKept;
    if (isKept === undefined) return bytes;
    for (const { step } of this.#pendingContents) if (step.node === node) put(step, isKept);
    return bytes;
  }
}

function take<T>(list: T[], isTaken: (one: T) => boolean): T[] {
  const taken = list.filter(isTaken);
  const left = list.filter((one) => !isTaken(one));
  list.splice(0, list.length, ...left);
  return taken;
}
