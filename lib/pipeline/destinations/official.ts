import type { Agent } from 'node:http';
import type { Outcome } from '../delivery/outcome.js';
import type { FinishedSpan } from '../finished-span.js';
import { createExporter } from '../otlp-exporter.js';
import type { HttpSettings } from '../settings.js';
import { makeAgent } from '../transport/agent.js';
import { outcomeOf } from '../transport/answer.js';
import type { Carrier, SpanExporterLike } from './carrier.js';
import { exportTo } from './carrier.js';
import { outcomeOfError } from './export-outcome.js';

/** What the transport inside of an official exporter answers. */
interface Response {
  readonly status: 'success' | 'failure' | 'retryable';
  readonly data?: Uint8Array;
  readonly error?: Error;
  readonly retryInMillis?: number;
}

interface Transport {
  send(data: Uint8Array, timeoutMs: number): Promise<Response>;
  shutdown(): void;
}

interface Inside {
  readonly _delegate?: { _transport?: Transport & { readonly _transport?: Transport } };
}

type ExporterClass = new (config: never) => SpanExporterLike;

function outcomeOfResponse({ status, data, error, retryInMillis }: Response, encoding: string): Outcome {
  if (status === 'success') {
    const headers = { 'content-type': `application/${encoding === 'json' ? 'json' : 'x-protobuf'}` };
    return outcomeOf({ status: 200, headers, body: Buffer.from(data ?? []) });
  }
  if (status === 'failure') return outcomeOfError(error);
  const reason = error?.message ?? 'HTTP 429, 502, 503 or 504';
  if (retryInMillis === undefined) return { kind: 'retry', reason };
  return { kind: 'retry', reason, isBusy: true, afterMs: Math.max(0, retryInMillis) };
}

/** Carries spans through the official exporter over HTTP, over connections that are our own. */
export class OfficialCarrier implements Carrier {
  readonly #Exporter: ExporterClass;
  readonly #settings: HttpSettings;
  readonly #success: number;
  #exporter: SpanExporterLike | undefined;
  #agent: Promise<Agent> | undefined;
  #response: Response | undefined;

  /** The exporter is made with the first batch. */
  constructor(Exporter: ExporterClass, settings: HttpSettings, success: number) {
    this.#Exporter = Exporter;
    this.#settings = settings;
    this.#success = success;
  }

  async send(spans: readonly FinishedSpan[], signal: AbortSignal): Promise<Outcome> {
    const exporter = (this.#exporter ??= this.#make());
    const giveUp = (): void => void this.#disconnect();
    signal.addEventListener('abort', giveUp, { once: true });
    this.#response = undefined;
    const told = await exportTo(exporter, spans, this.#success);
    signal.removeEventListener('abort', giveUp);
    return this.#answered() ?? told;
  }

  async close(): Promise<void> {
    await this.#exporter?.shutdown?.();
    await this.#disconnect();
  }

  #answered(): Outcome | undefined {
    return this.#response === undefined ? undefined : outcomeOfResponse(this.#response, this.#settings.encoding);
  }

  async #disconnect(): Promise<void> {
    (await this.#agent)?.destroy();
  }

  #make(): SpanExporterLike {
    const agent = (): Promise<Agent> => (this.#agent ??= makeAgent(new URL(this.#settings.endpoint), this.#settings));
    const exporter = createExporter<SpanExporterLike>(this.#Exporter as never, this.#settings, agent);
    this.#takeOver(exporter);
    return exporter;
  }

  // It tries for ten seconds by itself, holds the process for that, says nothing of a Retry-After nor of what was left out,
  // and offers no option; the queue in front of it does all that.
  #takeOver(exporter: SpanExporterLike): void {
    const delegate = (exporter as Inside)._delegate;
    const retrying = delegate?._transport;
    const once = retrying?._transport;
    if (delegate === undefined || typeof once?.send !== 'function') return;
    delegate._transport = {
      send: async (data, timeoutMs) => (this.#response = await once.send(data, timeoutMs)),
      shutdown: () => once.shutdown(),
    };
  }
}
