import type { Link } from '@opentelemetry/api';
import { SpanKind } from '@opentelemetry/api';
import { toAttributes } from '../calls/attributes.js';
import type { CallArguments, CallTarget, Facet } from '../calls/facet.js';
import { guarded, refusePromise } from '../core/guard.js';
import type { GuardCode } from '../core/guard.js';
import type { LooseOptions } from './loose-options.js';

const KINDS = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const;

// Enough items to see what a stream gave; the copy of them is bounded on its own.
const MAX_ITEMS = 4000;

type Hook = (...args: unknown[]) => unknown;

function applyHook(hook: unknown, self: unknown, args: CallArguments): unknown {
  return Reflect.apply(hook as Hook, self, args);
}

/** A number that one of the user's functions makes; what it makes and is no number is counted and left out. */
export function numberOf(code: GuardCode, hook: unknown, self: unknown, args: CallArguments): number | undefined {
  return guarded(code, () => {
    const made = refusePromise(applyHook(hook, self, args));
    if (made === undefined || made === null || typeof made === 'number') return made ?? undefined;
    throw new TypeError(`got ${typeof made}, expected a number`);
  });
}

/** A text, given as it is or made from the arguments; what is made and is no text is counted and left out. */
export function textOf(code: GuardCode, option: unknown, self: unknown, args: CallArguments): string | undefined {
  if (typeof option !== 'function') return typeof option === 'string' ? option : undefined;
  return guarded(code, () => {
    const made = refusePromise(applyHook(option, self, args));
    if (made === undefined || made === null || typeof made === 'string') return made ?? undefined;
    throw new TypeError(`got ${typeof made}, expected a string`);
  });
}

function expectationOf(expected: LooseOptions['expectedErrors']): Facet['isExpected'] {
  if (expected === undefined) return undefined;
  // Given on as it is: whoever calls it is the one who guards it, against a promise as well.
  if (typeof expected === 'function') return expected as Facet['isExpected'];
  return (error) => expected.some((known) => error instanceof (known as new () => unknown));
}

function linksOf(links: LooseOptions['links']): Facet['links'] {
  if (links === undefined) return undefined;
  if (typeof links === 'function') return (self, args) => applyHook(links, self, args) as readonly Link[];
  return () => links;
}

function tracingOf(tracing: LooseOptions['tracing']): Facet['tracing'] {
  if (tracing === undefined) return undefined;
  return typeof tracing === 'function' ? (self) => (tracing as Hook)(self) : () => tracing;
}

function nameOf(name: LooseOptions['spanName']): Facet['spanName'] {
  return typeof name === 'function' ? (self, args) => applyHook(name, self, args) : name;
}

function beginOf(options: LooseOptions): Facet['begin'] {
  const { attributes, args: picked } = options;
  const isKept = picked !== undefined && picked !== false;
  if (typeof attributes !== 'function' && !isKept) return undefined;
  return (call, self, args) => {
    if (typeof attributes === 'function') {
      const made = guarded('HOOK_ATTRIBUTES', () => toAttributes(applyHook(attributes, self, args)));
      if (made !== undefined) call.setGiven(made);
    }
    if (picked === true) call.capture('spanwright.arguments', Array.from(args));
    else if (isKept) keepPicked(call, 'HOOK_ARGS', 'spanwright.arguments', () => applyHook(picked, self, args));
  };
}

function keepPicked(call: CallTarget, code: GuardCode, field: string, pick: () => unknown): void {
  const value = guarded(code, pick);
  if (value !== undefined) call.capture(field, value);
}

function settledOf(options: LooseOptions): Facet['settled'] {
  const { onResult, result: picked } = options;
  const isKept = picked !== undefined && picked !== false;
  if (onResult === undefined && !isKept) return undefined;
  return (call, self, value) => {
    if (onResult !== undefined) {
      const made = guarded('HOOK_ON_RESULT', () => toAttributes(applyHook(onResult, self, [value]), 'HOOK_ON_RESULT'));
      if (made !== undefined) call.setGiven(made);
    }
    if (picked === true) call.capture('spanwright.result', value);
    else if (isKept) keepPicked(call, 'HOOK_RESULT', 'spanwright.result', () => applyHook(picked, self, [value]));
  };
}

function keepItem(facet: object, call: CallTarget, item: unknown): void {
  const items = (call.notes.get(facet) as unknown[] | undefined) ?? [];
  if (items.length === 0) call.notes.set(facet, items);
  if (items.length < MAX_ITEMS) items.push(call.copy(item));
}

/** The part that every decorator shares: name, kind, attributes, hooks, captured arguments and result. */
export function createCallFacet(type: string, rank: number, options: LooseOptions): Facet {
  const { attributes, kind, granularity, root } = options;
  const key = {};
  const keepsItems = options.result === true;
  return {
    type,
    rank,
    spanName: nameOf(options.spanName),
    kind: kind === undefined ? undefined : KINDS[kind],
    granularity,
    defaultGranularity: 'full',
    root,
    content: options.content,
    links: linksOf(options.links),
    tracing: tracingOf(options.tracing),
    isExpected: expectationOf(options.expectedErrors),
    attributes: typeof attributes === 'object' ? toAttributes(attributes) : undefined,
    begin: beginOf(options),
    settled: settledOf(options),
    chunk: keepsItems ? (call, item) => keepItem(key, call, item) : undefined,
    done: keepsItems
      ? (call) => {
          const items = call.notes.get(key);
          if (items !== undefined) call.captureStream('spanwright.result', items as unknown[]);
        }
      : undefined,
  };
}
