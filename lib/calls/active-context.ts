import type { Context, ContextManager } from '@opentelemetry/api';
import { context as contextApi, createContextKey, ROOT_CONTEXT } from '@opentelemetry/api';

const OTEL_API = Symbol.for('opentelemetry.js.api.1');
const home = globalThis as { [OTEL_API]?: { context?: ContextManager } };

const PROBE = ROOT_CONTEXT.setValue(createContextKey('spanwright.probe'), true);

let known: ContextManager | undefined;
let isUsable = false;

// The API refuses managers that were registered by a version it cannot work with; whether it does is seen, not guessed.
function look(registered: ContextManager | undefined): boolean {
  known = registered;
  isUsable = registered?.with(PROBE, () => contextApi.active() === PROBE) === true;
  return isUsable;
}

/** The active context, without the API's look at the version for each question. */
export function activeContext(): Context {
  const registered = home[OTEL_API]?.context;
  const isDirect = registered === known ? isUsable : look(registered);
  return isDirect ? (known as ContextManager).active() : contextApi.active();
}

/** Runs work in a context; what it returns or throws comes through. */
export function runIn<R>(context: Context, work: () => R): R {
  const registered = home[OTEL_API]?.context;
  const isDirect = registered === known ? isUsable : look(registered);
  return isDirect ? (known as ContextManager).with(context, work) : contextApi.with(context, work);
}
