import { warnOnce } from '../core/diagnostics.js';
import { countGuarded } from '../core/guard.js';
import { state } from '../core/state.js';
import type { Mark } from './fingerprint.js';
import { GATE_LIMITS, GateBudget, type GateLimits, type SpanTime } from './gate-budget.js';
import { createLeafRules, type UserRedact } from './gate-leaf.js';
import { GateWalk, type WalkRules } from './gate-walk.js';
import { createKeyVerdicts } from './key-verdicts.js';
import { NOT_CHECKED, REDACTED, REDACTION_FAILED } from './marks.js';
import type { Attributes, LookedAt, PlainLeaves } from './plain-leaves.js';
import { createPlainLeaves } from './plain-leaves.js';
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
  /** What can be told of attributes without a walk; undefined where all of them stay as they are. */
  look?(attributes: Attributes): LookedAt | undefined;
}

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

  const plain = createPlainLeaves(walkRules, limits, now);
  const walk = (value: unknown, path: readonly string[], time: SpanTime): unknown => {
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
  const find = (text: string): readonly MarkedFinding[] => {
    try {
      return rules.text.find?.(text) ?? [];
    } catch {
      failed('the text rules threw');
      return [{ start: 0, end: text.length, mark: REDACTION_FAILED }];
    }
  };
  const createPass = (): GatePass => new SpanPass({ walk, find, plain }, limits.maxMs ?? GATE_LIMITS.maxMs);
  return {
    value: (value, path) => createPass().value(value, path),
    text: (text) => createPass().text(text),
    look: (attributes) => createPass().look?.(attributes),
    find,
    forSpan: createPass,
    get failures() {
      return failures;
    },
  };
}

/** What the passes of one gate share. */
interface PassParts {
  readonly walk: (value: unknown, path: readonly string[], time: SpanTime) => unknown;
  readonly find: (text: string) => readonly MarkedFinding[];
  readonly plain: PlainLeaves | undefined;
}

/** The way through a gate for one span; it is the account of its time as well. */
class SpanPass implements GatePass, SpanTime {
  leftMs: number;
  work = 0;
  readonly #parts: PassParts;

  constructor(parts: PassParts, maxMs: number) {
    this.#parts = parts;
    this.leftMs = maxMs;
  }

  value(value: unknown, path: readonly string[] = NO_PATH): unknown {
    const { walk, plain } = this.#parts;
    // A leaf that is known costs no walk.
    return path.length === 0 && plain?.isKnown(value) === true ? value : walk(value, path, this);
  }

  text(text: string): string {
    const { walk, plain } = this.#parts;
    const result = plain?.text(text, this) ?? walk(text, NO_PATH, this);
    // A function of the user may give an object for a text.
    return typeof result === 'string' ? result : (JSON.stringify(result) ?? NOT_CHECKED);
  }

  find(text: string): readonly MarkedFinding[] {
    return this.#parts.find(text);
  }

  look(attributes: Attributes): LookedAt | undefined {
    const { plain } = this.#parts;
    return plain === undefined ? { shown: attributes, unknown: attributes } : plain.attributes(attributes, this);
  }
}
