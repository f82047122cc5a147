import { resolve } from 'node:path';
import protobuf from 'protobufjs';

// The messages as opentelemetry-proto publishes them, read by a decoder that neither encoder knows.
const root = protobuf.loadSync(resolve('spec/pipeline/encoding/proto/trace_service.proto'));
const Request = root.lookupType('opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest');

/** A value of an attribute, under the name of its type. */
export interface DecodedValue {
  readonly value?: string;
  readonly stringValue?: string;
  readonly intValue?: string;
  readonly doubleValue?: number;
  readonly [type: string]: unknown;
}

/** An attribute. */
export interface DecodedPair {
  readonly key: string;
  readonly value: DecodedValue;
}

/** What the specs read of a span. */
export interface DecodedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly startTimeUnixNano: string;
  readonly attributes: readonly DecodedPair[];
  readonly links: readonly { readonly traceId: string }[];
  readonly flags: number;
  readonly kind: number;
}

/** What the specs read of a request; all that it says is there. */
export interface DecodedRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly DecodedPair[] };
    readonly scopeSpans: readonly {
      readonly scope: { readonly name: string };
      readonly spans: readonly DecodedSpan[];
      readonly schemaUrl: string;
    }[];
    readonly schemaUrl: string;
  }[];
}

/** Decodes an export request: what was not written has its default, integers of 64 bits and bytes are texts. */
export function decodeRequest(bytes: Uint8Array): DecodedRequest {
  const message = Request.decode(bytes);
  return Request.toObject(message, { longs: String, bytes: String, defaults: true, oneofs: true }) as DecodedRequest;
}

/** The spans of a request, one after the other. */
export function spansOf({ resourceSpans }: DecodedRequest): DecodedSpan[] {
  return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
}
