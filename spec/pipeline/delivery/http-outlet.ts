import { HttpDestination } from '#lib/pipeline/destinations/http.js';
import { OtlpProtobufEncoder } from '#lib/pipeline/encoding/otlp-protobuf.js';
import type { Outlet, OutletParts } from '#lib/pipeline/outlet.js';
import type { HttpSettings } from '#lib/pipeline/settings.js';
import type { DeliveryShape } from '../made-outlet.js';
import { delivery, madeOutlet } from '../made-outlet.js';

/** What the specs of a backend change. */
export interface HttpShape {
  readonly name?: string;
  readonly http?: Partial<HttpSettings>;
  readonly delivery?: DeliveryShape;
  /** Bytes that the client sends in one request, whatever the queue in front of it thinks. */
  readonly requestBytes?: number;
}

/** The client that is configured by default, with changes. */
export function httpSettings(endpoint: string, changes: Partial<HttpSettings> = {}): HttpSettings {
  return {
    endpoint,
    headers: { authorization: 'Bearer key' },
    encoding: 'protobuf',
    compression: 'none',
    timeoutMs: 10_000,
    connectTimeoutMs: 5000,
    maxSockets: 10,
    tls: {},
    officialExporter: false,
    ...changes,
  };
}

/** An outlet that sends over OTLP/HTTP. */
export function httpOutlet(endpoint: string, shape: HttpShape = {}, parts?: OutletParts): Outlet {
  const { name = 'spec', requestBytes } = shape;
  const settings = httpSettings(endpoint, shape.http);
  const destination = new HttpDestination(settings, requestBytes, () => new OtlpProtobufEncoder());
  return madeOutlet(destination, { name, delivery: delivery(shape.delivery) }, parts);
}

/** A deadline for a flush, by the clock of flushes. */
export const within = (ms: number): number => performance.now() + ms;
