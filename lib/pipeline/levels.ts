import type { Context, SpanContext } from '@opentelemetry/api';
import { SpanKind, trace } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { state } from '../core/state.js';

/** How much of a trace a destination takes. */
export type Granularity = 'lifecycle' | 'rows' | 'full';

// Copies of span contexts and never the objects themselves: those are keys, and a chain of them would never be let go.
interface Anchors {
  readonly level: Granularity;
  /** The nearest ancestor that a destination of this granularity gets. */
  readonly lifecycle: SpanContext | undefined;
  readonly rows: SpanContext | undefined;
}

const anchors = new WeakMap<SpanContext, Anchors>();

function isGranularity(value: string | undefined): value is Granularity {
  return value === 'lifecycle' || value === 'rows' || value === 'full';
}

function levelOf(span: ReadableSpan, parent: SpanContext | undefined): Granularity {
  if (parent === undefined || parent.isRemote === true) return 'lifecycle';
  if (isGranularity(state.openingLevel)) return state.openingLevel;
  return span.kind === SpanKind.SERVER || span.kind === SpanKind.CONSUMER ? 'lifecycle' : 'full';
}

/** Notes where a starting span stands, so that destinations which leave spans out still get a tree without orphans. */
export function noteLevel(span: ReadableSpan, context: Context): void {
  if (state.levelReaders === 0) return;
  const parent = span.parentSpanContext === undefined ? undefined : trace.getSpanContext(context);
  const above = parent === undefined ? undefined : anchors.get(parent);
  const copy = parent === undefined ? undefined : { ...parent };
  const isRemote = parent?.isRemote === true;
  anchors.set(span.spanContext(), {
    level: levelOf(span, parent),
    lifecycle:
      above === undefined ? (isRemote ? copy : undefined) : above.level === 'lifecycle' ? copy : above.lifecycle,
    rows: above === undefined ? (isRemote ? copy : undefined) : above.level === 'full' ? above.rows : copy,
  });
}

/** Tells whether a destination of this granularity gets the span. */
export function isTaken(span: ReadableSpan, granularity: Granularity): boolean {
  if (granularity === 'full') return true;
  const level = anchors.get(span.spanContext())?.level ?? 'lifecycle';
  return level === 'lifecycle' || level === granularity;
}

/** The parent under which a destination of this granularity sees the span. */
export function parentFor(span: ReadableSpan, granularity: Granularity): SpanContext | undefined {
  if (granularity === 'full') return span.parentSpanContext;
  const known = anchors.get(span.spanContext());
  return known === undefined ? span.parentSpanContext : known[granularity];
}
