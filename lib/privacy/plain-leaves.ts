import type { GateLimits, SpanTime } from './gate-budget.js';
import { CHARS_PER_WORK, FREE_WORK, GATE_LIMITS } from './gate-budget.js';
import { mayBeJson } from './gate-leaf.js';
import type { WalkRules } from './gate-walk.js';

/** What the SDK keeps of a span by name: primitives and lists of them, in an object of its own. */
export type Attributes = Readonly<Record<string, unknown>>;

/** What was told of attributes without a walk. */
export interface LookedAt {
  /** All of them, with what changed. */
  readonly shown: Attributes;
  /** Those that a walk has to tell; undefined where there are none, all of them where one is read with another. */
  readonly unknown: Attributes | undefined;
}

// Longer texts are for a walk, which looks at the clock while it reads them.
const MAX_CHARS = 4096;
// The time of shorter ones is not worth a look at the clock.
const MIN_CLOCKED = 64;

/**
 * Tells of leaves what a walk would, without one: of texts that are no JSON, while a span has had no more work than any may
 * have. Undefined where there are rules for paths or a function of the user, because both want to know where a leaf stands.
 */
export function createPlainLeaves(rules: WalkRules, limits: GateLimits, now: () => number): PlainLeaves | undefined {
  const { maxNodes = GATE_LIMITS.maxNodes, maxChars = GATE_LIMITS.maxChars } = limits;
  if (rules.paths !== undefined || rules.redact !== undefined) return undefined;
  // What is free lies within the bounds of one value, so that these need no look.
  const isRoomy = maxNodes >= FREE_WORK && maxChars >= FREE_WORK * CHARS_PER_WORK;
  return new PlainLeaves(rules, isRoomy, now);
}

/** The leaves of one gate. */
export class PlainLeaves {
  readonly #rules: WalkRules;
  readonly #isRoomy: boolean;
  readonly #now: () => number;

  constructor(rules: WalkRules, isRoomy: boolean, now: () => number) {
    this.#rules = rules;
    this.#isRoomy = isRoomy;
    this.#now = now;
  }

  /** Tells that a value is a leaf that stays. */
  isKnown(value: unknown): boolean {
    return this.#rules.isKnown(value);
  }

  /** The text as it may leave; undefined where a walk has to tell. */
  text(text: string, time: SpanTime): string | undefined {
    if (this.#rules.isKnown(text)) return text;
    const { length } = text;
    if (!this.#isRoomy || length > MAX_CHARS || mayBeJson(text)) return undefined;
    const work = time.work + 1 + length / CHARS_PER_WORK;
    if (work >= FREE_WORK) return undefined;
    time.work = work;
    if (length <= MIN_CLOCKED) return this.#rules.text(text);
    const start = this.#now();
    const checked = this.#rules.text(text);
    time.leftMs -= this.#now() - start;
    return checked;
  }

  /** What can be told of attributes; undefined where all of them stay. */
  attributes(attributes: Attributes, time: SpanTime): LookedAt | undefined {
    const { verdict, isKnown } = this.#rules;
    let shown: Record<string, unknown> | undefined;
    let unknown: Record<string, unknown> | undefined;
    for (const key in attributes) {
      // Of an ordinary key a value that is told stands, whatever is beside it.
      if (!verdict(key).isOrdinary || key === '__proto__' || key === 'toJSON') {
        return { shown: attributes, unknown: attributes };
      }
      const value = attributes[key];
      if (typeof value === 'string') {
        const checked = this.text(value, time);
        if (checked === undefined) (unknown ??= {})[key] = value;
        else if (checked !== value) (shown ??= { ...attributes })[key] = checked;
      } else if (value !== undefined && !isKnown(value) && !this.#isKnownItem(value)) (unknown ??= {})[key] = value;
    }
    return shown === undefined && unknown === undefined ? undefined : { shown: shown ?? attributes, unknown };
  }

  // A list of one is no pair of a name and a value.
  #isKnownItem(value: unknown): boolean {
    return (
      Array.isArray(value) &&
      value.length === 1 &&
      Object.getPrototypeOf(value) === Array.prototype &&
      !Object.hasOwn(value, 'toJSON') &&
      this.#rules.isKnown(value[0])
    );
  }
}
