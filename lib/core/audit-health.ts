import { state } from './state.js';

/** How the ledger in force is: `off` where code says so, `none` where nothing names one or it was closed. */
export type AuditHealth = 'off' | 'open' | 'poisoned' | 'none';

/** What is measured of a ledger; the shape is that of `LedgerHealth` in `audit/ledger.ts`. */
export interface LedgerGauges {
  readonly state: string;
  readonly inFlight: number;
  readonly entries: number;
  readonly queued: number;
  readonly refused: Readonly<Record<string, number>>;
}

// What is read here of the state that `audit/current-ledger.ts` owns, maybe in another version of the package.
interface KnownAudit {
  readonly ledger?: { health(): LedgerGauges } | undefined;
  readonly isOff?: boolean;
  readonly unreported?: ReadonlyMap<string, number>;
}

function read(): KnownAudit {
  const known: KnownAudit = state.audit ?? {};
  return known;
}

// A ledger may be somebody else's object.
function stateOf(ledger: NonNullable<KnownAudit['ledger']>): string {
  try {
    return ledger.health().state;
  } catch {
    return 'poisoned';
  }
}

/** How the ledger in force is. Never throws. */
export function auditHealth(): AuditHealth {
  const { ledger, isOff } = read();
  if (ledger === undefined) return isOff === true ? 'off' : 'none';
  const said = stateOf(ledger);
  return said === 'open' || said === 'poisoned' ? said : 'none';
}

/** How busy the ledger in force is; undefined where there is none. May throw: it may be somebody else's. */
export function ledgerGauges(): LedgerGauges | undefined {
  return read().ledger?.health();
}

/** Requests that left outside of audited and external calls, by host, since the process watches them. */
export function unreportedCalls(): Record<string, number> {
  return Object.fromEntries(read().unreported ?? []);
}
