import { withContext, withExtractedContext } from 'spanwright';
import type { CallContextValues, Carrier } from 'spanwright';
import { decoratedCall } from '../decorated-call.js';
import type { Place } from '../trial.js';

const CONTEXTS: Readonly<Record<string, (canary: string) => CallContextValues>> = {
  'in the user id': (userId) => ({ userId }),
  'in the session id': (sessionId) => ({ sessionId }),
  'in the conversation id': (conversationId) => ({ conversationId }),
  'in the tenant': (tenant) => ({ tenant }),
  'in the run id': (runId) => ({ runId }),
  'in tags': (canary) => ({ tags: ['beta', canary, `for ${canary}`] }),
  'in metadata': (canary) => ({ metadata: { plan: 'pro', note: canary, list: [{ deep: canary }] } }),
  'in keys of metadata': (canary) => ({ metadata: { [canary]: 'x', deep: { [canary]: 1 } } }),
};

const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const isStateValue = (text: string): boolean => /^[!-+\--<>-~]{1,256}$/.test(text);

const CARRIERS: Readonly<Record<string, (canary: string) => Carrier>> = {
  'in baggage that was extracted': (canary) => ({
    traceparent: TRACEPARENT,
    baggage: `note=${encodeURIComponent(canary)},plan=pro;owner=${encodeURIComponent(canary)}`,
  }),
  'in tracestate that was extracted': (canary) => ({
    traceparent: TRACEPARENT,
    tracestate: `vendor=${isStateValue(canary) ? canary : encodeURIComponent(canary).slice(0, 256)},other=1`,
  }),
};

/** Places in what is said of all calls below. */
export const CONTEXT_PLACES: readonly Place[] = [
  ...Object.entries(CONTEXTS).map(([title, valuesOf]): Place => ({
    title,
    run: (trial) => withContext(valuesOf(trial.text), () => decoratedCall(trial, {})),
  })),
  ...Object.entries(CARRIERS).map(([title, carrierOf]): Place => ({
    title,
    run: (trial) => withExtractedContext(carrierOf(trial.text), () => decoratedCall(trial, {})),
  })),
];
