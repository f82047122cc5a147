import type { SpanwrightError } from '../core/errors.js';
import { operationOf } from './call-facts.js';
import type { Linked } from './chain.js';
import type { Intent } from './intents.js';
import { toIntent, toOwnLink } from './intents.js';
import { JournalCall } from './journal-call.js';
import { closedError, messageOf, notDurable, toLedgerError } from './ledger-errors.js';
import { readHealth } from './ledger-health.js';
import type { CallStart, Ledger, LedgerHealth, OwnEntry, Receipt, RecordedCall, RecoveryReport } from './ledger.js';
import { Refusals } from './refusals.js';
import type { Session } from './session.js';
import type { LedgerParts } from './sessions.js';
import { Sessions } from './sessions.js';
import { within } from './within.js';

const NOT_DURABLE = 'AUDIT_INTENT_NOT_DURABLE';
const CLOSE_MS = 5000;

/**
 * A ledger over a store. States: open → poisoned (the session's writer takes nothing) → open (`recover`: another session);
 * open or poisoned → closing → closed.
 */
export class JournalLedger implements Ledger {
  readonly id: string;
  readonly directory: string | undefined;
  readonly isDurable: boolean;
  readonly #parts: LedgerParts;
  readonly #sessions: Sessions;
  readonly #refusals: Refusals;
  #recovering: Promise<RecoveryReport> | undefined;
  #closing: Promise<void> | undefined;
  #isClosed = false;
  #lastError: string | undefined;

