import type { Outcome } from '../delivery/outcome.js';
import { fieldsOf } from './protobuf-fields.js';

/** The status of a call over gRPC that failed. */
export interface GrpcStatus {
  readonly code: number;
  readonly details: string;
  /** Metadata of `@grpc/grpc-js`. */
  readonly metadata?: unknown;
}

const RESOURCE_EXHAUSTED = 8;
const MAX_QUOTED = 300;

const NAMES: Readonly<Record<number, string>> = {
  1: 'CANCELLED',
  2: 'UNKNOWN',
  3: 'INVALID_ARGUMENT',
  4: 'DEADLINE_EXCEEDED',
  5: 'NOT_FOUND',
  6: 'ALREADY_EXISTS',
  7: 'PERMISSION_DENIED',
  8: 'RESOURCE_EXHAUSTED',
  9: 'FAILED_PRECONDITION',
  10: 'ABORTED',
  11: 'OUT_OF_RANGE',
  12: 'UNIMPLEMENTED',
  13: 'INTERNAL',
  14: 'UNAVAILABLE',
  15: 'DATA_LOSS',
  16: 'UNAUTHENTICATED',
};

// What is wrong is in the batch.
const WRONG = new Set([3, 6, 9]);

// Nothing will be taken for now, whatever is sent.
const HINTS: Readonly<Record<number, string>> = {
  5: 'check the endpoint: nothing takes spans there',
  7: 'check the key of this destination and what it may do',
  12: 'check the endpoint: it takes no OTLP over gRPC; over HTTP it may, at port 4318',
  16: 'check the key of this destination',
};

// A server's and a client's own words where a message is beyond their limit; both use the code that quotas have.
const TOO_LARGE = /larger than max|too large|message size exceeds/i;

const asNumber = (value: number | Buffer | undefined): number => (typeof value === 'number' ? value : 0);

function bytesOf(metadata: unknown, name: string): Buffer | undefined {
  const get = (metadata as { get?: (name: string) => unknown[] } | undefined)?.get;
  const value = typeof get === 'function' ? get.call(metadata, name)[0] : undefined;
  return Buffer.isBuffer(value) ? value : undefined;
}

// google.rpc.Status { details = 3 }, Any { type_url = 1, value = 2 }, RetryInfo { retry_delay = 1 },
// Duration { seconds = 1, nanos = 2 }
function readDelay(status: Buffer): number | undefined {
  for (const detail of fieldsOf(status, 3)) {
    if (typeof detail === 'number') continue;
    const [[type], [info]] = [fieldsOf(detail, 1), fieldsOf(detail, 2)];
    if (!String(type).endsWith('google.rpc.RetryInfo') || !Buffer.isBuffer(info)) continue;
    const [delay] = fieldsOf(info, 1);
    if (!Buffer.isBuffer(delay)) return 0;
    return asNumber(fieldsOf(delay, 1)[0]) * 1000 + asNumber(fieldsOf(delay, 2)[0]) / 1e6;
  }
  return undefined;
}

/** The milliseconds after which a server wants to be asked again, out of the details of a status. */
export function retryInfoMs(metadata: unknown): number | undefined {
  try {
    const status = bytesOf(metadata, 'grpc-status-details-bin');
    return status === undefined ? undefined : readDelay(status);
  } catch {
    return undefined;
  }
}

/**
 * Tells what a status of gRPC means for the batch (OTLP 1.11, "OTLP/gRPC Response"). UNKNOWN and INTERNAL, which OTLP would
 * drop, are kept as HTTP 500 is: proxies answer so while a server starts.
 */
export function outcomeOfGrpc({ code, details, metadata }: GrpcStatus): Outcome {
  const text = details.replaceAll(/\s+/g, ' ').trim().slice(0, MAX_QUOTED);
  const reason = `gRPC ${NAMES[code] ?? code}${text === '' ? '' : `: ${text}`}`;
  const hint = HINTS[code];
  if (hint !== undefined) return { kind: 'blocked', reason, hint };
  if (WRONG.has(code)) return { kind: 'refused', reason };
  if (code === RESOURCE_EXHAUSTED && TOO_LARGE.test(details)) return { kind: 'too_large', reason };
  const afterMs = retryInfoMs(metadata);
  const isBusy = code === RESOURCE_EXHAUSTED || afterMs !== undefined;
  return { kind: 'retry', reason, isBusy, ...(afterMs === undefined ? {} : { afterMs }) };
}
