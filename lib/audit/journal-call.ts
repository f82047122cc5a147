import { guarded } from '../core/guard.js';
import { callOfEnd, errorOf, externalOfEnd, usageOf } from './call-facts.js';
import type { ChainBody } from './chain.js';
import type { AuditLevel, EntryCall, EntryIntent } from './entry-fields.js';
import type { LedgerRules } from './ledger-rules.js';
import type { CallEnd, Captured, RecordedCall } from './ledger.js';
import { AuditOutcomeLostError } from './outcome-lost-error.js';
import type { Payload } from './payload.js';
import { digestPayload, keepPayload, withoutKept } from './payload.js';
import { toPlain } from './plain.js';
import type { Session } from './session.js';
import type { Slots } from './payload-slots.js';
import type { StoredPayload } from './stores/store.js';
import { StreamPayload } from './stream-payload.js';

interface Response {
  readonly payload: Payload;
  readonly removed: readonly string[];
  readonly secrets: readonly { readonly name: string; readonly fp: string; readonly kid: string }[];
}

type OutcomeBody = Mutable<Extract<ChainBody, { readonly kind: 'outcome' }>>;

interface Outcome {
  readonly body: ChainBody;
  readonly payload: StoredPayload | undefined;
}

type Mutable<T> = { -readonly [key in keyof T]: T[key] };
type Cause = { readonly thrown: unknown };

/** What a call needs of its ledger. */
export interface JournalCallParts {
  readonly session: Session;
  readonly rules: LedgerRules;
  readonly call: EntryCall;
  readonly intent: EntryIntent;
  readonly level: AuditLevel;
}

/** A call whose intent is durable, until its outcome is. */
export class JournalCall implements RecordedCall {
  readonly id: string;
  readonly attempt: number;
  readonly #parts: JournalCallParts;
  readonly #startedAt = performance.now();
  #children = 0;
  #stream: StreamPayload | undefined;
  #ended: Promise<void> | undefined;

  constructor(parts: JournalCallParts) {
    this.id = parts.call.id;
    this.attempt = parts.call.attempt;
    this.#parts = parts;
    parts.session.open.add(this);
  }

  nextChild(): number {
    return ++this.#children;
  }

  chunk(item: Captured): void {
    if (this.#ended !== undefined) return;
    try {
      this.#stream ??= this.#openStream();
      this.#stream.add(item);
    } catch {
      // An item that fails is missing in the digest; the count of bytes says the rest.
    }
  }

  end(end: CallEnd, cause?: Cause): Promise<void> {
    this.#ended ??= this.#end(end, cause);
    return this.#ended;
  }

  endSync(end: CallEnd, cause?: Cause): void {
    if (this.#ended !== undefined) return;
    this.#ended = Promise.resolve();
    const { session } = this.#parts;
    try {
      const { refusal } = session;
      if (refusal !== undefined) throw refusal;
      const { body, payload } = this.#outcome(end);
      session.chain.appendSync({ body, as: 'outcome', payload });
    } catch (error) {
      throw this.#lost(error, cause);
    } finally {
      session.leave(this);
    }
  }

  #end(end: CallEnd, cause: Cause | undefined): Promise<void> {
    const { session } = this.#parts;
    const lose = (error: unknown): never => {
      session.leave(this);
      throw this.#lost(error, cause);
    };
    try {
      const { refusal } = session;
      if (refusal !== undefined) throw refusal;
      const { body, payload } = this.#outcome(end);
      return session.chain.append({ body, as: 'outcome', payload }).done.then(() => session.leave(this), lose);
    } catch (error) {
      session.leave(this);
      return Promise.reject(this.#lost(error, cause));
    }
  }

  #lost(reason: unknown, cause: Cause | undefined): AuditOutcomeLostError {
    const { session, rules } = this.#parts;
    const error = new AuditOutcomeLostError(this.id, reason, cause);
    session.doom(`the outcome of call ${this.id} is not recorded`, reason);
    guarded('HOOK_OUTCOME_LOST', () => rules.onOutcomeLost?.(error));
    return error;
  }

  #slots(): Slots | undefined {
    const { level, session } = this.#parts;
    return level === 'requestResponse' ? session.slots : undefined;
  }

  #openStream(): StreamPayload {
    const { key, cleaner, maxPayloadBytes: maxBytes } = this.#parts.rules;
    const slots = this.#slots();
    if (slots !== undefined) {
      try {
        return new StreamPayload({ key, cleaner, slots, maxBytes });
      } catch {
        // No secrets could be made for it; its digest is recorded all the same.
      }
    }
    return new StreamPayload({ key, cleaner, maxBytes });
  }

  #response(captured: Captured | undefined): Response | undefined {
    if (this.#stream !== undefined) {
      const payload = this.#stream.finish();
      return { payload, removed: this.#stream.removed, secrets: this.#stream.secrets };
    }
    if (captured === undefined) return undefined;
    const { key, cleaner, maxPayloadBytes } = this.#parts.rules;
    const plain = toPlain(captured, cleaner);
    const { removed, secrets } = plain;
    const slots = this.#slots();
    if (slots !== undefined) {
      try {
        return { payload: keepPayload(plain, key, slots, maxPayloadBytes), removed, secrets };
      } catch {
        // As above.
      }
    }
    return { payload: digestPayload(plain, key), removed, secrets };
  }

  // What stands on a full disk in place of a payload is its digest.
  #withRoom(response: Response): Response {
    const { entry, stored } = response.payload;
    if (stored === undefined || this.#parts.session.writer.canKeep(stored.bytes.length)) return response;
    return { ...response, payload: { entry: withoutKept(entry) } };
  }

  #outcome(end: CallEnd): Outcome {
    const { rules, call, intent } = this.#parts;
    const durUs = Math.round((performance.now() - this.#startedAt) * 1000);
    const least = { kind: 'outcome', call, intent, status: end.status, durUs } as const;
    try {
      const body: OutcomeBody = { ...least, call: callOfEnd(call, end) };
      if (end.error !== undefined) body.err = errorOf(end.error, rules);
      const ext = externalOfEnd(end, rules);
      if (ext !== undefined) body.ext = ext;
      const usage = end.usage && usageOf(end.usage);
      if (usage !== undefined) body.usage = usage;
      const found = this.#response(end.response);
      if (found === undefined) return { body, payload: undefined };
      const { payload, secrets, removed } = this.#withRoom(found);
      body.res = payload.entry;
      if (secrets.length > 0) body.sec = secrets;
      if (removed.length > 0) body.red = removed;
      return { body, payload: payload.stored };
    } catch {
      // How it ended is worth more than what it said.
      return { body: least, payload: undefined };
    }
  }
}
