import { types } from 'node:util';
import { isPlain, snapshot } from '../core/snapshot.js';
import { itemsUntil, ObjectCopy } from './copy-until.js';
import type { Mark } from './fingerprint.js';
import { isMark } from './fingerprint.js';
import type { GateBudget } from './gate-budget.js';
import type { LeafRules } from './gate-leaf.js';
import type { KeyVerdict } from './key-verdicts.js';
import { hasTwins, writeAgain } from './json-in-text.js';
import { CIRCULAR, GETTER, NOT_CHECKED, REDACTION_FAILED } from './marks.js';
import {
  hasCommonHeader,
  isHeaderValue,
  isOfLogprobs,
  isSame,
  isSchema,
  namesValue,
  saysSomething,
  textOf,
} from './sensitive-value.js';
import type { PathRules, PathState } from './value-paths.js';

/** The compiled rules of one walk. */
export interface WalkRules extends LeafRules {
  readonly verdict: (key: string) => KeyVerdict;
  readonly paths: PathRules | undefined;
  readonly mark: Mark;
}

const NO_STATES: readonly PathState[] = [];

/** One walk over one value: copies what it changes and nothing else. No code of the value runs. */
export class GateWalk {
  readonly #rules: WalkRules;
  readonly #budget: GateBudget;
  readonly #path: string[];
  readonly #parents: object[] = [];
  // Inside a text that is JSON, of which one layer is read.
  #isNested = false;
  #isGiven = false;
  #hadSensitiveKey = false;
  // Where nobody asks for paths, there is none, and a leaf that is known stays.
  readonly #hasPath: boolean;

  constructor(rules: WalkRules, budget: GateBudget, path: readonly string[]) {
    this.#rules = rules;
    this.#budget = budget;
    this.#path = [...path];
    this.#hasPath = rules.paths !== undefined || rules.redact !== undefined;
  }

  /** The value as it may leave. */
  run(value: unknown): unknown {
    let states = this.#rules.paths?.start ?? NO_STATES;
    for (const key of this.#path) states = this.#rules.paths?.enter(states, key) ?? NO_STATES;
    const key = this.#path.at(-1);
    if (key !== undefined && this.#rules.verdict(key).kind !== undefined && saysSomething(value)) {
      return this.#hide(value, 'key');
    }
    return this.#isAtPath(value, states) ? this.#hide(value, 'path') : this.#value(value, states);
  }

  #isAtPath(value: unknown, states: readonly PathState[]): boolean {
    return value !== null && value !== undefined && this.#rules.paths?.isEnd(states) === true;
  }

