import { activeContext } from '../../calls/active-context.js';
import type { AuditActor } from '../caller.js';
import { actorBy, callerIn } from '../caller.js';
import { currentLedger, isAuditOff } from '../current-ledger.js';
import type { AuditLevel } from '../entry-fields.js';
import { isExempt } from '../inside.js';
import type { CallStart, Ledger } from '../ledger.js';

/** Options of every audited client. */
export interface AuditedRequestOptions {
  /** What is called: `llm`, `http`, `sql`, `filesystem`, … */
  readonly callType?: string | undefined;
  /** Who answers: `openai`, `zendesk`, `postgres`, … */
  readonly provider?: string | undefined;
  /** How much is kept of a call. Default the ledger's. */
  readonly level?: AuditLevel | undefined;
  /** On whose behalf, or a function that tells it in each call; one that tells nobody, or throws, gives the type `unresolved`. */
  readonly actor?: AuditActor | (() => AuditActor | undefined) | undefined;
  /** Default the ledger in force when the call is made. */
  readonly ledger?: Ledger | undefined;
}

/**
 * The ledger of a call of a client; undefined where it passes unrecorded.
 * @throws `AUDIT_NOT_CONFIGURED`
 */
export function ledgerOf(options: AuditedRequestOptions): Ledger | undefined {
  if (isExempt()) return undefined;
  if (options.ledger !== undefined) return options.ledger;
  return isAuditOff() ? undefined : currentLedger();
}

/** What an intent says of the caller: actor, run, trace. */
export function callerFacts(options: AuditedRequestOptions): Partial<CallStart> {
  const { actor, level, provider } = options;
  return {
    actor: typeof actor === 'function' ? actorBy(actor) : actor,
    level,
    provider,
    ...callerIn(activeContext()),
  };
}
