import type { Context } from '@opentelemetry/api';
import { trace } from '@opentelemetry/api';
import { factsOf } from '../calls/context.js';
import { traceparentOf } from '../calls/traceparent.js';
import { guarded, refusePromise } from '../core/guard.js';
import type { CallStart } from './ledger.js';

/** On whose behalf a call is made. */
export interface AuditActor {
  /** `user`, `service`, `job`, … */
  readonly type: string;
  /** A keyed fingerprint of it is recorded. */
  readonly id?: string | undefined;
}

// Said in the entry instead of nothing: an actor that code meant to name is no absent one.
const UNRESOLVED: AuditActor = { type: 'unresolved' };

/** The actor that a function of the user's names; of type `unresolved` where it names none or throws. */
export function actorBy(name: () => unknown): AuditActor {
  const made = guarded('HOOK_ARGS', () => {
    const actor = refusePromise(name()) as Partial<AuditActor> | undefined;
    if (typeof actor?.type === 'string' && actor.type !== '') return actor as AuditActor;
    throw new TypeError('the actor function gave no object with a type');
  });
  return made ?? UNRESOLVED;
}

/** What a context says of whoever makes a call in it: run and trace. */
export function callerIn(context: Context): Pick<CallStart, 'run' | 'traceparent'> {
  const run = factsOf(context)?.['run.id'];
  return {
    run: typeof run === 'string' ? run : undefined,
    traceparent: traceparentOf(trace.getSpanContext(context)),
  };
}
