import type { Ledger } from '../audit/ledger.js';
import type { Tracing } from '../pipeline/handle.js';
import type { FlushReport } from '../pipeline/report.js';
import type { Running, SessionFacts } from '../pipeline/session.js';
import { Session } from '../pipeline/session.js';
import type { ProcessLedger } from './process-ledger.js';

const DEADLINE_MS = 5000;
// A backend that is down must not take the time in which outcomes become durable.
const LEAST_FOR_LEDGER_MS = 500;

/** The handle of `configureTracing`. */
export interface ProcessTracing extends Tracing {
  /**
   * The ledger that `audit` names: to add entries of your own, and to `recover()` after a fault. Undefined where it names none.
   */
  readonly ledger: Ledger | undefined;
}

/** The handle of `configureTracing`, which has a ledger beside its pipeline. */
export class ProcessSession extends Session implements ProcessTracing {
  readonly #ledger: ProcessLedger;
  readonly #stopWatching: (() => void) | undefined;
  #isRetired = false;
  #closed: Promise<FlushReport> | undefined;

  constructor(facts: SessionFacts, running: Running | undefined, ledger: ProcessLedger, stopWatching?: () => void) {
    super(facts, running);
    this.#ledger = ledger;
    this.#stopWatching = stopWatching;
  }

  get ledger(): Ledger | undefined {
    return this.#ledger.ledger;
  }

  override shutdown(deadlineMs = DEADLINE_MS): Promise<FlushReport> {
    this.#closed ??= this.#close(deadlineMs);
    return this.#closed;
  }

  /** Shuts it down because another configuration took over: calls in flight finish on its ledger. */
  retire(): void {
    this.#isRetired = true;
    void this.shutdown();
  }

  async #close(deadlineMs: number): Promise<FlushReport> {
    const startedMs = performance.now();
    // While another configuration is on, its own watch goes on.
    this.#stopWatching?.();
    const isLedgerRetired = this.#isRetired ? this.#ledger.retire() : undefined;
    const report = await super.shutdown(deadlineMs);
    if (isLedgerRetired !== undefined) return report;
    const remainingMs = deadlineMs - (performance.now() - startedMs);
    const isKept = await this.#ledger.close(Math.max(remainingMs, LEAST_FOR_LEDGER_MS));
    return isKept ? report : { ...report, complete: false };
  }
}
