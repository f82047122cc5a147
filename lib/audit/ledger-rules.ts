import { createHash } from 'node:crypto';
import { canonicalText } from './canonical.js';
import type { Cleaner } from './clean.js';
import type { AuditLevel, EntryPolicy } from './entry-fields.js';
import type { LedgerKey } from './keys.js';
import type { LedgerOptions } from './ledger.js';
import type { FindSlot, Slots } from './payload-slots.js';

/** The secrets of a ledger. */
export interface LedgerSecrets {
  readonly key: LedgerKey;
  /** Starts the slots of a writer. */
  openSlots(wid: string): Slots;
  readonly findSlot: FindSlot;
}

/** What a ledger was told, with what it needs for it. */
export interface LedgerRules {
  readonly key: LedgerKey;
  readonly cleaner: Cleaner;
  readonly level: AuditLevel;
  readonly maxPayloadBytes: number;
  readonly deadlineMs: number;
  readonly onOutcomeLost: ((error: Error) => void) | undefined;
  /** What the entry `policy` says. */
  readonly policy: { readonly hash: string; readonly data: unknown };
  /** What calls say of it, by the level that they name themselves. */
  readonly policies: Readonly<Record<AuditLevel | 'default', EntryPolicy>>;
}

const MAX_PAYLOAD_BYTES = 16_777_216;
const DEADLINE_MS = 5000;

/** Makes the rules of a ledger out of its options. */
export function toRules(options: Partial<LedgerOptions>, key: LedgerKey, cleaner: Cleaner): LedgerRules {
  const { level = 'request', maxPayloadBytes = MAX_PAYLOAD_BYTES, deadlineMs = DEADLINE_MS, onOutcomeLost } = options;
  const data = {
    clean: options.clean === undefined ? 'standard' : 'own',
    kid: key.kid,
    maxPayloadBytes,
    rules: [
      { id: 'call', level: 'as the call says' },
      { id: 'default', level },
    ],
  };
  const hash = createHash('sha256').update(canonicalText(data)).digest('hex');
  const ofCall = (named: AuditLevel): EntryPolicy => ({ level: named, ruleId: 'call', hash });
  const policies = {
    default: { level, ruleId: 'default', hash },
    metadata: ofCall('metadata'),
    request: ofCall('request'),
    requestResponse: ofCall('requestResponse'),
  };
  return { key, cleaner, level, maxPayloadBytes, deadlineMs, onOutcomeLost, policy: { hash, data }, policies };
}

/** Which rule says how much is kept of a call. */
export function policyOf(level: AuditLevel | undefined, rules: LedgerRules): EntryPolicy {
  return level === undefined ? rules.policies.default : rules.policies[level];
}
