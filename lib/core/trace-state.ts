import type { SpanContext } from '@opentelemetry/api';

/** A span context whose `tracestate` has only members in which `hide` finds nothing; the same one where all do. */
export function withoutHiddenState(spanContext: SpanContext, hide: (text: string) => string): SpanContext {
  const { traceState } = spanContext;
  if (traceState === undefined) return spanContext;
  const hidden = traceState
    .serialize()
    .split(',')
    .filter((member) => hide(member) !== member);
  let shown = traceState;
  // A member with a mark in it would be none of its vendor's.
  for (const member of hidden) shown = shown.unset(member.slice(0, Math.max(0, member.indexOf('='))));
  return hidden.length === 0 ? spanContext : { ...spanContext, traceState: shown };
}
