import { AUDIT_CODES } from './audit-codes.js';
import type { CodeEntry } from './code-entry.js';

const BRAND = Symbol.for('spanwright.error');

/** Every code that an error or a warning of Spanwright carries. */
export const CODES = {
  CONFIG_INVALID: {
    level: 'error',
    meaning: 'Options, environment or file hold values that are not allowed; the message lists every one.',
    fix: 'Correct each listed path; the list says what is allowed and where the value came from.',
  },
  CONFIG_FILE_UNREADABLE: {
    level: 'error',
    meaning: 'The file named by `configFile` or `SPANWRIGHT_CONFIG` cannot be read or holds no object in YAML or JSON.',
    fix: 'Correct the path, or the file at the line and column that the message names.',
  },
  CONFIG_VARIABLE_IGNORED: {
    level: 'warning',
    meaning: 'An environment variable has a value that is not understood, or that has no effect here.',
    fix: 'Correct or unset the variable that the message names.',
  },
  CONFIG_DESTINATION_SKIPPED: {
    level: 'warning',
    meaning: 'A destination beyond this machine is left out because the program runs in CI.',
    fix: 'Set `SPANWRIGHT_ENABLE_IN_CI=true` to send from CI.',
  },
  CONFIG_DESTINATION_INACTIVE: {
    level: 'warning',
    meaning:
      'A destination that the environment or `createTracing` names has no key; nothing is sent to it and the others go on.',
    fix: 'Set the variable that the hint names, or give the option.',
  },
  CONFIG_KEY_IN_THE_CLEAR: {
    level: 'warning',
    meaning: 'The key of a destination goes over plain http to another machine, where anybody on the way can read it.',
    fix: 'Use an https endpoint, or send to a collector on this machine.',
  },
  CONFIG_PROVIDER_UNKNOWN: {
    level: 'warning',
    meaning: '`parseTracingConfig` was given a provider that is not known; that tracing is inert.',
    fix: 'Name one of the providers that the message lists, or `none`.',
  },
  CONFIG_OPTION_IGNORED: {
    level: 'warning',
    meaning: 'An option of what `parseTracingConfig` read has no effect; the service is traced without it.',
    fix: 'Do what the hint says, or remove the option.',
  },
  CONFIG_TRACING_INACTIVE: {
    level: 'warning',
    meaning: 'A value that `parseTracingConfig` read is not allowed; that service goes on untraced.',
    fix: 'Correct what the message names.',
  },
  DECORATOR_MISPLACED: {
    level: 'error',
    meaning:
      'A decorator stands where it cannot work: on a field, a setter, a parameter or a value that is no function.',
    fix: 'Put it on a method, a getter, an accessor or a class.',
  },
  DECORATOR_OPTIONS_INVALID: {
    level: 'error',
    meaning:
      'A decorator was given something that is neither a name nor an options object, or an option of a wrong type.',
    fix: 'Pass a name, an options object or nothing.',
  },
  PACKAGE_MISSING: {
    level: 'warning',
    meaning: 'A package that an option names is not installed; the program goes on without what it is for.',
    fix: 'Run the install command of the hint.',
  },
  ENDPOINTS_MISSING: {
    level: 'warning',
    meaning:
      'A file of the package that reads the answers of models was left out of a bundle; calls to models have plain spans.',
    fix: 'Let the bundler resolve with the condition `module`, or leave `spanwright` out of the bundle.',
  },
  PRIVACY_MISSING: {
    level: 'error',
    meaning:
      'The file of the package that hides secrets was left out of a bundle; what should pass it is replaced by `[redaction failed]`.',
    fix: 'Let the bundler resolve with the condition `module`, or leave `spanwright` out of the bundle.',
  },
  HOST_SDK_MISSING: {
    level: 'warning',
    meaning: 'An OpenTelemetry package that the configuration needs is not installed; the program goes on untraced.',
    fix: 'Run the install command of the hint.',
  },
  HOST_PROVIDER_CLOSED: {
    level: 'warning',
    meaning:
      'The application registered a tracer provider that accepts no further processor; it gets the spans, destinations do not.',
    fix: 'Add `createSpanProcessor(options)` to its span processors. Where it is no OpenTelemetry SDK (Sentry, dd-trace), leave its OpenTelemetry off and destinations get the spans.',
  },
  HOST_PROVIDER_SECOND: {
    level: 'warning',
    meaning:
      'A second tracer provider was registered after `configureTracing`; the message says which one makes the spans.',
    fix: 'Register it before `configureTracing`, or give it `createSpanProcessor(options)` instead.',
  },
  HOST_SPANS_UNREADABLE: {
    level: 'warning',
    meaning: '`createSpanProcessor` stands in a provider that is no OpenTelemetry SDK; its spans are left out.',
    fix: 'Leave the OpenTelemetry of that tool off and use `configureTracing`, which makes spans of its own.',
  },
  HOST_API_MISMATCH: {
    level: 'warning',
    meaning: 'Two copies of `@opentelemetry/api` are loaded, or one that does not go with the SDK beside it.',
    fix: 'Keep one copy, of the version that the hint names; `npm ls @opentelemetry/api` shows them.',
  },
  HOST_CONTEXT_MISSING: {
    level: 'warning',
    meaning: 'A tracer provider is registered and no context manager, so spans do not nest.',
    fix: 'Register an `AsyncLocalStorageContextManager`, or call `configureTracing`, which does.',
  },
  HOST_PASS_THROUGH: {
    level: 'error',
    meaning:
      '`captureSpans` was called where `spanwright` is its build for browsers and edge runtimes, whose decorators make no spans.',
    fix: "Let the test runner resolve packages for Node; in Jest: `testEnvironmentOptions: { customExportConditions: ['node'] }`.",
  },
  TRACING_OFF: {
    level: 'warning',
    meaning: 'Tracing is off, said by `diagnose()`; the message says why.',
    fix: 'Configure a destination, or unset the variable that the message names.',
  },
  EXPORT_FAILED: {
    level: 'warning',
    meaning:
      'A destination refused spans or could not be reached; the message says whether they stay queued or are dropped. Drops are counted in `health()`.',
    fix: 'See `lastError` of the destination in `health()`.',
  },
  EXPORT_ALL_DOWN: {
    level: 'warning',
    meaning: 'No destination takes spans any more; each keeps what its queue holds and is tried again.',
    fix: 'See `lastError` of each destination in `health()`; recovery is said once.',
  },
  EXPORT_QUEUE_FULL: {
    level: 'warning',
    meaning: 'Spans come faster than a destination takes them; what does not fit in its queue is dropped and counted.',
    fix: 'Lower `sampling.ratio` or raise the destination’s `maxQueue`.',
  },
  EXPORT_RECOVERED: {
    level: 'warning',
    meaning: 'A destination that failed takes spans again; the message says how many were dropped meanwhile.',
    fix: 'Nothing to do.',
  },
  RESULT_FROZEN: {
    level: 'warning',
    meaning: 'A traced method returned a frozen promise or stream, which cannot be watched; its call ends on return.',
    fix: 'Return it unfrozen, or trace the method that consumes it.',
  },
  SPAN_NAMES: {
    level: 'warning',
    meaning:
      'More than 1,000 distinct span names reached destinations; the message says which instrumentation made most.',
    fix: 'Name spans by what they do and put ids, paths and queries into attributes.',
  },
  EXCEPTION_LOGS_MISSING: {
    level: 'warning',
    meaning: '`OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN` asks for exceptions as logs and no logs API is registered.',
    fix: 'Register a logger provider; until then the span event stays.',
  },
  ...AUDIT_CODES,
} as const satisfies Record<string, CodeEntry>;

/** A code of an error or a warning. */
export type SpanwrightCode = keyof typeof CODES;

/** Details of an error of ours. */
export interface SpanwrightErrorDetails {
  /** What to do about it. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/**
 * An error of Spanwright: `code` is stable and in the table, `message` reads `[CODE] what happened: got X, expected Y`,
 * `hint` says the fix. Thrown at decoration time and by configuration, never between a user's call and its result.
 */
export class SpanwrightError extends Error {
  override readonly name = 'SpanwrightError';
  readonly code: SpanwrightCode;
  readonly hint: string;

  constructor(code: SpanwrightCode, what: string, details: SpanwrightErrorDetails = {}) {
    super(`[${code}] ${what}`, 'cause' in details ? { cause: details.cause } : undefined);
    this.code = code;
    this.hint = details.hint ?? CODES[code].fix;
    Object.defineProperty(this, BRAND, { value: true });
  }
}

/** Tells an error of any copy of the package by its brand. */
export function isSpanwrightError(value: unknown): value is SpanwrightError {
  return typeof value === 'object' && value !== null && (value as { [BRAND]?: unknown })[BRAND] === true;
}
