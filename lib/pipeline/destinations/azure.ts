import type { IncomingHttpHeaders } from 'node:http';
import { withVariables } from '../changed-variables.js';
import type { Outcome } from '../delivery/outcome.js';
import type { FinishedSpan } from '../finished-span.js';
import { loadPackage, tryLoadFile } from '../sdk.js';
import type { Exchange } from './azure-answers.js';
import { AzureAnswers } from './azure-answers.js';
import type { Carrier, SpanExporterLike } from './carrier.js';
import { exportTo } from './carrier.js';
import { outcomeOfError } from './export-outcome.js';

const PACKAGE = '@azure/monitor-opentelemetry-exporter';

interface Request {
  readonly body?: unknown;
  timeout: number;
  abortSignal?: AbortSignal;
}

interface Response {
  readonly status: number;
  readonly headers: { toJSON(): Record<string, string> };
  readonly bodyAsText?: string | null;
}

type Send = (request: Request) => Promise<Response>;

interface AzureModule {
  readonly AzureMonitorTraceExporter: new (options: object) => SpanExporterLike;
}

interface Settings {
  readonly connectionString: string;
  readonly timeoutMs: number;
}

/** One batch on its way: who gives up, and what came of it. */
interface Flight {
  readonly signal: AbortSignal;
  exchange?: Exchange;
  error?: unknown;
}

interface Poller {
  readonly ConfigurationManager?: { getInstance(): { readonly worker?: unknown; shutdown(): void } };
}

// It asks a server of Microsoft's for its settings, some seconds after it was made and every hour, with what it knows of
// the machine; there is no option. Where the application's own exporter does so too, that stays as it is.
function withoutPolling<T>(make: () => T): T {
  const file = tryLoadFile(PACKAGE, '_configuration/configurationManager.js') as Poller | undefined;
  const manager = file?.ConfigurationManager?.getInstance();
  const wasPolling = manager?.worker !== undefined;
  const made = make();
  if (!wasPolling) manager?.shutdown();
  return made;
}

// Usage figures of its own to Microsoft, about the application as well.
const NO_FIGURES = { APPLICATION_INSIGHTS_NO_STATSBEAT: 'true' };

/**
 * Carries spans through Microsoft's exporter. Where a backend is down, throttles or refuses the key, that exporter keeps
 * spans in a folder for all users, and without it drops them and reports success: so the answers are read here.
 */
export class AzureCarrier implements Carrier {
  readonly #module: AzureModule;
  readonly #settings: Settings;
  readonly #success: number;
  readonly #answers = new AzureAnswers();
  #exporter: SpanExporterLike | undefined;
  #flight: Flight | undefined;

  /** The exporter is made with the first batch. Throws `MissingPackage` where it is not installed. */
  constructor(settings: Settings, success: number) {
    this.#module = loadPackage(PACKAGE) as AzureModule;
    this.#settings = settings;
    this.#success = success;
  }

  async send(spans: readonly FinishedSpan[], signal: AbortSignal): Promise<Outcome> {
    const left = this.#answers.unsettled(spans);
    if (left.length === 0) return this.#answers.outcomeOf(spans, undefined);
    const flight: Flight = { signal };
    this.#flight = flight;
    try {
      const exporter = (this.#exporter ??= this.#make());
      const told = await exportTo(exporter, left, this.#success);
      if (flight.exchange !== undefined) return this.#answers.outcomeOf(spans, flight.exchange);
      return flight.error === undefined ? told : outcomeOfError(flight.error);
    } catch (error) {
      return outcomeOfError(error);
    }
  }

  async close(): Promise<void> {
    await this.#exporter?.shutdown?.();
  }

  #make(): SpanExporterLike {
    const { AzureMonitorTraceExporter } = this.#module;
    const options = {
      connectionString: this.#settings.connectionString,
      disableOfflineStorage: true,
      retryOptions: { maxRetries: 0 },
      additionalPolicies: [{ policy: this.#policy(), position: 'perRetry' }],
    };
    return withoutPolling(() => withVariables(NO_FIGURES, () => new AzureMonitorTraceExporter(options)));
  }

  #policy(): object {
    return {
      name: 'spanwright',
      sendRequest: async (request: Request, next: Send): Promise<Response> => {
        const flight = this.#flight;
        request.timeout = this.#settings.timeoutMs;
        if (flight !== undefined) request.abortSignal = flight.signal;
        try {
          const response = await next(request);
          if (flight !== undefined) flight.exchange = exchangeOf(request, response);
          return response;
        } catch (error) {
          if (flight !== undefined) flight.error = error;
          throw error;
        }
      },
    };
  }
}

function exchangeOf({ body }: Request, { status, headers, bodyAsText }: Response): Exchange {
  const given: IncomingHttpHeaders = headers.toJSON();
  return { sent: body, answer: { status, headers: given, body: Buffer.from(bodyAsText ?? '') } };
}
