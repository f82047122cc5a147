import type { Link } from '@opentelemetry/api';
import type { Granularity } from '../calls/facet.js';
import { SpanwrightError } from '../core/errors.js';
import type { ContentTier } from '../privacy/tiers.js';

type Fn = (...args: never[]) => unknown;

/** Options as they arrive: every decorator's, with the types of their functions forgotten. */
export interface LooseOptions {
  readonly name?: string | Fn | undefined;
  readonly spanName?: string | Fn | undefined;
  readonly kind?: 'internal' | 'server' | 'client' | 'producer' | 'consumer' | undefined;
  readonly attributes?: object | Fn | undefined;
  readonly onResult?: Fn | undefined;
  readonly args?: boolean | Fn | undefined;
  readonly result?: boolean | Fn | undefined;
  readonly content?: ContentTier | undefined;
  readonly root?: boolean | undefined;
  readonly links?: readonly Link[] | Fn | undefined;
  readonly granularity?: Granularity | undefined;
  readonly expectedErrors?: readonly unknown[] | ((error: unknown) => unknown) | undefined;
  readonly tracing?: object | Fn | undefined;
  readonly include?: readonly (string | symbol)[] | RegExp | undefined;
  readonly exclude?: readonly (string | symbol)[] | RegExp | undefined;
  readonly description?: string | Fn | undefined;
  readonly runId?: string | Fn | undefined;
  readonly id?: string | Fn | undefined;
  readonly type?: string | Fn | undefined;
  readonly status?: Fn | undefined;
  readonly score?: Fn | undefined;
  readonly provider?: string | undefined;
  readonly model?: string | undefined;
  readonly operation?: string | undefined;
  readonly prompt?: object | Fn | undefined;
  readonly request?: Fn | undefined;
  readonly extract?: Fn | undefined;
  readonly cached?: Fn | undefined;
  readonly version?: string | undefined;
  readonly callId?: string | Fn | undefined;
  readonly toolType?: string | undefined;
  readonly dataSource?: string | undefined;
  readonly topK?: number | Fn | undefined;
  readonly query?: Fn | undefined;
  readonly documents?: Fn | undefined;
  readonly callType?: string | undefined;
  readonly level?: string | undefined;
  readonly actor?: object | Fn | undefined;
  readonly row?: string | Fn | undefined;
  readonly ledger?: object | Fn | undefined;
  readonly durability?: string | undefined;
  readonly count?: number | Fn | undefined;
  readonly passed?: Fn | undefined;
  readonly violations?: Fn | undefined;
  readonly strategy?: string | Fn | undefined;
  readonly trigger?: string | Fn | undefined;
  readonly success?: Fn | undefined;
  readonly counter?: string | undefined;
  readonly histogram?: string | undefined;
  readonly unit?: string | undefined;
  readonly value?: Fn | undefined;
}

type Check = readonly [expected: string, accepts: (value: unknown) => boolean];

const isFunction = (value: unknown): boolean => typeof value === 'function';
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
const isListOfClasses = (value: unknown): boolean => Array.isArray(value) && value.every(isFunction);
const isTracing = (value: unknown): boolean => isObject(value) && isFunction((value as { flush?: unknown }).flush);
const oneOf = (...allowed: string[]): Check => [
  `one of ${allowed.join(', ')}`,
  (value) => typeof value === 'string' && allowed.includes(value),
];
const text: Check = ['a string or a function', (value) => typeof value === 'string' || isFunction(value)];
const named: Check = ['a non-empty string or a function', (value) => text[1](value) && value !== ''];
const flag: Check = ['true or false', (value) => typeof value === 'boolean'];
const fn: Check = ['a function', isFunction];
const keeper: Check = ['true, false or a function', (value) => typeof value === 'boolean' || isFunction(value)];
const list: Check = ['an array or a function', (value) => Array.isArray(value) || isFunction(value)];
const word: Check = ['a non-empty string', (value) => typeof value === 'string' && value !== ''];
const amount: Check = ['a number or a function', (value) => Number.isFinite(value) || isFunction(value)];
const instrument: Check = [
  'a letter and at most 254 letters, digits, "_", ".", "-" or "/"',
  (value) => typeof value === 'string' && /^[a-z][\w.\-/]{0,254}$/i.test(value),
];
const isNamed = (value: unknown): boolean => isObject(value) && word[1]((value as { name?: unknown }).name);
const isTyped = (value: unknown): boolean => isObject(value) && word[1]((value as { type?: unknown }).type);
const isLedger = (value: unknown): boolean => isObject(value) && isFunction((value as { begin?: unknown }).begin);
const filter: Check = ['an array of names or a RegExp', (value) => Array.isArray(value) || value instanceof RegExp];

