import type { Context, Tracer } from '@opentelemetry/api';
import { createContextKey, ROOT_CONTEXT } from '@opentelemetry/api';

/** What a tracing of its own (`createTracing`, a capture) offers to the calls inside it. */
export interface TracingScope {
  /** True while it takes spans. */
  readonly active: boolean;
  /** True when its spans go nowhere else. */
  readonly exclusive: boolean;
  /** True for a test that looks on; an exclusive scope does not hide spans from it. */
  readonly isCapture: boolean;
  /** Makes spans where no global provider does, and for exclusive scopes. */
  tracer(): Tracer | undefined;
  /** Tells whether a new trace is recorded for this scope. */
  wants(traceId: string): boolean;
  /** Takes an ended span of the SDK. */
  accept(span: object): void;
  /** Hears of the start of a workflow's span. */
  announce?(span: object): void;
}

/** A handle of `createTracing`, as far as a decorator needs to know it. */
export interface TracingTarget {
  flush(deadlineMs?: number): Promise<unknown>;
  shutdown(deadlineMs?: number): Promise<unknown>;
}

const SCOPES_KEY = createContextKey('spanwright.scopes');
const SCOPE = Symbol.for('spanwright.scope');

/** The scoped tracings that spans of this context go to, outermost first. */
export function scopesOf(context: Context): readonly TracingScope[] | undefined {
  if (context === ROOT_CONTEXT) return undefined;
  return context.getValue(SCOPES_KEY) as readonly TracingScope[] | undefined;
}

/** A context whose spans go to one more scope. The same scope is entered once. */
export function withScope(context: Context, scope: TracingScope): Context {
  const scopes = scopesOf(context);
  if (scopes?.includes(scope) === true) return context;
  return context.setValue(SCOPES_KEY, scopes === undefined ? [scope] : [...scopes, scope]);
}

/** Hangs the scope on the public handle, so that the `tracing` option takes the handle itself. */
export function publishScope(handle: object, scope: TracingScope): void {
  Object.defineProperty(handle, SCOPE, { value: scope });
}

/** The scope behind a public handle; undefined for anything else. */
export function scopeBehind(handle: unknown): TracingScope | undefined {
  if (typeof handle !== 'object' || handle === null) return undefined;
  return (handle as { [SCOPE]?: TracingScope })[SCOPE];
}
