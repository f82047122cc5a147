import { ProtobufFields } from './protobuf-fields.js';

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

// ExportTraceServiceResponse { partial_success = 1 { rejected_spans = 1, error_message = 2 } }
function readProtobuf(body: Buffer): Rejected {
  let rejected = 0;
  let message = '';
  for (const outer = new ProtobufFields(body); !outer.isOver;) {
    const [field, value] = outer.next();
    if (field !== 1 || typeof value === 'number') continue;
    for (const inner = new ProtobufFields(value); !inner.isOver;) {
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
