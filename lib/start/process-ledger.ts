import { setTimeout as delay } from 'node:timers/promises';
import { auditState, installLedger, switchAuditOff } from '../audit/current-ledger.js';
import { ledgerOpener } from '../audit/known-opener.js';
import type { Ledger } from '../audit/ledger.js';
import type { ResolvedAudit } from '../config/audit.js';
import type { Leaver } from '../pipeline/leaving.js';
import { deliverBeforeLeaving } from '../pipeline/leaving.js';
import { ActingLedger } from './acting-ledger.js';
import { describeCall } from './describe-call.js';

const LOOK_MS = 250;
const LOOK_AT_END_MS = 10;
const DEADLINE_MS = 5000;

function open(audit: ResolvedAudit | undefined): Ledger | undefined {
  if (audit === undefined || audit.kind === 'off') return undefined;
  if (audit.kind === 'own') return audit.ledger;
  const ledger = ledgerOpener().openLedgerSync(audit.options);
  return audit.actor === undefined ? ledger : new ActingLedger(ledger, audit.actor);
}

/** Waits for the calls of a ledger, however long they take, and keeps no process alive for them. */
async function idle(ledger: Ledger): Promise<void> {
  if (ledger.health().inFlight === 0) return;
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      if (ledger.health().inFlight > 0) return;
      clearInterval(timer);
      resolve();
    }, LOOK_MS).unref();
  });
}

/** Closes at the end of the process what has no call in flight; any other is found and recovered by who comes next. */
class LedgerLeaver implements Leaver {
  readonly #ledger: Ledger;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  get unfinished(): number {
    const { inFlight, queued, state } = this.#ledger.health();
    return state === 'open' ? inFlight + queued : 0;
  }

  async flush(deadlineMs: number): Promise<void> {
    const until = performance.now() + deadlineMs;
    while (this.unfinished > 0 && performance.now() < until) await delay(LOOK_AT_END_MS);
  }

  leave(): void {
    if (this.#ledger.health().inFlight === 0) this.#ledger.closeSync();
  }
}

/**
 * The ledger of one configuration. States: open → in force → closed. A ledger that the application opened is put in force and
 * never closed.
 */
export class ProcessLedger {
  readonly ledger: Ledger | undefined;
  readonly #audit: ResolvedAudit | undefined;
  #uninstall: () => void = () => {};
  #forget: () => void = () => {};

  /** Opens it. Throws `AUDIT_LEDGER_REFUSED`, `AUDIT_LEDGER_MISSING`. */
  constructor(audit: ResolvedAudit | undefined) {
    this.#audit = audit;
    this.ledger = open(audit);
  }

  get #isOurs(): boolean {
    return this.#audit?.kind === 'directory';
  }

  /** Puts it in force, or lets audited calls pass where code says so. */
  install(): void {
    auditState().describe = describeCall;
    if (this.#audit?.kind === 'off') this.#uninstall = switchAuditOff();
    if (this.ledger === undefined) return;
    this.#uninstall = installLedger(this.ledger);
    if (this.#isOurs) this.#forget = deliverBeforeLeaving(new LedgerLeaver(this.ledger));
  }

  /** Takes it out of force and closes it, once its calls are over or the deadline came. Tells whether nothing is missing. */
  async close(deadlineMs: number): Promise<boolean> {
    this.#uninstall();
    try {
      if (this.#isOurs) await this.ledger?.close(deadlineMs);
      return true;
    } catch {
      // A ledger that is poisoned said so when it was.
      return false;
    } finally {
      this.#forget();
    }
  }

  /** The same for one that another configuration takes over from: its calls finish on it. */
  async retire(): Promise<boolean> {
    this.#uninstall();
    if (this.#isOurs && this.ledger !== undefined) await idle(this.ledger);
    return this.close(DEADLINE_MS);
  }

  /** Closes it where it was never put in force. */
  discard(): void {
    if (this.#isOurs) this.ledger?.closeSync();
  }
}
