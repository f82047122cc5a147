import { warnOnce } from '../core/diagnostics.js';
import { countGuarded } from '../core/guard.js';
import { state } from '../core/state.js';
import type { Mark } from './fingerprint.js';
import { GATE_LIMITS, GateBudget, type GateLimits, type SpanTime } from './gate-budget.js';
import { createLeafRules, type UserRedact } from './gate-leaf.js';
import { GateWalk, type WalkRules } from './gate-walk.js';
import { createKeyVerdicts } from './key-verdicts.js';
import { NOT_CHECKED, REDACTED, REDACTION_FAILED } from './marks.js';
import type { MarkedFinding, TextRedactor } from './redact-text.js';
import { createKeyRule } from './sensitive-keys.js';
import { compilePaths } from './value-paths.js';

/** What a gate lets through. The user's keys, paths and function hold at both tiers. */
export interface GateRules {
  /** `full`: secrets are removed. `redacted`: personal data too. */
  readonly tier: 'redacted' | 'full';
  /** Redacts a text. Gives the same text where nothing is found. */
  readonly text: TextRedactor;
  /** Names of keys whose values are replaced whole, beside the built-in ones. */
  readonly keys?: readonly string[];
  /** Paths that are replaced whole: `messages[*].content`, `user.email`, `**.ssn`. */
  readonly paths?: readonly string[];
  readonly redact?: UserRedact;
  /** The mark that stands for a value that is replaced whole. Default `[REDACTED]`. */
  readonly mark?: Mark;
  readonly limits?: GateLimits;
  /** Milliseconds of a monotonic clock. Default `performance.now`. */
  readonly now?: () => number;
}

/** Lets values and texts through. */
export interface GatePass {
  /** The value as it may leave: the same one where nothing changes, else a copy. Never throws. */
  value(value: unknown, path?: readonly string[]): unknown;
  /** The text as it may leave. Never throws. */
  text(text: string): string;
  /** What the rules for texts find in one, in order. Never throws. */
  find(text: string): readonly MarkedFinding[];
  /** The attributes that are not known to stay as they are: all of them where one is read with another. */
  unknownIn?(attributes: Attributes): Attributes | undefined;
}

/** What the SDK keeps of a span by name: primitives and lists of them, in an object of its own. */
type Attributes = Readonly<Record<string, unknown>>;

/** A gate: `value` and `text` have the time of a span each, `forSpan` shares one time among all of a span. */
export interface Gate extends GatePass {
  forSpan(): GatePass;
  /** Values that were replaced because redaction failed on them. */
  readonly failures: number;
}

function countLimit(): void {
  state.guarded['PRIVACY_LIMIT'] = (state.guarded['PRIVACY_LIMIT'] ?? 0) + 1;
  warnOnce({
    code: 'PRIVACY_LIMIT',
    message: 'a value is larger than the gate looks at; `[not checked]` stands in place of the rest',
    hint: 'capture less: pick with `args` and `result`, or lower `maxCaptureBytes`; counted in health().guarded',
  });
}

const NO_PATH: readonly string[] = [];

/** Compiles rules. Throws `TypeError` on a path that is none. */
export function createGate(rules: GateRules): Gate {
  let failures = 0;
  const failed = (reason: string): string => {
    failures++;
    countGuarded('PRIVACY', new Error(reason));
    return REDACTION_FAILED;
  };
  const leaves = createLeafRules(rules.text, rules.redact, failed);
  const walkRules: WalkRules = {
    ...leaves,
    verdict: createKeyVerdicts(
      createKeyRule({ personal: rules.tier === 'redacted', ...(rules.keys && { keys: rules.keys }) }),
      leaves.text,
    ),
    paths: compilePaths(rules.paths),
    mark: rules.mark ?? (() => REDACTED),
  };
  const limits = rules.limits ?? {};
  const now = rules.now ?? (() => performance.now());

  const isSimple = walkRules.paths === undefined && walkRules.redact === undefined;
  const walk = (value: unknown, path: readonly string[], time: SpanTime): unknown => {
    // A leaf that is known costs no walk.
    if (isSimple && path.length === 0 && walkRules.isKnown(value)) return value;
    try {
      const budget = new GateBudget(limits, time, now);
      const result = new GateWalk(walkRules, budget, path).run(value);
      budget.close();
      if (budget.isExceeded) countLimit();
      return result;
    } catch {
      return failed('a value could not be walked');
    }
  };
  // Of an ordinary key a value that is known stays, whatever stands beside it.
  const unknownIn = (attributes: Attributes): Attributes | undefined => {
    if (!isSimple) return attributes;
    let unknown: Record<string, unknown> | undefined;
    for (const key in attributes) {
      if (!walkRules.verdict(key).isOrdinary || key === '__proto__' || key === 'toJSON') return attributes;
      const value = attributes[key];
      if (value !== undefined && !walkRules.isKnown(value) && !isKnownItem(value)) (unknown ??= {})[key] = value;
    }
    return unknown;
  };
  // A list of one is no pair of a name and a value.
  const isKnownItem = (value: unknown): boolean =>
    Array.isArray(value) &&
    value.length === 1 &&
    Object.getPrototypeOf(value) === Array.prototype &&
    !Object.hasOwn(value, 'toJSON') &&
    walkRules.isKnown(value[0]);
  const createPass = (timeOf: () => SpanTime): GatePass => ({
    value: (value, path = NO_PATH) => walk(value, path, timeOf()),
    text(text) {
      const result = walk(text, NO_PATH, timeOf());
      // A function of the user may give an object for a text.
      return typeof result === 'string' ? result : (JSON.stringify(result) ?? NOT_CHECKED);
    },
    find(text) {
      try {
        return rules.text.find?.(text) ?? [];
      } catch {
        failed('the text rules threw');
        return [{ start: 0, end: text.length, mark: REDACTION_FAILED }];
      }
    },
    unknownIn,
  });
  const createTime = (): SpanTime => ({ leftMs: limits.maxMs ?? GATE_LIMITS.maxMs, work: 0 });
  return {
    ...createPass(createTime),
    forSpan() {
      const time = createTime();
      return createPass(() => time);
    },
    get failures() {
      return failures;
    },
  };
}
