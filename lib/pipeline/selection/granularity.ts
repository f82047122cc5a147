import { SpanKind } from '@opentelemetry/api';
import { state } from '../../core/state.js';

/** How much of a trace a destination takes. */
export type Granularity = 'lifecycle' | 'rows' | 'full';

function isGranularity(value: string | undefined): value is Granularity {
  return value === 'lifecycle' || value === 'rows' || value === 'full';
}

/** The level of a span that is starting at this moment; a local root is the first one of its trace in this process. */
export function levelOfStarting(span: { readonly kind: SpanKind }, isLocalRoot: boolean): Granularity {
  if (isLocalRoot) return 'lifecycle';
  if (isGranularity(state.openingLevel)) return state.openingLevel;
  return span.kind === SpanKind.SERVER || span.kind === SpanKind.CONSUMER ? 'lifecycle' : 'full';
}

/** Tells whether a destination of this granularity takes a span of this level. */
export function takesLevel(granularity: Granularity, level: Granularity): boolean {
  return granularity === 'full' || level === 'lifecycle' || level === granularity;
}
