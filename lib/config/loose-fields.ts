import { copyInput, isPlain } from './input.js';

// Options → batch, filter → entries → values.
const DEPTH = 5;
// What code alone can give: itself, and never frozen.
const KEPT = ['exporter'];

function camelOf(key: string): string {
  return key.replaceAll(/(?<=[a-z0-9])_+([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

/** Copies data and freezes it; what is none of it becomes undefined, as does `null`. */
function freezeData(value: unknown): unknown {
  if (Array.isArray(value)) return Object.freeze(value.map(freezeData));
  if (value instanceof RegExp) return Object.freeze(new RegExp(value.source, value.flags.replaceAll(/[gy]/g, '')));
  if (isPlain(value)) {
    const entries = Object.entries(value).map(([key, item]) => [key, freezeData(item)] as const);
    // `fromEntries` defines keys, so that `__proto__` is one like any other.
    return Object.freeze(Object.fromEntries(entries.filter(([, item]) => item !== undefined)));
  }
  const isData = typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
  return isData ? value : undefined;
}

const TRUE = new Set<unknown>([true, 'true', 'yes', 'on', '1', 1]);

/** The fields of an object from anywhere, by their names in camel case; `snake_case` is read as well. Runs nothing of it later. */
export class LooseFields {
  readonly #values = new Map<string, unknown[]>();

  /** Undefined when it is no object. */
  static of(raw: unknown): LooseFields | undefined {
    const copy = copyInput(raw, DEPTH, KEPT);
    return isPlain(copy) ? new LooseFields(copy) : undefined;
  }

  private constructor(copy: Readonly<Record<string, unknown>>) {
    const keys = Object.keys(copy).filter((key) => !(key in Object.prototype));
    // The camel case goes first where both are written.
    keys.sort((a, b) => Number(camelOf(a) !== a) - Number(camelOf(b) !== b));
    for (const key of keys) {
      const value = KEPT.includes(key) ? copy[key] : freezeData(copy[key]);
      if (value === undefined) continue;
      const name = camelOf(key);
      this.#values.set(name, [...(this.#values.get(name) ?? []), value]);
    }
  }

  get names(): readonly string[] {
    return [...this.#values.keys()];
  }

  value(name: string): unknown {
    return this.#values.get(name)?.[0];
  }

  /** A text that is not empty. */
  text(name: string): string | undefined {
    const value = this.value(name);
    return typeof value === 'string' && /\S/.test(value) ? value : undefined;
  }

  /** True when every spelling says so in some way, false when one says anything else; undefined when nobody says anything. */
  flag(name: string): boolean | undefined {
    const said = this.#values.get(name)?.filter((value) => value !== '');
    if (said === undefined || said.length === 0) return undefined;
    return said.every((value) => TRUE.has(typeof value === 'string' ? value.trim().toLowerCase() : value));
  }

  /** A share from 0 to 1, as a number or as text. */
  ratio(name: string): number | undefined {
    const value = this.value(name);
    const number = typeof value === 'string' && /\S/.test(value) ? Number(value) : value;
    return typeof number === 'number' && number >= 0 && number <= 1 ? number : undefined;
  }
}
