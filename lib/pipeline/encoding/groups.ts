import type { Frame } from './frames.js';
import { putVarint, varintSize } from './varint.js';

const RESOURCE_SPANS = 0x0a;
const SCOPE_SPANS = 0x12;

/** A message whose length is told before it. */
function framedSize(size: number): number {
  return 1 + varintSize(size) + size;
}

function frameSize({ before, behind }: Frame): number {
  return before.length + behind.length;
}

interface ScopeGroup {
  readonly frame: Frame;
  readonly resource: ResourceGroup;
  /** Where its spans stand: a start and an end for each run of them. */
  readonly runs: number[];
  size: number;
}

interface ResourceGroup {
  readonly frame: Frame;
  readonly scopes: Map<string, ScopeGroup>;
  size: number;
}

/** Puts bytes one after the other. */
class Output {
  readonly bytes: Buffer;
  #at = 0;

  constructor(size: number) {
    this.bytes = Buffer.allocUnsafeSlow(size);
  }

  begin(tag: number, size: number): void {
    this.bytes[this.#at++] = tag;
    this.#at = putVarint(this.bytes, this.#at, size);
  }

  raw(source: Uint8Array): void {
    this.bytes.set(source, this.#at);
    this.#at += source.length;
  }
}

/** The spans of a request by resource and scope: where their bytes stand, and the size of all. */
export class RequestGroups {
  readonly #resources = new Map<string, ResourceGroup>();
  #last: ScopeGroup | undefined;
  #size = 0;

  /** Bytes of the request. */
  get size(): number {
    return this.#size;
  }

  /** Takes a span that was written from `start` to `end`. */
  take(resource: Frame, scope: Frame, start: number, end: number): void {
    const group = this.#groupOf(resource, scope);
    this.#grow(group, end - start);
    const { runs } = group;
    if (runs.length > 0 && runs.at(-1) === start) runs[runs.length - 1] = end;
    else runs.push(start, end);
  }

  #groupOf(resource: Frame, scope: Frame): ScopeGroup {
    const last = this.#last;
    if (last?.frame === scope && last.resource.frame === resource) return last;
    const above = this.#resources.get(resource.says) ?? this.#addResource(resource);
    const group = above.scopes.get(scope.says) ?? this.#addScope(above, scope);
    this.#last = group;
    return group;
  }

  #addResource(frame: Frame): ResourceGroup {
    const group = { frame, scopes: new Map(), size: frameSize(frame) };
    this.#resources.set(frame.says, group);
    this.#size += framedSize(group.size);
    return group;
  }

  #addScope(resource: ResourceGroup, frame: Frame): ScopeGroup {
    const group = { frame, resource, runs: [], size: 0 };
    resource.scopes.set(frame.says, group);
    this.#growResource(resource, framedSize(0));
    this.#grow(group, frameSize(frame));
    return group;
  }

  #grow(group: ScopeGroup, more: number): void {
    const before = framedSize(group.size);
    group.size += more;
    this.#growResource(group.resource, framedSize(group.size) - before);
  }

  #growResource(resource: ResourceGroup, more: number): void {
    const before = framedSize(resource.size);
    resource.size += more;
    this.#size += framedSize(resource.size) - before;
  }

  /** The request, with the bytes of the spans out of where they were written; forgets them all. */
  finish(written: Uint8Array): Uint8Array {
    const output = new Output(this.#size);
    for (const { frame, scopes, size } of this.#resources.values()) {
      output.begin(RESOURCE_SPANS, size);
      output.raw(frame.before);
      for (const scope of scopes.values()) {
        output.begin(SCOPE_SPANS, scope.size);
        output.raw(scope.frame.before);
        for (let run = 0; run < scope.runs.length; run += 2) {
          output.raw(written.subarray(scope.runs[run], scope.runs[run + 1]));
        }
        output.raw(scope.frame.behind);
      }
      output.raw(frame.behind);
    }
    this.#resources.clear();
    this.#last = undefined;
    this.#size = 0;
    return output.bytes;
  }
}