  #hide(value: unknown, kind: string): string {
    try {
      const text = textOf(value);
      return isMark(text) ? text : this.#rules.mark(text, kind);
    } catch {
      return this.#rules.failed('the mark could not be made');
    }
  }

  #value(value: unknown, states: readonly PathState[]): unknown {
    if (value === null || value === undefined || typeof value === 'boolean') return value;
    if (!this.#budget.takeNode()) return NOT_CHECKED;
    if (typeof value === 'string' || typeof value === 'number') return this.#leaf(value, states);
    if (typeof value === 'bigint') return this.#leaf(`${value}`, states);
    if (typeof value !== 'object' || types.isProxy(value)) return this.#leaf(String(snapshot(value)), states);
    const isArray = Array.isArray(value);
    if (!isArray && !isPlain(value)) return this.#leaf(String(snapshot(value)), states);
    if (this.#parents.includes(value)) return CIRCULAR;
    if (!this.#budget.takeLevel(this.#parents.length)) return NOT_CHECKED;
    return this.#container(value, isArray, states);
  }

  #container(value: object, isArray: boolean, states: readonly PathState[]): unknown {
    const keys = this.#path.length;
    const depth = this.#parents.length;
    this.#parents.push(value);
    try {
      return isArray ? this.#array(value as unknown[], states) : this.#object(value, states);
    } catch {
      return this.#rules.failed('a value could not be walked');
    } finally {
      this.#path.length = keys;
      this.#parents.length = depth;
    }
  }

  #array(source: readonly unknown[], states: readonly PathState[]): unknown {
    // Whatever would serialise itself is copied, so that its own code does not decide what leaves.
    const isOrdinary = Object.getPrototypeOf(source) === Array.prototype && !Object.hasOwn(source, 'toJSON');
    let copy: unknown[] | undefined = isOrdinary ? undefined : [];
    const { length } = source;
    for (let index = 0; index < length; index++) {
      if (this.#budget.isSpent) {
        copy ??= itemsUntil(source, index);
        copy[index] = NOT_CHECKED;
        return copy;
      }
      const own = Object.getOwnPropertyDescriptor(source, index);
      if (own === undefined) {
        // A hole costs as well, and stays one.
        this.#budget.takeNode();
        if (copy !== undefined) copy.length = index + 1;
        continue;
      }
      const result = this.#item(source, index, own, states);
      if (copy === undefined && !isSame(own, result)) copy = itemsUntil(source, index);
      if (copy !== undefined) copy[index] = result;
    }
    return copy ?? source;
  }

  #item(source: readonly unknown[], index: number, own: PropertyDescriptor, states: readonly PathState[]): unknown {
    if (typeof own.value === 'string' && own.value !== '' && this.#isNamedBefore(source, index, own.value)) {
      return this.#hide(own.value, 'key');
    }
    return this.#child(this.#hasPath ? String(index) : '', own, states);
  }

  // Headers are often written as `[['cookie', '…']]` or, by Node, as `['cookie', '…', 'host', '…']`.
  #isNamedBefore(source: readonly unknown[], index: number, value: string): boolean {
    if (index % 2 === 0 || source.length % 2 !== 0) return false;
    const name: unknown = Object.getOwnPropertyDescriptor(source, index - 1)?.value;
    if (typeof name !== 'string' || this.#rules.verdict(name).kind === undefined) return false;
    const isPair = source.length === 2 && Array.isArray(this.#parents.at(-2));
    return isPair || isHeaderValue(name, value) || hasCommonHeader(source);
  }

  #object(source: object, states: readonly PathState[]): unknown {
    const budget = this.#budget;
    let copy = Object.hasOwn(source, 'toJSON') ? new ObjectCopy(source) : undefined;
    // Walks the keys without an array of them; what the prototype has is no own property.
    for (const key in source) {
      const own = Object.getOwnPropertyDescriptor(source, key);
      if (own === undefined) continue;
      if (budget.isSpent || !budget.takeChars(key.length)) {
        copy ??= new ObjectCopy(source, key);
        copy.put('…', NOT_CHECKED, true);
        break;
      }
      const verdict = this.#rules.verdict(key);
      const isKept = verdict.isOrdinary && this.#isKept(own.value);
      if (isKept && copy === undefined) continue;
      const result: unknown = isKept ? own.value : this.#property(source, key, own, verdict, states);
      const isRenamed = verdict.key !== key;
      if (copy === undefined && (isRenamed || !isSame(own, result))) copy = new ObjectCopy(source, key);
      copy?.put(verdict.key, result, isRenamed);
    }
    return copy === undefined ? source : copy.result;
  }

  #isKept(value: unknown): boolean {
    if (this.#hasPath || !this.#rules.isKnown(value)) return false;
    return this.#budget.takeNode() && (typeof value !== 'string' || this.#budget.takeChars(value.length));
  }

  #property(
    source: object,
    key: string,
    own: PropertyDescriptor,
    verdict: KeyVerdict,
    states: readonly PathState[],
  ): unknown {
    const value: unknown = own.value;
    if (verdict.kind !== undefined && !isOfLogprobs(source, verdict) && !isSchema(value, verdict)) {
      this.#hadSensitiveKey = true;
      if (saysSomething(value)) return this.#hide(value, 'key');
    }
    // `{ name: 'cookie', value: '…' }`, as headers and settings are often written.
    if ((key === 'value' || key === 'Value') && saysSomething(value)) {
      const name = namesValue(source);
      if (name !== undefined && this.#rules.verdict(name).kind !== undefined) return this.#hide(value, 'key');
    }
    return this.#child(key, own, states);
  }

  #child(key: string, own: PropertyDescriptor, states: readonly PathState[]): unknown {
    const value: unknown = own.value;
    if (value === undefined && !('value' in own)) return GETTER;
    if (!this.#hasPath) return this.#value(value, states);
    const next = this.#rules.paths?.enter(states, key) ?? NO_STATES;
    if (this.#isAtPath(value, next)) return this.#hide(value, 'path');
    this.#path.push(key);
    const result = this.#value(value, next);
    this.#path.pop();
    return result;
  }

  #leaf(value: string | number, states: readonly PathState[]): unknown {
    const outer = this.#isGiven;
    try {
      const { redact } = this.#rules;
      if (redact === undefined || this.#isGiven) return this.#checked(value, states);
      this.#budget.takeNode(8);
      const given = redact(value, [...this.#path]);
      if (typeof given !== 'object' || given === null) return this.#checked(given, states);
      // What the function made of it is looked at as well, and not given to it again.
      this.#isGiven = true;
      return this.#nest(given, states);
    } catch {
      return this.#rules.failed('a value could not be checked');
    } finally {
      this.#isGiven = outer;
    }
  }

  #nest(value: unknown, states: readonly PathState[]): unknown {
    this.#isNested = true;
    try {
      return this.#value(value, states);
    } finally {
      this.#isNested = false;
    }
  }

  #checked(value: unknown, states: readonly PathState[]): unknown {
    if (value === REDACTION_FAILED) return value;
    if (typeof value === 'number') return this.#rules.number(value);
    if (typeof value !== 'string') return value;
    if (!this.#budget.takeChars(value.length)) return NOT_CHECKED;
    const json = this.#isNested ? undefined : this.#rules.json(value);
    return this.#rules.text(json === undefined ? value : this.#insideJson(value, json, states), this.#budget.mayGoOn);
  }

  #insideJson(text: string, json: object, states: readonly PathState[]): string {
    const outer = this.#hadSensitiveKey;
    this.#hadSensitiveKey = false;
    const result = this.#nest(json, states);
    // A key that stands twice is read once, so that its text cannot be trusted to hold only what was read.
    const isSameText = result === json && !(this.#hadSensitiveKey && hasTwins(text, json));
    this.#hadSensitiveKey = outer;
    return isSameText ? text : writeAgain(text, json, result, this.#rules.text);
  }
}
