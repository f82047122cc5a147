import type { Attributes } from '@opentelemetry/api';
import { SpanKind } from '@opentelemetry/api';
import type { ContentTier } from '../privacy/tiers.js';
import { strictest } from '../privacy/tiers.js';
import type { Barrier } from './barrier.js';
import type { Facet, Granularity, Subject } from './facet.js';

/** Names as they are shown, for as long as the rules are the same. */
export interface ShownNames {
  by: unknown;
  readonly names: Map<string, string>;
}

/** What the decorators on one function decided together, once. */
export interface Plan {
  /** Topmost in the source first. */
  readonly facets: readonly Facet[];
  /** Of the facets. */
  readonly types: readonly string[];
  readonly functionName: string;
  /** Known at decoration under legacy decorators, found at the first call under standard ones. */
  readonly className: string | undefined;
  /** False for a function or a block, which has no class. */
  readonly isMethod: boolean;
  readonly spanName: Facet['spanName'];
  readonly namedBy: Facet;
  readonly kind: SpanKind;
  readonly granularity: Granularity;
  readonly root: boolean;
  readonly attributes: Attributes;
  readonly links: Facet['links'];
  readonly tracing: Facet['tracing'];
  readonly isExpected: Facet['isExpected'];
  readonly opening: readonly Facet[];
  readonly containing: readonly Facet[];
  readonly entering: readonly Facet[];
  readonly beginning: readonly Facet[];
  readonly settling: readonly Facet[];
  readonly chunking: readonly Facet[];
  readonly ending: readonly Facet[];
  /** True when the arguments are content for a facet. */
  readonly takesContent: boolean;
  /** The strictest tier that a facet names for the content of the call. */
  readonly content: ContentTier | undefined;
  /** True when a facet measures. */
  readonly measures: boolean;
  /** What holds the call until its record is kept. */
  readonly barrier: Barrier | undefined;
  /** True when calls need not be looked at to tell their context. */
  readonly entersPlainly: boolean;
  /** The names, once they are known for good; written by `subjectOf`. */
  subject: Subject | undefined;
  /** What names that never change show, by the rules that hid it; written by the engine. */
  readonly shown: ShownNames;
}

/** The function that a plan is for. */
export interface PlanSubject {
  readonly functionName: string;
  readonly className: string | undefined;
  readonly isMethod: boolean;
}

function first<T>(facets: readonly Facet[], pick: (facet: Facet) => T | undefined): T | undefined {
  for (const facet of facets) {
    const value = pick(facet);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The attributes of a plan that names none. */
export const NO_ATTRIBUTES: Attributes = Object.freeze({});

// Topmost last, so that the topmost decorator's attribute wins.
function mergeAttributes(facets: readonly Facet[]): Attributes {
  if (facets.every((facet) => facet.attributes === undefined)) return NO_ATTRIBUTES;
  return Object.freeze(Object.assign({}, ...facets.toReversed().map((facet) => facet.attributes)) as Attributes);
}

function strongest(facets: readonly Facet[]): Facet {
  return facets.reduce((best, facet) => (facet.rank < best.rank ? facet : best));
}

/** Decides everything that can be known before a call. `facets` are in source order, topmost first, and not empty. */
export function createPlan(facets: readonly Facet[], subject: PlanSubject): Plan {
  const namedBy = strongest(facets);
  return {
    facets,
    types: facets.map((facet) => facet.type),
    functionName: subject.functionName,
    className: subject.className,
    isMethod: subject.isMethod,
    spanName: first(facets, (facet) => facet.spanName),
    namedBy,
    kind: first(facets, (facet) => facet.kind) ?? namedBy.defaultKind ?? SpanKind.INTERNAL,
    granularity: first(facets, (facet) => facet.granularity) ?? namedBy.defaultGranularity,
    root: first(facets, (facet) => facet.root) ?? false,
    attributes: mergeAttributes(facets),
    links: first(facets, (facet) => facet.links),
    tracing: first(facets, (facet) => facet.tracing),
    isExpected: first(facets, (facet) => facet.isExpected),
    opening: facets.filter((facet) => facet.opening !== undefined).toReversed(),
    containing: facets.filter((facet) => facet.streamIn !== undefined),
    entering: facets.filter((facet) => facet.enter !== undefined),
    beginning: facets.filter((facet) => facet.begin !== undefined).toReversed(),
    settling: facets.filter((facet) => facet.settled !== undefined).toReversed(),
    chunking: facets.filter((facet) => facet.chunk !== undefined),
    ending: facets.filter((facet) => facet.done !== undefined).toReversed(),
    takesContent: facets.some((facet) => facet.takesContent === true),
    content: strictest(...facets.map((facet) => facet.content)),
    measures: facets.some((facet) => facet.measures === true),
    barrier: first(facets, (facet) => facet.barrier),
    entersPlainly: facets.every((facet) => facet.tracing === undefined && facet.enter === undefined),
    subject: undefined,
    shown: { by: undefined, names: new Map() },
  };
}

/** Puts a decorator on top of a plan. The same facet twice keeps the topmost's options. */
export function addFacet(plan: Plan | undefined, facet: Facet, subject: PlanSubject): Plan {
  const below = plan?.facets.filter((other) => other.type !== facet.type) ?? [];
  return createPlan([facet, ...below], {
    ...subject,
    className: plan?.className ?? subject.className,
  });
}
