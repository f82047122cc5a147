import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { contentOf } from '../core/capture.js';
import type { FinishedSpan } from './finished-span.js';
import type { Granularity } from './levels.js';
import { parentFor } from './levels.js';

/** A span as the SDK hands it over at its end. */
export type EndedSpan = ReadableSpan;

/** How much content a destination sees. */
export type ContentTier = 'none' | 'full';

/** The words in which a destination gets what calls to models say. */
export type VocabularyName = 'gen-ai' | 'openinference' | 'langfuse' | 'llm';

/** What decides how a destination sees a span. */
export interface ProjectionRules {
  readonly content: ContentTier;
  readonly granularity: Granularity;
  readonly vocabulary: VocabularyName;
  /** Replaces the resource of the provider; undefined in a host's provider, whose resource stays. */
  readonly resource: FinishedSpan['resource'] | undefined;
}

function attributesFor(span: ReadableSpan, content: ContentTier): Attributes {
  const kept = content === 'none' ? undefined : contentOf(span.spanContext());
  if (kept === undefined) return span.attributes;
  const attributes: Attributes = { ...span.attributes };
  for (const [key, value] of Object.entries(kept)) {
    const json = JSON.stringify(value) as string | undefined;
    if (json !== undefined) attributes[key] = json;
  }
  return attributes;
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
    attributes: attributesFor(span, rules.content),
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
