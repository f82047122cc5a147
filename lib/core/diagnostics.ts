import { types } from 'node:util';
import type { DiagLogger } from '@opentelemetry/api';
import { hideText } from './hide-text.js';
import { state } from './state.js';

/** One warning of ours: a stable code, what happened, and what to do about it. */
export interface Warning {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly [field: string]: unknown;
}

const OTEL_API = Symbol.for('opentelemetry.js.api.1');

// Read from the global and not through `diag`: a newer copy of the API than the registered one would say nothing.
function diagLogger(): DiagLogger | undefined {
  return (globalThis as { [OTEL_API]?: { diag?: DiagLogger } })[OTEL_API]?.diag;
}

function lineOf(warning: Warning): string {
  const hint = warning.hint === undefined ? '' : ` (${warning.hint})`;
  return `spanwright: [${warning.code}] ${warning.message}${hint}`;
}

function countFailedLogger(): void {
  // The count is what is left to say it with.
  state.guarded['LOGGER_FAILED'] = (state.guarded['LOGGER_FAILED'] ?? 0) + 1;
}

const ignore = (): void => {};

// A stream whose reader is gone emits an error, and one that nobody listens to ends the program.
function writeToStderr(line: string): void {
  const { stderr } = process;
  stderr.write(line, (error) => {
    if (error && stderr.listenerCount('error') === 0) stderr.once('error', ignore);
  });
}

/** True when warnings go to standard error. */
export function warnsOnStderr(): boolean {
  return state.logger === undefined && diagLogger() === undefined;
}

function deliver(warning: Warning): void {
  const { logger } = state;
  if (logger !== undefined) {
    const said = typeof logger.child === 'function' ? logger.warn(warning, warning.message) : logger.warn(warning);
    if (types.isPromise(said)) void Promise.prototype.then.call(said, undefined, countFailedLogger);
    return;
  }
  const diag = diagLogger();
  if (diag === undefined) writeToStderr(`${lineOf(warning)}\n`);
  else diag.warn(lineOf(warning), warning);
}

// What the gate says of itself holds no content, and has to be said where it cannot be asked.
const OF_THE_GATE = new Set(['PRIVACY', 'PRIVACY_LIMIT']);

// A message may quote what a hook of the user's, a client or a server said.
function withoutSecrets(warning: Warning): Warning {
  if (OF_THE_GATE.has(warning.code)) return warning;
  const shown: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(warning)) {
    shown[key] = typeof value === 'string' && key !== 'code' ? hideText(value) : value;
  }
  return shown as Warning;
}

/** Says a warning: to the `logger` option, else to OpenTelemetry's `diag`, else to stderr. Never throws. */
export function warn(warning: Warning): void {
  try {
    deliver(withoutSecrets(warning));
  } catch {
    countFailedLogger();
  }
}

/** Says a warning once per code and subject in the life of the process. */
export function warnOnce(warning: Warning, subject = ''): void {
  const key = `${warning.code}\n${subject}`;
  if (state.warned.has(key)) return;
  state.warned.add(key);
  warn(warning);
}
