import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import type { Context } from '@opentelemetry/api';
import { createContextKey } from '@opentelemetry/api';
import { activeContext } from '../calls/active-context.js';
import type { Call } from '../calls/call.js';
import { callOf } from '../calls/call.js';
import { countGuarded } from '../core/guard.js';
import { auditState, knownAuditState } from './current-ledger.js';
import { currentFrame } from './inside.js';

const UNDICI = 'undici:request:create';
// Told when a request is ended, which may be elsewhere; Node 22 has the former.
const HTTP = ['http.client.request.created', 'http.client.request.start'];

// Names are made by whoever is called as well: what comes after so many is counted together.
const MAX_HOSTS = 100;
const OTHER = 'other';

// As `@opentelemetry/core` names it; whatever exports runs under it.
const SUPPRESSED = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING');

const REPORTING = new Set(['external', 'llm', 'embedding']);

function isReporting({ plan, hasEnded }: Call): boolean {
  return !hasEnded && plan.facets.some(({ type }) => REPORTING.has(type));
}

function isReported(context: Context): boolean {
  if (context.getValue(SUPPRESSED) === true || currentFrame() !== undefined) return true;
  for (let call = callOf(context); call !== undefined; call = call.parent) {
    if (isReporting(call)) return true;
  }
  return false;
}

// Never credentials or a path, whatever a header holds.
function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host || OTHER : OTHER;
}

function count(host: string): void {
  const { unreported } = auditState();
  const key = unreported.has(host) || unreported.size < MAX_HOSTS ? host : OTHER;
  unreported.set(key, (unreported.get(key) ?? 0) + 1);
}

function look(findHost: () => string): void {
  try {
    if (!isReported(activeContext())) count(findHost());
  } catch (error) {
    countGuarded('ENGINE', error);
  }
}

function seeUndici(message: unknown): void {
  const { request } = message as { readonly request: { readonly origin?: unknown } };
  look(() => hostOf(String(request.origin)));
}

function createHttpListener(): (message: unknown) => void {
  const seen = new WeakSet<object>();
  return (message) => {
    const { request } = message as { readonly request: ClientRequest };
    if (seen.has(request)) return;
    seen.add(request);
    look(() => {
      const header = request.getHeader('host');
      return hostOf(`${request.protocol}//${typeof header === 'string' ? header : request.host}`);
    });
  };
}

function start(): () => void {
  const seeHttp = createHttpListener();
  subscribe(UNDICI, seeUndici);
  for (const channel of HTTP) subscribe(channel, seeHttp);
  return () => {
    unsubscribe(UNDICI, seeUndici);
    for (const channel of HTTP) unsubscribe(channel, seeHttp);
  };
}

/**
 * Counts requests that leave over HTTP outside of every audited and external call, by host; returns the undo. What this
 * library and exporters send is not counted, nor what runs under suppressed tracing.
 */
export function watchOutgoing(): () => void {
  const { watching } = auditState();
  if (watching.count++ === 0) watching.stop = start();
  let isWatching = true;
  return () => {
    if (!isWatching) return;
    isWatching = false;
    if (--watching.count > 0) return;
    watching.stop?.();
    watching.stop = undefined;
  };
}

/** Requests so far outside of every audited and external call, by host; past 100 hosts under `other`. */
export function unreportedCalls(): Readonly<Record<string, number>> {
  return Object.fromEntries(knownAuditState()?.unreported ?? []);
}
