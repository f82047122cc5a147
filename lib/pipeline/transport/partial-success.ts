/** What a backend left out of a batch that it took. */
export interface Rejected {
  readonly rejected: number;
  readonly message: string;
}

const NONE: Rejected = { rejected: 0, message: '' };
const MAX_CHARS = 300;

function asCount(value: unknown): number {
  const count = Number(value);
  return Number.isFinite(count) && count > 0 ? Math.floor(count) : 0;
}

interface JsonAnswer {
  readonly partialSuccess?: { readonly rejectedSpans?: unknown; readonly errorMessage?: unknown } | null;
  readonly errors?: unknown;
}

function readJson(body: Buffer): Rejected {
  const answer = JSON.parse(body.toString('utf8')) as JsonAnswer | null;
  const partial = answer?.partialSuccess;
  if (typeof partial === 'object' && partial !== null) {
    const { rejectedSpans, errorMessage } = partial;
    return {
      rejected: asCount(rejectedSpans),
      message: typeof errorMessage === 'string' ? errorMessage.slice(0, MAX_CHARS) : '',
    };
  }
  // 207 of ingestion APIs: what was taken and what was not, item by item.
  const errors = answer?.errors;
  return Array.isArray(errors) ? { rejected: errors.length, message: '' } : NONE;
}

// The few bytes of a protobuf message that are read: varints and texts, field by field.
class Fields {
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

// ExportTraceServiceResponse { partial_success = 1 { rejected_spans = 1, error_message = 2 } }
function readProtobuf(body: Buffer): Rejected {
  let rejected = 0;
  let message = '';
  for (const outer = new Fields(body); !outer.isOver;) {
    const [field, value] = outer.next();
    if (field !== 1 || typeof value === 'number') continue;
    for (const inner = new Fields(value); !inner.isOver;) {
      const [name, part] = inner.next();
      if (name === 1 && typeof part === 'number') rejected = part;
      if (name === 2 && typeof part !== 'number') message = part.toString('utf8').slice(0, MAX_CHARS);
    }
  }
  return { rejected, message };
}

/** Reads how many spans a backend left out, from the body of an answer; what cannot be read counts as none. */
export function readRejected(contentType: string | undefined, body: Buffer): Rejected {
  if (body.length === 0) return NONE;
  try {
    if (/json/i.test(contentType ?? '')) return readJson(body);
    return /protobuf/i.test(contentType ?? '') ? readProtobuf(body) : NONE;
  } catch {
    return NONE;
  }
}
