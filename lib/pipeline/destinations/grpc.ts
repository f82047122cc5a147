import type { Outcome } from '../delivery/outcome.js';
import { OtlpProtobufEncoder } from '../encoding/otlp-protobuf.js';
import { loadThrough } from '../sdk.js';
import type { GrpcSettings } from '../settings.js';
import type { GrpcLibrary } from '../transport/grpc-client.js';
import { GrpcClient } from '../transport/grpc-client.js';
import type { Batch, QueuedDestination } from './destination.js';
import { EncodedBatches, refuseSize } from './encoded-batch.js';

const EXPORTER = '@opentelemetry/exporter-trace-otlp-grpc';

/**
 * Sends batches over OTLP/gRPC with the library that the optional exporter brings along. The exporter itself cannot be told
 * to give up, hides what a server left out, and adds the headers of the environment to every endpoint.
 */
export class GrpcDestination implements QueuedDestination {
  readonly isImmediate = false;
  // Streams of one connection.
  readonly concurrency = 10;
  readonly #requestBytes: number;
  readonly #client: GrpcClient;
  readonly #batches: EncodedBatches;

  /** Throws `MissingPackage` where the exporter is not installed. */
  constructor(settings: GrpcSettings, requestBytes: number | undefined) {
    this.#requestBytes = requestBytes ?? Infinity;
    this.#client = new GrpcClient(loadThrough(EXPORTER, '@grpc/grpc-js') as GrpcLibrary, settings);
    this.#batches = new EncodedBatches(
      () => new OtlpProtobufEncoder(),
      (body, signal) => this.#send(body, signal),
    );
  }

  open(): Batch {
    return this.#batches.open();
  }

  close(): void {
    this.#batches.close();
    this.#client.close();
  }

  async #send(body: Uint8Array, signal: AbortSignal): Promise<Outcome> {
    return refuseSize(body.byteLength, this.#requestBytes) ?? (await this.#client.send(body, signal));
  }
}
