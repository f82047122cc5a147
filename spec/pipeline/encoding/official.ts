import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import type { FinishedSpan } from 'spanwright/testing';

type SerializedSpans = Parameters<typeof ProtobufTraceSerializer.serializeRequest>[0];

/** The request that the official serialiser writes. */
export function official(spans: readonly FinishedSpan[]): Uint8Array {
  return ProtobufTraceSerializer.serializeRequest(spans as unknown as SerializedSpans) ?? new Uint8Array();
}