  constructor(parts: LedgerParts) {
    const { store } = parts;
    this.id = (JSON.parse(Buffer.from(store.identity()).toString()) as { lid: string }).lid;
    this.directory = store.directory;
    this.isDurable = store.isDurable;
    this.#parts = parts;
    this.#sessions = new Sessions(parts);
    this.#refusals = new Refusals((body) => {
      const { fault, chain } = this.#sessions.current;
      if (fault !== undefined) throw fault;
      // A sum that is lost is lost with all that comes after it.
      chain.append({ body, as: 'plain' }).done.catch((error: unknown) => this.#noteError(error));
    });
  }

  /** Writes the first entries; nothing else may come before. */
  async start(): Promise<void> {
    await this.#sessions.start();
  }

  /** The same in the call. */
  startSync(): void {
    this.#sessions.startSync();
  }

  append(entry: OwnEntry): Promise<Receipt> {
    try {
      const { wid, wseq, hash, done } = this.#ready().chain.append(toOwnLink(entry));
      return done.then(
        () => ({ wid, wseq, hash }),
        (error: unknown) => {
          throw this.#known(error, 'AUDIT_POISONED');
        },
      );
    } catch (error) {
      return Promise.reject(this.#known(error, 'AUDIT_POISONED'));
    }
  }

  begin(start: CallStart): Promise<RecordedCall> {
    let session: Session;
    let intent: Intent;
    let linked: Linked;
    try {
      session = this.#ready();
      intent = toIntent(start, this.#parts.rules, session.slots);
      linked = session.chain.append(intent.link);
    } catch (error) {
      return Promise.reject(this.#refuse(error, start));
    }
    session.starting++;
    return linked.done.then(
      () => this.#admit(session, intent, linked),
      (error: unknown) => {
        throw this.#refuseLate(session, intent, linked, error);
      },
    );
  }

  beginSync(start: CallStart): RecordedCall {
    let session: Session;
    let intent: Intent;
    try {
      session = this.#ready();
      intent = toIntent(start, this.#parts.rules, session.slots);
    } catch (error) {
      throw this.#refuse(error, start);
    }
    const before = session.chain.head.wseq;
    let receipt: Receipt;
    try {
      receipt = session.chain.appendSync(intent.link);
    } catch (error) {
      const { head } = session.chain;
      if (head.wseq === before) throw this.#refuse(error, start);
      session.starting++;
      throw this.#refuseLate(session, intent, head, error);
    }
    session.starting++;
    return this.#admit(session, intent, receipt);
  }

  recover(): Promise<RecoveryReport> {
    if (this.#isClosed || this.#closing !== undefined) return Promise.reject(closedError());
    this.#recovering ??= this.#recover().finally(() => {
      this.#recovering = undefined;
    });
    return this.#recovering;
  }

  health(): LedgerHealth {
    return readHealth({
      store: this.#parts.store,
      session: this.#sessions.current,
      refusals: this.#refusals,
      former: this.#sessions.formerEntries,
      isClosed: this.#isClosed,
      lastError: this.#lastError,
    });
  }

  close(deadlineMs = CLOSE_MS): Promise<void> {
    this.#closing ??= this.#isClosed ? Promise.resolve() : this.#close(deadlineMs);
    return this.#closing;
  }

  closeSync(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const session = this.#sessions.current;
    let isClean = false;
    try {
      this.#prepareLast(session);
      isClean = session.finishSync();
    } catch (error) {
      this.#noteError(error);
    }
    session.writer.closeSync();
    this.#leave(session, isClean);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #ready(): Session {
    if (this.#isClosed || this.#closing !== undefined) throw closedError();
    const session = this.#sessions.current;
    const { fault } = session;
    if (fault !== undefined) throw fault;
    return session;
  }

  #admit(session: Session, { call, level }: Intent, { wseq, hash }: Receipt): RecordedCall {
    const intent = { wseq, hash };
    // Its outcome would be lost for sure.
    const { refusal } = session;
    if (refusal !== undefined) {
      this.#refusals.count(refusal.code);
      session.refused.push({ call, intent });
      session.leave();
      throw refusal;
    }
    const recorded = new JournalCall({ session, rules: this.#parts.rules, call, level, intent });
    session.leave();
    return recorded;
  }

  #refuse(error: unknown, start: CallStart): SpanwrightError {
    const known = this.#known(error, NOT_DURABLE);
    this.#refusals.note(known, () => operationOf(start.op, this.#parts.rules));
    return known;
  }

  #refuseLate(session: Session, { call }: Intent, { wseq, hash }: Receipt, error: unknown): SpanwrightError {
    this.#noteError(error);
    const known = notDurable(error);
    this.#refusals.count(known.code);
    session.noteLate({ call, intent: { wseq, hash } });
    session.leave();
    return known;
  }

  #known(error: unknown, code: 'AUDIT_INTENT_NOT_DURABLE' | 'AUDIT_POISONED'): SpanwrightError {
    this.#noteError(error);
    return toLedgerError(error, code);
  }

  #noteError(error: unknown): void {
    this.#lastError = messageOf(error);
  }

  async #recover(): Promise<RecoveryReport> {
    try {
      const { report, missing, problem } = await this.#sessions.recover();
      if (problem !== undefined) this.#noteError(problem);
      this.#refusals.noteMissing(NOT_DURABLE, missing);
      this.#refusals.flush();
      return report;
    } catch (error) {
      throw this.#known(error, 'AUDIT_POISONED');
    }
  }

  async #close(deadlineMs: number): Promise<void> {
    const until = performance.now() + deadlineMs;
    // What it does not write the next start does.
    if (this.#recovering !== undefined) {
      await within(this.#recovering, deadlineMs, 'recovery goes on').catch(() => undefined);
    }
    const session = this.#sessions.current;
    await session.idle(Math.max(0, until - performance.now()));
    if (this.#isClosed) return;
    let isClean = false;
    try {
      this.#prepareLast(session);
      isClean = await session.finish();
    } finally {
      this.#isClosed = true;
      await session.writer.close().finally(() => this.#leave(session, isClean));
    }
  }

  #prepareLast(session: Session): void {
    session.settleLate();
    if (session.isBegun) this.#refusals.flush();
    this.#refusals.stop();
  }

  #leave(session: Session, isClean: boolean): void {
    session.stop();
    if (!isClean) return;
    const { wid, wseq, hash } = session.chain.head;
    this.#parts.store.settle(wid, { wseq, hash, isNamed: false });
  }
}