const CHECKS: Record<keyof LooseOptions, Check> = {
  name: named,
  spanName: named,
  kind: oneOf('internal', 'server', 'client', 'producer', 'consumer'),
  attributes: ['an object or a function', (value) => isObject(value) || isFunction(value)],
  onResult: fn,
  args: keeper,
  result: keeper,
  content: oneOf('none', 'digest', 'redacted', 'full'),
  root: flag,
  links: list,
  granularity: oneOf('lifecycle', 'rows', 'full'),
  expectedErrors: ['an array of classes or a function', (value) => isFunction(value) || isListOfClasses(value)],
  tracing: ['a tracing of createTracing() or a function', (value) => isFunction(value) || isTracing(value)],
  include: filter,
  exclude: filter,
  description: text,
  runId: text,
  id: text,
  type: named,
  status: fn,
  score: fn,
  provider: word,
  model: word,
  operation: oneOf('chat', 'text_completion', 'generate_content'),
  prompt: ['an object with a name, or a function', (value) => isFunction(value) || isNamed(value)],
  request: fn,
  extract: fn,
  cached: fn,
  version: word,
  callId: text,
  toolType: oneOf('function', 'extension', 'datastore'),
  dataSource: word,
  topK: amount,
  query: fn,
  documents: fn,
  callType: word,
  level: oneOf('metadata', 'request', 'requestResponse'),
  actor: ['an object with a type, or a function', (value) => isFunction(value) || isTyped(value)],
  row: text,
  ledger: ['a ledger or a function', (value) => isFunction(value) || isLedger(value)],
  durability: oneOf('sync', 'async'),
  count: amount,
  passed: fn,
  violations: fn,
  strategy: text,
  trigger: text,
  success: fn,
  counter: instrument,
  histogram: instrument,
  unit: ['at most 63 characters of ASCII', (value) => typeof value === 'string' && /^[\x20-\x7e]{1,63}$/.test(value)],
  value: fn,
};

/** Names the options that one decorator takes. */
export type OptionKeys = readonly (keyof LooseOptions)[];

/** What every decorator takes. */
export const COMMON_KEYS: OptionKeys = [
  'name',
  'spanName',
  'kind',
  'attributes',
  'onResult',
  'args',
  'result',
  'content',
  'root',
  'links',
  'granularity',
  'expectedErrors',
  'tracing',
];

function print(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

/**
 * Checks what a decorator was given, once, at decoration time.
 * Throws `DECORATOR_OPTIONS_INVALID` naming the option, what was got and what was expected.
 */
export function readOptions(decorator: string, given: unknown, keys: OptionKeys): LooseOptions {
  if (given === undefined) return {};
  if (!isObject(given)) {
    throw new SpanwrightError(
      'DECORATOR_OPTIONS_INVALID',
      `wrong options for ${decorator}(): got ${print(given)}, expected a name or an options object`,
    );
  }
  for (const [key, value] of Object.entries(given as object)) {
    if (!(keys as readonly string[]).includes(key)) {
      throw new SpanwrightError(
        'DECORATOR_OPTIONS_INVALID',
        `unknown option of ${decorator}(): got "${key}", expected one of ${keys.join(', ')}`,
      );
    }
    const [expected, accepts] = CHECKS[key as keyof LooseOptions];
    if (value !== undefined && !accepts(value)) {
      throw new SpanwrightError(
        'DECORATOR_OPTIONS_INVALID',
        `wrong value for option "${key}" of ${decorator}(): got ${print(value)}, expected ${expected}`,
      );
    }
  }
  return given as LooseOptions;
}
