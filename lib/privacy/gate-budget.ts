/** Bounds of the work on one value and one span; what lies beyond becomes `[not checked]`. */
export interface GateLimits {
  /** Levels of nesting. Default 64. */
  readonly maxDepth?: number;
  /** Values, holes included, in one value. Default 20,000. */
  readonly maxNodes?: number;
  /** Characters of texts and keys in one value. Default 1,048,576. */
  readonly maxChars?: number;
  /** Milliseconds of all values of one span, where there are more than a few. Default 50. */
  readonly maxMs?: number;
}

/** The limits that hold where none are given. */
export const GATE_LIMITS: Required<GateLimits> = { maxDepth: 64, maxNodes: 20_000, maxChars: 1_048_576, maxMs: 50 };

// The rules for texts look at no more of one text.
const CHARS_OF_TEXT = 65_536;
const NODES_PER_LOOK = 64;
const CHARS_PER_LOOK = 32_768;

// As much as any span may have: a pause of the machine must not cost a small one its content. In values; a kibibyte counts
// as four.
/** Work that the time of a span does not bound: values, and so many characters for each. */
export const FREE_WORK = 1024;
/** Characters that are as much work as one value. */
export const CHARS_PER_WORK = 256;

/** What one span took so far. */
export interface SpanTime {
  leftMs: number;
  work: number;
}

/** What one walk may still do. Once spent it stays so. */
export class GateBudget {
  readonly maxDepth: number;
  readonly #time: SpanTime;
  readonly #now: () => number;
  readonly #startedAt: number;
  #nodes: number;
  #chars: number;
  #untilLook = NODES_PER_LOOK;
  #charsUntilLook = CHARS_PER_LOOK;
  #isSpent: boolean;
  #isTooDeep = false;

  constructor(limits: GateLimits, time: SpanTime, now: () => number) {
    this.maxDepth = limits.maxDepth ?? GATE_LIMITS.maxDepth;
    this.#nodes = limits.maxNodes ?? GATE_LIMITS.maxNodes;
    this.#chars = limits.maxChars ?? GATE_LIMITS.maxChars;
    this.#time = time;
    this.#now = now;
    this.#startedAt = now();
    this.#isSpent = this.#isOver();
  }

  /** Tells that nothing more is to be looked at. */
  get isSpent(): boolean {
    return this.#isSpent;
  }

  /** Tells that something was not looked at. */
  get isExceeded(): boolean {
    return this.#isSpent || this.#isTooDeep;
  }

  /** Tells whether a level lies within the bound. */
  takeLevel(depth: number): boolean {
    if (depth >= this.maxDepth) this.#isTooDeep = true;
    return depth < this.maxDepth;
  }

  /** Takes a value; false when none is left. `weight` is above 1 where the value costs more than a look. */
  takeNode(weight = 1): boolean {
    if (this.#isSpent) return false;
    this.#time.work += weight;
    if (--this.#nodes < 0) this.#isSpent = true;
    this.#untilLook -= weight;
    if (this.#untilLook <= 0) this.#look();
    return !this.#isSpent;
  }

  /** Takes the characters of a text; false when none were left. */
  takeChars(length: number): boolean {
    if (this.#isSpent) return false;
    const cost = Math.min(length, CHARS_OF_TEXT);
    this.#time.work += length / CHARS_PER_WORK;
    this.#charsUntilLook -= cost;
    if (this.#charsUntilLook <= 0) this.#look();
    if (cost > this.#chars) this.#isSpent = true;
    this.#chars -= cost;
    return !this.#isSpent;
  }

  /** Looks at the clock, for one long text; false when nothing more is to be looked at. */
  readonly mayGoOn = (): boolean => {
    this.#look();
    return !this.#isSpent;
  };

  /** Puts the time of this walk on the account of its span. */
  close(): void {
    this.#time.leftMs -= this.#now() - this.#startedAt;
  }

  #look(): void {
    this.#untilLook = NODES_PER_LOOK;
    this.#charsUntilLook = CHARS_PER_LOOK;
    if (this.#isOver()) this.#isSpent = true;
  }

  #isOver(): boolean {
    return this.#time.work >= FREE_WORK && this.#now() - this.#startedAt >= this.#time.leftMs;
  }
}
