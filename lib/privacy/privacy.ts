import type { Digester, DigestAlgorithm } from './digest.js';
import { createDigester } from './digest.js';
import { createMark } from './fingerprint.js';
import type { Mark } from './fingerprint.js';
import type { Gate } from './gate.js';
import type { GateLimits } from './gate-budget.js';
import { createGate } from './gate.js';
import type { UserRedact } from './gate-leaf.js';
import { createTextRedactor } from './redact-text.js';

// As much as is captured of one value by default.
const MAX_CHARS = 1_048_576;

/** What one configuration says of what may leave. Everything in it was checked. */
export interface PrivacyRules {
  readonly keys?: readonly string[];
  readonly paths?: readonly string[];
  readonly patterns?: readonly RegExp[];
  readonly redact?: UserRedact;
  readonly packs?: readonly string[];
  readonly fingerprintKey?: string;
  /** Makes the marks itself; `fingerprintKey` says nothing then. */
  readonly mark?: Mark;
  /** Bounds of the gates. */
  readonly limits?: GateLimits;
  readonly digestKey?: string;
  readonly digest?: DigestAlgorithm;
}

/** What stands between a process and its destinations. */
export interface Privacy {
  /** Personal data and secrets are removed. */
  readonly redacted: Gate;
  /** Secrets alone are removed. */
  readonly full: Gate;
  /** As `redacted`, for text that is written on a span while its call runs: without paths and the user's function. */
  readonly atOnce: (text: string) => string;
  readonly digester: Digester;
}

/** Makes the gates and the digester of a configuration. */
export function createPrivacy(rules: PrivacyRules = {}): Privacy {
  const { keys, paths, patterns, redact, packs, fingerprintKey, limits, digestKey, digest } = rules;
  const mark = rules.mark ?? (fingerprintKey === undefined ? undefined : createMark({ key: fingerprintKey }));
  const maxChars = limits?.maxChars ?? MAX_CHARS;
  const common = { maxChars, ...(mark && { mark }), ...(patterns && { patterns }), ...(packs && { packs }) };
  const own = {
    ...(mark && { mark }),
    ...(limits && { limits }),
    ...(keys && { keys }),
    ...(paths && { paths }),
    ...(redact && { redact }),
  };
  const text = createTextRedactor({ level: 'all', ...common });
  const gateOf = (tier: 'redacted' | 'full'): Gate => {
    const rule = tier === 'redacted' ? text : createTextRedactor({ level: 'secrets', ...common });
    return createGate({ tier, text: rule, ...own });
  };
  const gate = createGate({ tier: 'redacted', text, ...(mark && { mark }), ...(keys && { keys }) });
  return {
    redacted: gateOf('redacted'),
    full: gateOf('full'),
    atOnce: (value) => gate.text(value),
    digester: createDigester({
      ...(digestKey !== undefined && { key: digestKey }),
      ...(digest && { algorithm: digest }),
    }),
  };
}
