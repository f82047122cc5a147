import type { Attributes } from '@opentelemetry/api';
import type { CallTarget, Outcome } from '../calls/facet.js';

/** What left the process: named so in every vocabulary. Source: docs/reference/attributes.md. */
export interface ExternalCallFacts {
  readonly callType: string;
  readonly provider: string | undefined;
  /** HTTP status where there is one, else how the call ended. */
  readonly status: string;
}

// Kept in the notes of a call, which are its own; the key is shared, so that facets on one method write them once.
const STARTED = {};

/** Takes the time at which an external call starts. */
export function noteStart(call: CallTarget): void {
  if (!call.notes.has(STARTED)) call.notes.set(STARTED, performance.now());
}

/** Milliseconds since `noteStart`. */
export function latencyMs(call: CallTarget): number {
  const started = call.notes.get(STARTED);
  return typeof started === 'number' ? Math.round((performance.now() - started) * 1000) / 1000 : 0;
}

/** What every external call carries, whatever it calls. */
export function externalAttributes(call: CallTarget, facts: ExternalCallFacts): Attributes {
  return {
    'spanwright.call.type': facts.callType,
    ...(facts.provider === undefined ? {} : { 'spanwright.call.provider': facts.provider }),
    'spanwright.call.status': facts.status,
    'spanwright.call.latency_ms': latencyMs(call),
  };
}

/** The HTTP status of an answer that has one, else the outcome. */
export function statusOf(value: unknown, outcome: Outcome): string {
  if (outcome !== 'ok' || typeof value !== 'object' || value === null) return outcome;
  const { status } = value as { status?: unknown };
  return typeof status === 'number' && status >= 100 && status <= 599 ? String(status) : outcome;
}
