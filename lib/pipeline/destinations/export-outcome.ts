import type { Outcome } from '../delivery/outcome.js';
import { outcomeOf } from '../transport/answer.js';
import type { GrpcStatus } from '../transport/grpc-status.js';
import { outcomeOfGrpc } from '../transport/grpc-status.js';

/** What an exporter says when it is done, in the shape of the SDK's own. */
export interface ExportResult {
  readonly code: number;
  readonly error?: Error;
}

interface ErrorParts {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly details?: unknown;
  readonly metadata?: unknown;
  readonly data?: unknown;
}

const isStatus = (code: unknown): code is number => typeof code === 'number' && code >= 300 && code <= 599;

// gRPC counts its codes from 1 to 16, and so do others (a DOMException); its errors alone have details beside them.
function isGrpc(parts: ErrorParts): parts is GrpcStatus {
  const { code, details } = parts;
  return typeof code === 'number' && code > 0 && code <= 16 && typeof details === 'string';
}

function textOf({ message }: ErrorParts, status: string): string {
  return typeof message === 'string' && message !== ''
    ? `${status}${message}`
    : status || 'the exporter gave no reason';
}

function read(error: unknown): Outcome {
  const parts = (typeof error === 'object' && error !== null ? error : { message: error }) as ErrorParts;
  if (isGrpc(parts)) return outcomeOfGrpc(parts);
  const { code, data } = parts;
  if (!isStatus(code)) return { kind: 'retry', reason: textOf(parts, '') };
  const body = Buffer.from(typeof data === 'string' ? data : '');
  return outcomeOf({ status: code, headers: {}, body });
}

/** What the error of an exporter means for the batch: by the HTTP status or the gRPC code in it, if it names one. */
export function outcomeOfError(error: unknown): Outcome {
  try {
    return read(error);
  } catch {
    return { kind: 'retry', reason: 'an error that cannot be read' };
  }
}

/** What an exporter said, as an outcome. */
export function outcomeOfResult(result: ExportResult | undefined, success: number): Outcome {
  try {
    return result?.code === success ? { kind: 'delivered' } : outcomeOfError(result?.error ?? {});
  } catch {
    return { kind: 'retry', reason: 'a result that cannot be read' };
  }
}
