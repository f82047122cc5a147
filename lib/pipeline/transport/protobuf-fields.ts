/** The few bytes of a protobuf message that are read: varints and texts, field by field. */
export class ProtobufFields {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isOver(): boolean {
    return this.#at >= this.#bytes.length;
  }

  varint(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new RangeError('the message ends too early');
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  }

  /** The next field: its number, and a count or bytes. */
  next(): [field: number, value: number | Buffer] {
    const tag = this.varint();
    const field = Math.floor(tag / 8);
    if (tag % 8 === 0) return [field, this.varint()];
    const length = tag % 8 === 2 ? this.varint() : tag % 8 === 1 ? 8 : 4;
    const start = this.#at;
    this.#at += length;
    return [field, this.#bytes.subarray(start, this.#at)];
  }
}

/** The fields of a message with one number that hold bytes, and those that hold counts. */
export function fieldsOf(bytes: Buffer, wanted: number): (number | Buffer)[] {
  const found: (number | Buffer)[] = [];
  for (const fields = new ProtobufFields(bytes); !fields.isOver;) {
    const [field, value] = fields.next();
    if (field === wanted) found.push(value);
  }
  return found;
}
