import type { Context, SpanContext } from '@opentelemetry/api';
import { trace, TraceFlags } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { TracingScope } from '../../core/scope.js';
import type { Criteria } from './criteria.js';
import type { Granularity } from './granularity.js';
import { levelOfStarting } from './granularity.js';
import type { Route } from './route.js';
import { reaches } from './route.js';

/** A span that others hang under. It knows none of those above: a chain of them would never be let go. */
interface Anchor {
  /** A copy: the object itself is a key. */
  readonly context: SpanContext;
  /** Kept spans that were promised below it. */
  kept: number;
  /** Set when it was left out as a leaf: what hangs under it then. Its own leaves were left out before, so chains stay short. */
  instead: { readonly above: Anchor | undefined } | undefined;
}

const anchorOf = (context: SpanContext): Anchor => ({ context: { ...context }, kept: 0, instead: undefined });

function standing(anchor: Anchor | undefined): Anchor | undefined {
  let found = anchor;
  while (found?.instead !== undefined) found = found.instead.above;
  return found;
}

/** What is known of one span. */
interface Note {
  isTaken: boolean;
  /** Judged for good. */
  isFinal: boolean;
  readonly isOutside: boolean;
  /** The nearest ancestor that the destination gets. */
  readonly above: Anchor | undefined;
  /** Itself, once something hangs under it. */
  own: Anchor | undefined;
}

// Level of a span of which nobody noted it: rather one too many than an orphan below it.
const UNKNOWN_LEVEL: Granularity = 'lifecycle';

const isSampled = ({ traceFlags }: SpanContext): boolean => (traceFlags & TraceFlags.SAMPLED) !== 0;

function isReadable(span: object | undefined): span is ReadableSpan {
  const { name, attributes } = (span ?? {}) as Partial<ReadableSpan>;
  return typeof name === 'string' && typeof attributes === 'object';
}

/** Follows spans from their start for all destinations with the same rules and audience. */
export class Tracker {
  readonly criteria: Criteria;
  readonly scope: TracingScope | undefined;
  /** Selections that share it. */
  users = 0;
  readonly #notes = new WeakMap<SpanContext, Note>();

  constructor(criteria: Criteria, scope: TracingScope | undefined) {
    this.criteria = criteria;
    this.scope = scope;
  }

  /** Where every span is taken, only what a scope keeps to itself needs a note. */
  get takesAll(): boolean {
    return this.criteria.takesAll && this.scope === undefined;
  }

  /** Decides on a span that is starting. */
  note(span: ReadableSpan, context: Context, route: Route): void {
    const key = span.spanContext();
    // Two processors of one provider both see it.
    if (this.#notes.has(key)) return;
    const parent = span.parentSpanContext === undefined ? undefined : trace.getSpanContext(context);
    const isInside = this.#isInside(key, route);
    if (this.takesAll && isInside && (parent === undefined || this.#notes.get(parent)?.isTaken !== false)) return;
    const above = parent === undefined ? undefined : this.#anchorAt(parent, span, context);
    const isRoot = parent === undefined || parent.isRemote === true || this.#isFirst(parent);
    const isTaken = isInside && this.criteria.takes(span, levelOfStarting(span, isRoot));
    if (isTaken && above !== undefined) above.kept++;
    this.#notes.set(key, { isTaken, isFinal: !isTaken, isOutside: !isInside, above, own: undefined });
  }

  /** Tells whether destinations get a span that ended. */
  takes(span: ReadableSpan): boolean {
    const note = this.#notes.get(span.spanContext());
    if (note === undefined) return this.takesAll || this.#judgeLate(span).isTaken;
    if (!note.isFinal && span.ended) this.#judgeEnd(note, span);
    return note.isTaken;
  }

  /** The parent under which destinations see a span. */
  parentOf(span: ReadableSpan): SpanContext | undefined {
    const note = this.#notes.get(span.spanContext());
    return note === undefined ? span.parentSpanContext : note.above?.context;
  }

  #isInside(spanContext: SpanContext, route: Route): boolean {
    if (!isSampled(spanContext) || !reaches(route, this.scope)) return false;
    return this.scope === undefined || this.scope.wants(spanContext.traceId);
  }

  // Of a scope the first span is what a local root is to the process.
  #isFirst(parent: SpanContext): boolean {
    return this.scope !== undefined && this.#notes.get(parent)?.isOutside !== false;
  }

  #anchorAt(parent: SpanContext, span: ReadableSpan, context: Context): Anchor | undefined {
    if (parent.isRemote === true) return anchorOf(parent);
    const note = this.#notes.get(parent) ?? this.#noteEarlier(span, context);
    if (note === undefined) return this.takesAll ? anchorOf(parent) : undefined;
    return note.isTaken ? (note.own ??= anchorOf(parent)) : standing(note.above);
  }

  // A parent that started before anybody looked; of another provider it is none that destinations get.
  #noteEarlier(span: ReadableSpan, context: Context): Note | undefined {
    if (this.takesAll || this.scope !== undefined) return undefined;
    const parent: object | undefined = trace.getSpan(context);
    return isReadable(parent) && parent.resource === span.resource ? this.#judgeLate(parent) : undefined;
  }

  // Never left out as a leaf: what hangs under it was not noted either.
  #judgeLate(span: ReadableSpan): Note {
    const parent = span.parentSpanContext;
    const note: Note = {
      isTaken: this.scope === undefined && isSampled(span.spanContext()) && this.criteria.takes(span, UNKNOWN_LEVEL),
      isFinal: true,
      isOutside: this.scope !== undefined,
      above: parent && anchorOf(parent),
      own: undefined,
    };
    this.#notes.set(span.spanContext(), note);
    return note;
  }

  #judgeEnd(note: Note, { attributes }: ReadableSpan): void {
    note.isFinal = true;
    if (!this.criteria.judgesEnds || (note.own?.kept ?? 0) > 0 || !this.criteria.dropsLeaf(attributes)) return;
    note.isTaken = false;
    if (note.own !== undefined) note.own.instead = { above: note.above };
    if (note.above !== undefined) note.above.kept--;
  }
}
