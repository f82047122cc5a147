import type { AuditActor } from '../audit/caller.js';
import type { AuditOptions } from '../config/audit-options.js';
import type {
  CallStart,
  Ledger,
  LedgerHealth,
  OwnEntry,
  Receipt,
  RecordedCall,
  RecoveryReport,
} from '../audit/ledger.js';
import { guarded, refusePromise } from '../core/guard.js';

type Source = NonNullable<AuditOptions['actor']>;

// Said in the entry instead of nothing: an actor that code meant to name is no absent one.
const UNRESOLVED: AuditActor = { type: 'unresolved' };
const NOBODY = {};

function actorOf(source: Source): AuditActor | undefined {
  if (typeof source !== 'function') return source;
  const said = guarded('HOOK_ACTOR', () => {
    const actor = refusePromise(source()) ?? NOBODY;
    if (actor === NOBODY || typeof (actor as Partial<AuditActor>).type === 'string') return actor;
    throw new TypeError('it gave no actor, expected { type, id? } or undefined');
  });
  return said === NOBODY ? undefined : ((said as AuditActor | undefined) ?? UNRESOLVED);
}

/** A ledger whose calls are made on behalf of somebody, where they do not say so themselves. */
export class ActingLedger implements Ledger {
  readonly #ledger: Ledger;
  readonly #actor: Source;

  constructor(ledger: Ledger, actor: Source) {
    this.#ledger = ledger;
    this.#actor = actor;
  }

  get id(): string {
    return this.#ledger.id;
  }

  get directory(): string | undefined {
    return this.#ledger.directory;
  }

  get isDurable(): boolean {
    return this.#ledger.isDurable;
  }

  append(entry: OwnEntry): Promise<Receipt> {
    return this.#ledger.append(entry);
  }

  begin(start: CallStart): Promise<RecordedCall> {
    return this.#ledger.begin(this.#withActor(start));
  }

  beginSync(start: CallStart): RecordedCall {
    return this.#ledger.beginSync(this.#withActor(start));
  }

  recover(): Promise<RecoveryReport> {
    return this.#ledger.recover();
  }

  health(): LedgerHealth {
    return this.#ledger.health();
  }

  close(deadlineMs?: number): Promise<void> {
    return this.#ledger.close(deadlineMs);
  }

  closeSync(): void {
    this.#ledger.closeSync();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#ledger.close();
  }

  #withActor(start: CallStart): CallStart {
    const actor = start.actor ?? actorOf(this.#actor);
    return actor === undefined ? start : { ...start, actor };
  }
}
