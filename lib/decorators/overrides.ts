import type { CallTarget } from '../calls/facet.js';
import type { CallRecord, Usage } from '../genai/record.js';

// What the running code says of its call, kept in the call's notes until its facets end.
const OVERRIDES = {};

/** What was recorded inside a call; beats what its answer says. */
export function overridesOf(call: Pick<CallTarget, 'notes'>): CallRecord | undefined {
  return call.notes.get(OVERRIDES) as CallRecord | undefined;
}

/** Notes token counts; later ones beat earlier ones of the same name. */
export function overrideUsage(call: Pick<CallTarget, 'notes'>, usage: Usage): CallRecord {
  const before = overridesOf(call);
  const after = { ...before, usage: { ...before?.usage, ...usage } };
  call.notes.set(OVERRIDES, after);
  return after;
}

/** Notes what the call cost, in USD. */
export function overrideCost(call: Pick<CallTarget, 'notes'>, usd: number): CallRecord {
  const after: CallRecord = { ...overridesOf(call), cost: { usd, source: 'given' } };
  call.notes.set(OVERRIDES, after);
  return after;
}
