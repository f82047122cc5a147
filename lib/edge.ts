// What `spanwright` is in browsers and edge runtimes: the same names, and nothing that needs Node. The conditions of
// package.json choose it; ADR 0005 says which and why. Its types are those of index.ts.
import type { Tracer } from '@opentelemetry/api';
import { trace } from '@opentelemetry/api';
import { state } from './core/state.js';
import { createPassThrough } from './decorators/pass-through.js';
import { createRefusing, createRefusingClient, refuse } from './decorators/refusing.js';
import type { Diagnosis } from './pipeline/diagnose.js';
import type { HostSpanProcessor, ScopedTracing } from './pipeline/handle.js';
import type { FlushReport } from './pipeline/report.js';
import { NO_PRIVACY, Session } from './pipeline/session.js';

export { isSpanwrightError, SpanwrightError } from './core/errors.js';

type Root = typeof import('./index.js');

const OFF = {
  reason: 'this is the build for browsers and edge runtimes, which makes no spans',
  skipped: [],
  describe: () => ({}),
  privacy: () => NO_PRIVACY,
};

class OffTracing extends Session implements ScopedTracing {
  readonly active = false;
  readonly ledger = undefined;

  constructor() {
    super(OFF, undefined);
  }

  start(): this {
    return this;
  }

  close(deadlineMs?: number): Promise<FlushReport> {
    return this.shutdown(deadlineMs);
  }
}

class OffProcessor implements HostSpanProcessor {
  onStart(): void {}

  onEnd(): void {}

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}

const tracing = new OffTracing();

// For `spanwright/testing`, which could otherwise not tell why it sees nothing.
state.isPassThrough = true;

/** Leaves what it stands on as it is; `wrap` returns its function, `run` runs its block. */
export const Traced = createPassThrough('Traced') as Root['Traced'];

/** Leaves what it stands on as it is; `wrap` returns its function, `run` runs its block. */
export const Workflow = createPassThrough('Workflow') as Root['Workflow'];

/** Leaves what it stands on as it is; `wrap` returns its function, `run` runs its block. */
export const Task = createPassThrough('Task') as Root['Task'];

/** Leaves what it stands on as it is; `wrap` returns its function, `run` runs its block. */
export const LlmCall = createPassThrough('LlmCall') as Root['LlmCall'];

/** Leaves what it stands on as it is; `wrap` returns its function, `run` runs its block. */
export const EmbeddingCall = createPassThrough('EmbeddingCall') as Root['EmbeddingCall'];

/** Leaves what it stands on as it is; `wrap` returns its function, `run` runs its block. */
export const RetrievalCall = createPassThrough('RetrievalCall') as Root['RetrievalCall'];

/** Leaves what it stands on as it is; `wrap` returns its function, `run` runs its block. */
export const ToolCall = createPassThrough('ToolCall') as Root['ToolCall'];

/** Leaves what it stands on as it is; `wrap` returns its function, `run` runs its block. */
export const AgentCall = createPassThrough('AgentCall') as Root['AgentCall'];

/** Leaves what it stands on as it is; `wrap` returns its function, `run` runs its block. */
export const ExternalCall = createPassThrough('ExternalCall') as Root['ExternalCall'];

/** Refuses every call with `AUDIT_NOT_CONFIGURED`: no ledger can be kept here. */
export const AuditedCall = createRefusing('AuditedCall') as Root['AuditedCall'];

/** Refuses every request with `AUDIT_NOT_CONFIGURED`: no ledger can be kept here. */
export const auditedFetch = (() => refuse) as unknown as Root['auditedFetch'];

/** Refuses every call of the client with `AUDIT_NOT_CONFIGURED`: no ledger can be kept here. */
export const auditedClient: Root['auditedClient'] = createRefusingClient;

/** Leaves what it stands on as it is; `wrap` returns its function, `run` runs its block. */
export const PolicyCheck = createPassThrough('PolicyCheck') as Root['PolicyCheck'];

/** Leaves what it stands on as it is; `wrap` returns its function, `run` runs its block. */
export const Remediation = createPassThrough('Remediation') as Root['Remediation'];

/** Leaves what it stands on as it is; `wrap` returns its function, `run` runs its block. */
export const Metered = createPassThrough('Metered') as Root['Metered'];

/** Records nothing; with `audit` it rejects, because there is no ledger here. */
export const recordLlmCall = ((_request: unknown, _response: unknown, options?: { readonly audit?: unknown }) => {
  return options?.audit === undefined ? undefined : refuse();
}) as Root['recordLlmCall'];

/** There is no call to speak of: `undefined`. */
export const currentCall: Root['currentCall'] = () => undefined;

/** There is no call to speak of: `{}`. */
export const logFields: Root['logFields'] = () => ({});

/** Runs the function and returns what it returns. */
export const withContext: Root['withContext'] = (_values, fn) => fn();

/** Returns the carrier as it is. */
export const injectContext: Root['injectContext'] = (carrier) => carrier;

/** Runs the function and returns what it returns. */
export const withExtractedContext: Root['withExtractedContext'] = (_carrier, fn) => fn();

/** Returns a handle that is `off` and says why. Options are not read. */
export const configureTracing: Root['configureTracing'] = () => tracing;

/** Returns a tracing that does not start. Options are not read. */
export const createTracing: Root['createTracing'] = () => new OffTracing();

/** Reads nothing and returns `undefined`. */
export const parseTracingConfig: Root['parseTracingConfig'] = () => undefined;

/** Returns a span processor that does nothing. Options are not read. */
export const createSpanProcessor: Root['createSpanProcessor'] = () => new OffProcessor();

/** The handle that `configureTracing` returns. */
export const getTracing: Root['getTracing'] = () => tracing;

/** A tracer of the OpenTelemetry API: of the provider that the application registered, else one that does nothing. */
export function getTracer(name = 'spanwright', version?: string): Tracer {
  return trace.getTracer(name, version);
}

/** A health without a call and without a destination. */
export const health: Root['health'] = () => tracing.health();

/** Finds that this build makes no spans, which is what it is for. */
export function diagnose(): Diagnosis {
  return {
    ok: true,
    findings: [
      {
        code: 'TRACING_OFF',
        level: 'warning',
        message: `tracing is off: ${OFF.reason}`,
        hint: 'resolve packages for Node where spans are wanted',
      },
    ],
    surroundings: {
      node: '',
      apiInstances: 1,
      provider: 'none',
      hasContextManager: false,
      hasPropagator: false,
      tracing: 'off',
    },
  };
}
