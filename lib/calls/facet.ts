import type { Attributes, Context, Link, SpanKind } from '@opentelemetry/api';
import type { ContentTier } from '../privacy/tiers.js';
import type { Barrier } from './barrier.js';
import type { CallArguments, Outcome, Subject } from './call-facts.js';

export type { CallArguments, Outcome, Subject } from './call-facts.js';

/** How much of a trace a destination takes; also the level at which a span counts. */
export type Granularity = 'lifecycle' | 'rows' | 'full';

/** What a facet may do to the call it belongs to. Every method is guarded and does nothing when the span is off. */
export interface CallTarget {
  readonly recording: boolean;
  /** `error.type` of what the call failed with, for a facet that measures; undefined where it did not fail. */
  readonly errorType: string | undefined;
  /** What the options of all decorators on the function name as attributes; it beats what a facet says by itself. */
  readonly given: Attributes;
  /** Sets facts; what their texts show of secrets and personal data is hidden. */
  setAttributes(attributes: Attributes): void;
  /** Sets what the user's own functions for attributes made, as it is. */
  setGiven(attributes: Attributes): void;
  /** Copies the value now and keeps it beside the span, where somebody wants content. */
  capture(field: string, value: unknown): void;
  /** Keeps the items of a stream, which `copy` made. */
  captureStream(field: string, items: readonly unknown[]): void;
  /** Copies what was sent or came back, where a destination wants its digest; no destination sees it otherwise. */
  captureForDigest(side: 'request' | 'response', value: unknown): void;
  /** Copies a value now; `undefined` where nobody wants content. */
  copy(value: unknown, maxDepth?: number): unknown;
  /** True where somebody wants content. */
  readonly wantsContent: boolean;
  /** Keeps content that is worked out from copies when the span leaves, and not before. */
  captureLate(read: () => Readonly<Record<string, unknown>>, bytes?: number): void;
  addEvent(name: string, attributes: Attributes | undefined): void;
  /** Sends what is no part of the span, a measurement say; where a barrier holds the call, after its end is kept. */
  emit(work: () => void): void;
  /** A store of this call, for what a facet gathers between `begin` and `done`. */
  readonly notes: Map<object, unknown>;
}

/**
 * What one decorator adds to a plan. Built once, at decoration time; the functions run inside a call, each guarded, and
 * only while the span records (`enter` always, because calls below need its context). Where metrics are on, the hooks from
 * `streamIn` to `done` of a facet that measures run in calls that are sampled out, too; such a facet looks at `recording`
 * before it runs a hook of the user's that serves the span.
 */
export interface Facet {
  readonly type: string;
  /** Who names the span and gives its kind: the lowest rank. */
  readonly rank: number;
  /** What holds the call until its record is kept. Of several on one function the topmost. */
  readonly barrier?: Barrier | undefined;
  /** The user's explicit span name; beats every facet's own. */
  readonly spanName?: string | ((self: unknown, args: CallArguments) => unknown) | undefined;
  /** The name by the facet's convention. */
  readonly conventionalName?: ((subject: Subject, self: unknown, args: CallArguments) => unknown) | undefined;
  /** The user's explicit kind. */
  readonly kind?: SpanKind | undefined;
  /** The kind by the facet's convention, where it names the span. Default internal. */
  readonly defaultKind?: SpanKind | undefined;
  readonly granularity?: Granularity | undefined;
  readonly defaultGranularity: Granularity;
  /** Runs for metrics in calls that are sampled out as well. */
  readonly measures?: boolean | undefined;
  /** The arguments are content: what an error quotes of them is not written on a span. */
  readonly takesContent?: boolean | undefined;
  /** The most that any destination sees of the content of the call. */
  readonly content?: ContentTier | undefined;
  readonly root?: boolean | undefined;
  readonly links?: ((self: unknown, args: CallArguments) => readonly Link[]) | undefined;
  readonly tracing?: ((self: unknown) => unknown) | undefined;
  readonly isExpected?: ((error: unknown) => boolean) | undefined;
  /** Attributes known at decoration time. */
  readonly attributes?: Attributes | undefined;
  /** Attributes that a sampler should see, because they are known when the span starts. */
  readonly opening?: ((self: unknown, args: CallArguments, subject: Subject) => Attributes | undefined) | undefined;
  /** The stream that a returned object holds in one of its fields, where that is the result. */
  readonly streamIn?: ((value: object) => unknown) | undefined;
  readonly enter?: ((context: Context, subject: Subject, self: unknown, args: CallArguments) => Context) | undefined;
  readonly begin?: ((call: CallTarget, self: unknown, args: CallArguments, subject: Subject) => void) | undefined;
  /** The value that was returned or resolved to, before a stream in it is read. */
  readonly settled?: ((call: CallTarget, self: unknown, value: unknown) => void) | undefined;
  /** One item that a stream, generator or observable gave. */
  readonly chunk?: ((call: CallTarget, item: unknown) => void) | undefined;
  readonly done?: ((call: CallTarget, outcome: Outcome) => void) | undefined;
}
