// Reads the parts of an ExportTraceServiceRequest that specs look at. Field numbers: opentelemetry-proto 1.x, trace.proto.

type Value = number | bigint | Buffer;

/** The fields of one message, by number. */
export class Message {
  readonly #fields = new Map<number, Value[]>();

  constructor(bytes: Buffer) {
    let at = 0;
    const varint = (): bigint => {
      let value = 0n;
      for (let shift = 0n; ; shift += 7n) {
        const byte = bytes.readUInt8(at++);
        value |= BigInt(byte & 0x7f) << shift;
        if (byte < 0x80) return value;
      }
    };
    while (at < bytes.length) {
      const tag = Number(varint());
      const [field, wire] = [tag >>> 3, tag & 7];
      let value: Value;
      if (wire === 0) value = varint();
      else if (wire === 1) value = bytes.readBigUInt64LE((at += 8) - 8);
      else if (wire === 5) value = bytes.readUInt32LE((at += 4) - 4);
      else if (wire === 2) {
        const length = Number(varint());
        value = bytes.subarray(at, (at += length));
        if (value.length !== length) throw new RangeError(`field ${field} is cut short`);
      } else throw new TypeError(`field ${field} has wire type ${wire}`);
      this.#fields.set(field, [...(this.#fields.get(field) ?? []), value]);
    }
  }

  bytes(field: number): Buffer {
    return (this.#fields.get(field)?.[0] as Buffer | undefined) ?? Buffer.alloc(0);
  }

  // Fatal, as the decoders of backends are: one string that is no UTF-8 refuses the whole request.
  text(field: number): string {
    return new TextDecoder('utf-8', { fatal: true }).decode(this.bytes(field));
  }

  messages(field: number): Message[] {
    return (this.#fields.get(field) ?? []).map((value) => new Message(value as Buffer));
  }

  has(field: number): boolean {
    return this.#fields.has(field);
  }

  number(field: number): number {
    return Number(this.#fields.get(field)?.[0] ?? 0);
  }

  double(field: number): number {
    const bits = Buffer.alloc(8);
    bits.writeBigUInt64LE(this.#fields.get(field)?.[0] as bigint);
    return bits.readDoubleLE();
  }

  /** A packed list of values of eight bytes. */
  packed<T>(field: number, read: (bytes: Buffer, at: number) => T): T[] {
    const bytes = this.bytes(field);
    return Array.from({ length: bytes.length / 8 }, (_, index) => read(bytes, index * 8));
  }
}

function anyValue(value: Message): unknown {
  if (value.has(1)) return value.text(1);
  if (value.has(2)) return value.number(2) === 1;
  if (value.has(3)) return value.number(3);
  if (value.has(4)) return value.double(4);
  if (value.has(5)) return value.messages(5).flatMap((list) => list.messages(1).map(anyValue));
  return undefined;
}

/** The attributes in a field of a message. */
export function attributesOf(message: Message, field: number): Record<string, unknown> {
  const valueOf = (pair: Message): unknown => pair.messages(2).map(anyValue)[0];
  return Object.fromEntries(message.messages(field).map((pair) => [pair.text(1), valueOf(pair)]));
}

/** A span as it arrived, whatever its encoding. */
export interface ArrivedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly kind: number;
  readonly attributes: Record<string, unknown>;
  readonly resource: Record<string, unknown>;
  readonly scope: string;
  readonly status: number;
  readonly events: readonly string[];
  readonly nanoseconds: bigint;
}

function spanOf(span: Message, resource: Record<string, unknown>, scope: string): ArrivedSpan {
  return {
    name: span.text(5),
    traceId: span.bytes(1).toString('hex'),
    spanId: span.bytes(2).toString('hex'),
    parentSpanId: span.bytes(4).toString('hex'),
    kind: span.number(6),
    attributes: attributesOf(span, 9),
    resource,
    scope,
    status: span.messages(15)[0]?.number(3) ?? 0,
    events: span.messages(11).map((event) => event.text(2)),
    nanoseconds: BigInt(span.number(8)) - BigInt(span.number(7)),
  };
}

/** The spans of a request in protobuf. Throws for what is no such request. */
export function readProtobuf(body: Buffer): ArrivedSpan[] {
  return new Message(body).messages(1).flatMap((resourceSpans) => {
    const resource = attributesOf(resourceSpans.messages(1)[0] ?? new Message(Buffer.alloc(0)), 1);
    return resourceSpans.messages(2).flatMap((scopeSpans) => {
      const scope = scopeSpans.messages(1)[0]?.text(1) ?? '';
      return scopeSpans.messages(2).map((span) => spanOf(span, resource, scope));
    });
  });
}
