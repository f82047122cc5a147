import { randomBytes } from 'node:crypto';
import type { SpanContext } from '@opentelemetry/api';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';

function contextBelow(parent: SpanContext): SpanContext {
  return { ...parent, spanId: randomBytes(8).toString('hex'), isRemote: false };
}

/**
 * Makes a span without length that says that another one has started: below it. Backends
 * show a span once it has ended, and a second one under the same id they count twice.
 */
export function announcementOf(span: ReadableSpan): ReadableSpan {
  const parent = span.spanContext();
  const own = contextBelow(parent);
  return {
    name: `${span.name} started`,
    kind: SpanKind.INTERNAL,
    spanContext: () => own,
    parentSpanContext: { ...parent },
    startTime: span.startTime,
    endTime: span.startTime,
    duration: [0, 0],
    status: { code: SpanStatusCode.UNSET },
    // What is known of it when this leaves: some of it is set after the start.
    get attributes() {
      return { ...span.attributes, 'spanwright.announcement': true };
    },
    links: [],
    events: [],
    ended: true,
    resource: span.resource,
    instrumentationScope: span.instrumentationScope,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}
