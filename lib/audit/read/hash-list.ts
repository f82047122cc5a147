const HASH_BYTES = 32;
const FIRST_ROOM = 256;

/** Leaf hashes of a chain in 32 bytes each, so that ten million of them fit into memory. */
export class HashList {
  #bytes = Buffer.allocUnsafe(HASH_BYTES * FIRST_ROOM);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Adds a hash, hexadecimal. */
  push(hash: string): void {
    const offset = this.#length * HASH_BYTES;
    if (offset === this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes], offset * 2);
    this.#bytes.write(hash, offset, HASH_BYTES, 'hex');
    this.#length++;
  }

  /** The hash at an index, hexadecimal; undefined where there is none. */
  at(index: number): string | undefined {
    if (index < 0 || index >= this.#length) return undefined;
    return this.#bytes.toString('hex', index * HASH_BYTES, (index + 1) * HASH_BYTES);
  }
}
