import type { AuditActor } from '../audit/caller.js';
import type { AuditLevel } from '../audit/entry-fields.js';
import type { Ledger } from '../audit/ledger.js';
import { createAuditFacet } from './audit-facet.js';
import type { Auditable, CheckedAuditedDecorator, OnAuditedMember } from './audit-signatures.js';
import { createDecorator } from './decorator.js';
import type { Args as AnyArgs, SharedHooks } from './hooks.js';
import { COMMON_KEYS } from './loose-options.js';
import type { CallOptions, StaticOptions } from './options.js';
import type { AnyMethod, Block, CheckedDecorator, MemberDecorator } from './signatures.js';

/** What `AuditedCall` says beside its functions. */
export interface AuditSettings {
  /** What is called: `llm`, `http`, `sql`, `filesystem`, … Default `other`. Of `llm` and `embedding` provider, model and tokens are read. */
  callType?: string;
  /** Who answers: `openai`, `zendesk`, … */
  provider?: string;
  /** The model, where the request does not name it. */
  model?: string;
  /** What is kept beside the entries: nothing, the request, or the answer too. Default the ledger's, which is `request`. */
  level?: AuditLevel;
  /** The ledger. Default that of `configureTracing`. */
  ledger?: Ledger | ((self: never) => Ledger | undefined);
}

/** Options of `AuditedCall`. */
export interface AuditedCallOptions<Args extends unknown[] = never, R = unknown>
  extends CallOptions<Args, R>, AuditSettings {
  /** The span's name. Default `Class.method`. */
  name?: string | ((this: never, ...args: Args) => string);
  /** On whose behalf; from code alone, never from what a caller sent along. */
  actor?: AuditActor | ((this: never, ...args: Args) => AuditActor | undefined);
  /** The row of the run that the call is for. Sources and sinks have none. */
  row?: string | ((this: never, ...args: Args) => string | undefined);
  /** Picks what is recorded as the request. Default the arguments. */
  request?: (this: never, ...args: Args) => unknown;
  /** `sync` writes and syncs in the call, which blocks the loop for it, so that a method may return anything. Default `async`. */
  durability?: 'async' | 'sync';
}

/** Options of `AuditedCall` that need no argument of the method. */
export interface StaticAuditedCallOptions extends StaticOptions, AuditSettings {
  name?: string;
  actor?: AuditActor;
  row?: string;
  durability?: 'async';
}

/** The same for a method that returns anything. */
export interface SyncAuditedCallOptions extends Omit<StaticAuditedCallOptions, 'durability'> {
  durability: 'sync';
}

/** What `AuditedCall` takes on a method. */
export interface AuditedCallHooks<
  X1 extends AnyArgs,
  X2 extends AnyArgs,
  X3 extends AnyArgs,
  Q extends AnyArgs,
  S extends AnyArgs,
  A extends AnyArgs,
  P extends AnyArgs,
  L extends AnyArgs,
  R,
  K,
>
  extends
    SharedHooks<S, A, P, L, R, K>,
    AuditSettings,
    Pick<AuditedCallOptions<X1>, 'name'>,
    Pick<AuditedCallOptions<X2>, 'actor'>,
    Pick<AuditedCallOptions<X3>, 'row'>,
    Pick<AuditedCallOptions<Q>, 'request'> {}

/** `AuditedCall` with a name or options. */
export interface AuditedCallFactory {
  (): OnAuditedMember;
  (name: string): OnAuditedMember;
  (options: SyncAuditedCallOptions): MemberDecorator;
  (options: StaticAuditedCallOptions): OnAuditedMember;
  <
    X1 extends AnyArgs,
    X2 extends AnyArgs,
    X3 extends AnyArgs,
    Q extends AnyArgs,
    S extends AnyArgs,
    A extends AnyArgs,
    P extends AnyArgs,
    L extends AnyArgs,
    R,
    K,
  >(
    options: AuditedCallHooks<X1, X2, X3, Q, S, A, P, L, R, K> & { durability: 'sync' },
  ): CheckedDecorator<[X1] | [X2] | [X3] | [Q] | [S] | [A] | [P] | [L], [R] | [K]>;
  <
    X1 extends AnyArgs,
    X2 extends AnyArgs,
    X3 extends AnyArgs,
    Q extends AnyArgs,
    S extends AnyArgs,
    A extends AnyArgs,
    P extends AnyArgs,
    L extends AnyArgs,
    R,
    K,
  >(
    options: AuditedCallHooks<X1, X2, X3, Q, S, A, P, L, R, K> & { durability?: 'async' },
  ): CheckedAuditedDecorator<[X1] | [X2] | [X3] | [Q] | [S] | [A] | [P] | [L], [R] | [K]>;
}

/** `AuditedCall` on functions and blocks. */
export interface AuditedCallFunctions {
  /** Returns a function whose calls are audited; the given one is untouched. */
  wrap<F extends AnyMethod>(fn: F & Auditable<ReturnType<F>>): F;
  wrap<F extends AnyMethod>(
    options: AuditedCallOptions<Parameters<F>, Awaited<ReturnType<F>>> & { durability: 'sync' },
    fn: F,
  ): F;
  wrap<F extends AnyMethod>(
    options: string | AuditedCallOptions<Parameters<F>, Awaited<ReturnType<F>>>,
    fn: F & Auditable<ReturnType<F>>,
  ): F;
  /** Runs a block as an audited call; resolves to what it returns when its outcome is kept. */
  run<R>(
    options: string | (AuditedCallOptions<[], Awaited<R>> & { durability?: 'async' }),
    block: Block<R>,
  ): Promise<Awaited<R>>;
  run<R>(options: AuditedCallOptions<[], Awaited<R>> & { durability: 'sync' }, block: Block<R>): R;
}

/**
 * Records a method that leaves the process in the ledger: no call without a durable record of its intent, no result
 * without a durable record of its outcome, and its span after both. The caller gets a native promise, or an async iterable
 * whose last item waits for the outcome.
 *
 * The call throws `AUDIT_NOT_CONFIGURED` without a ledger and is not made; so with `AUDIT_INTENT_NOT_DURABLE`,
 * `AUDIT_QUEUE_FULL`, `AUDIT_DISK_LOW`, `AUDIT_POISONED`, `AUDIT_CLOSED`. `AUDIT_OUTCOME_LOST`, with what the method threw
 * as `cause`, says that it may have been made.
 *
 * @throws `DECORATOR_MISPLACED`, `DECORATOR_OPTIONS_INVALID` at decoration time.
 * @example
 * class Tickets {
 *   @AuditedCall({ callType: 'http', provider: 'zendesk' })
 *   async close(id: string): Promise<void> {
 *     await fetch(`https://tickets.example/${id}`, { method: 'DELETE' });
 *   }
 * }
 */
export const AuditedCall = createDecorator({
  name: 'AuditedCall',
  keys: [...COMMON_KEYS, 'callType', 'provider', 'model', 'level', 'actor', 'row', 'ledger', 'request', 'durability'],
  createFacet: createAuditFacet,
}) as OnAuditedMember & AuditedCallFactory & AuditedCallFunctions;
