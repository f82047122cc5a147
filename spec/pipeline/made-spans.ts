import type { Attributes, SpanContext } from '@opentelemetry/api';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { FinishedSpan } from 'spanwright/testing';

/** What a made span is told; ids are numbers. */
export interface SpanShape extends Partial<Omit<FinishedSpan, 'spanContext' | 'attributes'>> {
  readonly id: number;
  readonly parent?: number;
  readonly isParentRemote?: boolean;
  readonly trace?: number;
  readonly attributes?: Attributes;
}

function contextOf(trace: number, id: number, isRemote = false): SpanContext {
  const [traceId, spanId] = [trace.toString(16).padStart(32, '0'), id.toString(16).padStart(16, '0')];
  return { traceId, spanId, traceFlags: 1, ...(isRemote ? { isRemote } : {}) };
}

/** Makes an ended span as a destination sees it: 1.5 ms long, started `id` milliseconds after the epoch. */
export function madeSpan({ id, parent, isParentRemote, trace = 1, ...rest }: SpanShape): FinishedSpan {
  const spanContext = contextOf(trace, id);
  const start = id * 1e6;
  return {
    name: `span ${id}`,
    kind: SpanKind.INTERNAL,
    ...(parent === undefined ? {} : { parentSpanContext: contextOf(trace, parent, isParentRemote) }),
    startTime: [0, start],
    endTime: [0, start + 1.5e6],
    duration: [0, 1.5e6],
    status: { code: SpanStatusCode.UNSET },
    attributes: {},
    links: [],
    events: [],
    ended: true,
    resource: { attributes: {} },
    instrumentationScope: { name: 'spec' },
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
    ...rest,
    spanContext: () => spanContext,
  };
}
