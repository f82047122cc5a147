import { isSpanContextValid, trace } from '@opentelemetry/api';
import { activeContext } from '../../calls/active-context.js';
import { factsOf } from '../../calls/context.js';
import { guarded } from '../../core/guard.js';
import { currentLedger, isAuditOff } from '../current-ledger.js';
import type { AuditLevel } from '../entry.js';
import { isExempt } from '../inside.js';
import type { CallStart, Ledger } from '../ledger.js';

/** On whose behalf a call is made; the id is kept as a fingerprint. */
export interface AuditActor {
  readonly type: string;
  readonly id?: string | undefined;
}

// Said instead of nothing: an actor that code meant to name is no absent one.
const UNRESOLVED: AuditActor = { type: 'unresolved' };

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

function traceparent(): string | undefined {
  const span = trace.getSpanContext(activeContext());
  if (span === undefined || !isSpanContextValid(span)) return undefined;
  return `00-${span.traceId}-${span.spanId}-${span.traceFlags.toString(16).padStart(2, '0')}`;
}

/** What an intent says of the caller: actor, run, trace. */
export function callerFacts(options: AuditedRequestOptions): Partial<CallStart> {
  const { actor, level, provider } = options;
  const run = factsOf(activeContext())?.['run.id'];
  return {
    actor: typeof actor === 'function' ? (guarded('HOOK_ARGS', actor) ?? UNRESOLVED) : actor,
    level,
    provider,
    run: typeof run === 'string' ? run : undefined,
    traceparent: traceparent(),
  };
}
