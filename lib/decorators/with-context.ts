import type { Attributes } from '@opentelemetry/api';
import { context as contextApi } from '@opentelemetry/api';
import { toAttributes } from '../calls/attributes.js';
import { withFacts } from '../calls/context.js';
import { guarded } from '../core/guard.js';

/** Who and what a piece of work is for; every span below carries it. */
export interface CallContextValues {
  /** `session.id` */
  readonly sessionId?: string;
  /** `user.id` */
  readonly userId?: string;
  /** `gen_ai.conversation.id` */
  readonly conversationId?: string;
  /** `spanwright.tenant` */
  readonly tenant?: string;
  /** `run.id` */
  readonly runId?: string;
  /** `spanwright.tags` */
  readonly tags?: readonly string[];
  /** `spanwright.metadata`, as JSON. */
  readonly metadata?: Readonly<Record<string, unknown>>;
}

function factsOf(values: CallContextValues): Attributes {
  const { sessionId, userId, conversationId, tenant, runId, tags, metadata } = values;
  return (
    toAttributes({
      'session.id': sessionId,
      'user.id': userId,
      'gen_ai.conversation.id': conversationId,
      'spanwright.tenant': tenant,
      'run.id': runId,
      'spanwright.tags': tags,
      'spanwright.metadata': metadata,
    }) ?? {}
  );
}

/**
 * Runs a function whose calls, and all calls below, carry these values; inner values win over outer ones.
 * Returns what the function returns. Nothing of it enters baggage.
 */
export function withContext<R>(values: CallContextValues, fn: () => R): R {
  const facts = guarded('HOOK_ATTRIBUTES', () => factsOf(values)) ?? {};
  return contextApi.with(withFacts(contextApi.active(), facts), fn);
}
