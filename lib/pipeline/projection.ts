import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { contentOf } from '../core/capture.js';
import { guarded } from '../core/guard.js';
import { readSpanRecord } from '../genai/span-record.js';
import { vocabularyOf } from '../genai/vocabularies/known-vocabularies.js';
import type { VocabularyName } from '../genai/vocabularies/vocabulary.js';
import type { FinishedSpan } from './finished-span.js';
import type { Granularity } from './levels.js';
import { parentFor } from './levels.js';

/** A span as the SDK hands it over at its end. */
export type EndedSpan = ReadableSpan;

/** How much content a destination sees. */
export type ContentTier = 'none' | 'full';

/** What decides how a destination sees a span. */
export interface ProjectionRules {
  readonly content: ContentTier;
  readonly granularity: Granularity;
  readonly vocabulary: VocabularyName;
  /** Replaces the resource of the provider; undefined in a host's provider, whose resource stays. */
  readonly resource: FinishedSpan['resource'] | undefined;
}

function durationMs([seconds, nanoseconds]: ReadableSpan['duration']): number {
  return seconds * 1000 + nanoseconds / 1e6;
}

// The facts are on the span in the words of the conventions, so that a span without content is theirs as it is.
function attributesFor(span: ReadableSpan, { content, vocabulary }: ProjectionRules): Attributes {
  const kept = content === 'none' ? undefined : contentOf(span.spanContext());
  if (kept === undefined && vocabulary === 'gen-ai') return span.attributes;
  return (
    guarded('PIPELINE', () =>
      vocabularyOf(vocabulary).render(readSpanRecord(span, kept), {
        startTime: span.startTime,
        durationMs: durationMs(span.duration),
      }),
    ) ?? span.attributes
  );
}

/**
 * Makes what one destination sees of an ended span: a plain object in the shape of `ReadableSpan`, facts joined with
 * the content that the destination may see, under a parent that it gets.
 */
export function projectSpan(span: ReadableSpan, rules: ProjectionRules): FinishedSpan {
  const spanContext = span.spanContext();
  const parentSpanContext = parentFor(span, rules.granularity);
  return {
    name: span.name,
    kind: span.kind,
    spanContext: () => spanContext,
    ...(parentSpanContext === undefined ? {} : { parentSpanContext }),
    startTime: span.startTime,
    endTime: span.endTime,
    status: span.status,
    attributes: attributesFor(span, rules),
    links: span.links,
    events: span.events,
    duration: span.duration,
    ended: span.ended,
    resource: rules.resource ?? span.resource,
    instrumentationScope: span.instrumentationScope,
    droppedAttributesCount: span.droppedAttributesCount,
    droppedEventsCount: span.droppedEventsCount,
    droppedLinksCount: span.droppedLinksCount,
  };
}
