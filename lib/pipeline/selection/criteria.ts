import type { Attributes } from '@opentelemetry/api';
import { isModelCall } from '../../genai/span-kind.js';
import type { SpanFilter } from '../settings.js';
import type { Granularity } from './granularity.js';
import { takesLevel } from './granularity.js';
import type { NamePattern } from './name-patterns.js';
import { compileNames } from './name-patterns.js';

/** Which spans a destination takes. */
export interface SelectionRules {
  readonly granularity: Granularity;
  readonly filter: SpanFilter;
}

/** What is looked at of a span. */
export interface SelectableSpan {
  readonly name: string;
  readonly attributes: Attributes;
}

/** Compiled rules. */
export interface Criteria {
  /** Equal for rules that decide the same. */
  readonly key: string;
  /** Nothing is left out. */
  readonly takesAll: boolean;
  /** Some spans are judged by what they are at their end. */
  readonly judgesEnds: boolean;
  /** Judges a span by what is known when it starts. */
  takes(span: SelectableSpan, level: Granularity): boolean;
  /** Tells whether a span is left out for its attributes, if it is a leaf. */
  dropsLeaf(attributes: Attributes): boolean;
}

function keyOf({ granularity, filter }: SelectionRules): string {
  const { only, keepNames, dropNames, dropWhere } = filter;
  const named = (patterns: readonly NamePattern[] | undefined): unknown =>
    patterns?.map((one) => (typeof one === 'string' ? one : [one.source, one.flags]));
  return JSON.stringify([granularity, only, named(keepNames), named(dropNames), dropWhere]);
}

/** Compiles rules. */
export function compileCriteria(rules: SelectionRules): Criteria {
  const { granularity, filter } = rules;
  const { only, keepNames, dropNames = [], dropWhere = [] } = filter;
  const keeps = keepNames && compileNames(keepNames);
  const drops = dropNames.length === 0 ? undefined : compileNames(dropNames);
  // An entry that asks for nothing would be met by every span.
  const wheres = dropWhere.map((entry) => Object.entries(entry)).filter((entry) => entry.length > 0);
  return {
    key: keyOf(rules),
    takesAll:
      granularity === 'full' && only === undefined && keeps === undefined && drops === undefined && wheres.length === 0,
    judgesEnds: wheres.length > 0,
    takes: ({ name, attributes }, level) =>
      takesLevel(granularity, level) &&
      (only === undefined || isModelCall(attributes)) &&
      keeps?.(name) !== false &&
      drops?.(name) !== true,
    dropsLeaf: (attributes) => wheres.some((entry) => entry.every(([key, value]) => attributes[key] === value)),
  };
}
