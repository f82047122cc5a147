import type { Context, SpanContext } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { countGuarded } from '../../core/guard.js';
import type { TracingScope } from '../../core/scope.js';
import { state } from '../../core/state.js';
import type { SelectionRules } from './criteria.js';
import { compileCriteria } from './criteria.js';
import type { Route } from './route.js';
import { Tracker } from './tracker.js';

/** Decides which spans a destination takes, and under which parent. */
export interface Selection {
  /** Tells whether the destination gets a span that ended. The answer stays the same. */
  takes(span: ReadableSpan): boolean;
  /** The parent under which the destination sees the span: its nearest ancestor that the destination gets. */
  parentOf(span: ReadableSpan): SpanContext | undefined;
  /** Starting spans are no longer looked at; what was decided stays. Twice is harmless. */
  close(): void;
}

/** Takes every span as it is, and needs nobody to look at starts. */
export const EVERY_SPAN: Selection = {
  takes: () => true,
  parentOf: (span) => span.parentSpanContext,
  close: () => {},
};

// Of this copy of the package; those of all copies stand in the shared state.
const live = new Set<Tracker>();

function acquire(rules: SelectionRules, scope: TracingScope | undefined): Tracker {
  const criteria = compileCriteria(rules);
  let tracker: Tracker | undefined;
  for (const one of live) if (one.scope === scope && one.criteria.key === criteria.key) tracker = one;
  if (tracker === undefined) {
    live.add((tracker = new Tracker(criteria, scope)));
    state.selections.add(tracker);
  }
  tracker.users++;
  if (!tracker.takesAll) state.levelReaders++;
  return tracker;
}

function release(tracker: Tracker): void {
  tracker.users--;
  if (!tracker.takesAll) state.levelReaders--;
  if (tracker.users > 0) return;
  live.delete(tracker);
  state.selections.delete(tracker);
}

/**
 * Starts to decide for a destination; of a scope it takes only spans that started inside. Equal selections share what
 * they know of spans. Ends with `close`.
 */
export function openSelection(rules: SelectionRules, scope?: TracingScope): Selection {
  const tracker = acquire(rules, scope);
  let isOpen = true;
  return {
    takes: (span) => tracker.takes(span),
    parentOf: (span) => tracker.parentOf(span),
    close: () => {
      if (isOpen) release(tracker);
      isOpen = false;
    },
  };
}

/** Lets all selections decide on a span that is starting. Never throws. */
export function noteStart(span: ReadableSpan, context: Context, route: Route): void {
  for (const selection of state.selections) {
    try {
      selection.note(span, context, route);
    } catch (error) {
      countGuarded('PIPELINE', error);
    }
  }
}
