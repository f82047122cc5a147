import { AsyncLocalStorage } from 'node:async_hooks';
import { warnOnce } from '../core/diagnostics.js';
import { SpanwrightError } from '../core/errors.js';
import { state } from '../core/state.js';
import type { EntryUsage } from './entry-fields.js';
import type { Ledger } from './ledger.js';

/** What an exchange over HTTP says of a model. */
export interface CallFacts {
  readonly provider?: string | undefined;
  readonly model?: string | undefined;
  readonly usage?: EntryUsage | undefined;
}

/**
 * Reads what an exchange with a model says. Called twice: before the request leaves, without an answer, and when the answer
 * is over. Both texts are as they went over the wire; an answer may be JSON or events, and is cut at 4 MiB.
 */
export type DescribeCall = (
  url: string,
  request: string | undefined,
  response: string | undefined,
) => CallFacts | undefined;

/** What code runs inside of: an audited call, or work of our own that is exempt. */
export type Frame = CallFrame | ExemptFrame;

/** Inside an audited call. */
export interface CallFrame {
  readonly kind: 'call';
  readonly id: string;
  /** Number of the next call below. */
  nextChild(): number;
  /** True once the call is over; what runs on inside it, a socket that was opened meanwhile, is no part of it. */
  readonly isOver: boolean;
}

/** Inside work of our own: stores, exporters. Calls pass unrecorded there, or they would record each other for ever. */
export interface ExemptFrame {
  readonly kind: 'exempt';
}

/** One call of a client, whose attempts share an id; by what is asked, because a client may fetch a key in between. */
export type LogicalCall = Map<string, LogicalAttempts>;

/** The attempts of one request so far. */
export interface LogicalAttempts {
  id: string | undefined;
  count: number;
  readonly parent: { readonly id: string; readonly seq: number } | undefined;
}

/** What the audited calls of all copies of the package share, as `state.audit`. Fields are added and never change. */
export interface AuditState {
  /** What was installed, the latest last. */
  readonly installed: Installed[];
  /** The ledger in force. */
  ledger: Ledger | undefined;
  /** True where code says that calls pass unrecorded. */
  isOff: boolean;
  /** Set by `start.ts`, which knows models. */
  describe: DescribeCall | undefined;
  readonly frames: AsyncLocalStorage<Frame>;
  readonly logicalCalls: AsyncLocalStorage<LogicalCall>;
  /** Requests outside of audited and external calls, by host. */
  readonly unreported: Map<string, number>;
  /** How many watch outgoing requests, and how they stop. */
  readonly watching: { count: number; stop: (() => void) | undefined };
}

interface Installed {
  readonly ledger: Ledger | undefined;
}

/** The shared state, made at the first use. */
export function auditState(): AuditState {
  state.audit ??= {
    installed: [],
    ledger: undefined,
    isOff: false,
    describe: undefined,
    frames: new AsyncLocalStorage(),
    logicalCalls: new AsyncLocalStorage(),
    unreported: new Map(),
    watching: { count: 0, stop: undefined },
  } satisfies AuditState;
  return state.audit as AuditState;
}

/** The same where it was made. */
export function knownAuditState(): AuditState | undefined {
  return state.audit as AuditState | undefined;
}

function install(entry: Installed): () => void {
  const audit = auditState();
  audit.installed.push(entry);
  apply(audit);
  return () => {
    const at = audit.installed.indexOf(entry);
    if (at < 0) return;
    audit.installed.splice(at, 1);
    apply(audit);
  };
}

function apply(audit: AuditState): void {
  const last = audit.installed.at(-1);
  audit.ledger = last?.ledger;
  audit.isOff = last !== undefined && last.ledger === undefined;
}

/** Puts a ledger in force, above what was; returns the undo, in whose place the latest other one is in force. */
export function installLedger(ledger: Ledger): () => void {
  return install({ ledger });
}

/** Lets audited calls pass unrecorded, and says so once; returns the undo. */
export function switchAuditOff(): () => void {
  warnOnce({
    code: 'AUDIT_OFF',
    message: 'audited calls pass and leave no record, because code says `audit: false`',
    hint: 'name a ledger where calls must be recorded',
  });
  return install({ ledger: undefined });
}

/** The ledger in force. @throws `AUDIT_NOT_CONFIGURED` where there is none. */
export function currentLedger(): Ledger {
  const ledger = tryCurrentLedger();
  if (ledger !== undefined) return ledger;
  throw new SpanwrightError('AUDIT_NOT_CONFIGURED', 'an audited call was made without a ledger: it was not run');
}

/** The ledger in force; undefined where there is none. */
export function tryCurrentLedger(): Ledger | undefined {
  return knownAuditState()?.ledger;
}

/** True where code says that calls pass unrecorded. */
export function isAuditOff(): boolean {
  return knownAuditState()?.isOff === true;
}

/** Runs work of our own: no call in it is recorded or counted. */
export function runExempt<R>(work: () => R): R {
  return auditState().frames.run({ kind: 'exempt' }, work);
}
