import { acceptsActor, acceptsAudit, EXPECTED_AUDIT } from './audit-checks.js';
import type { AuditOptions } from './audit-options.js';
import { acceptsEndpoint, expectedEndpoint } from './endpoint.js';
import { isPlain } from './input.js';
import type { DestinationClasses, GroupClasses } from './destination-classes.js';
import { defineDestinationClasses, defineGroupClasses, once } from './destination-classes.js';
import { isPath, isText } from './option-checks.js';
import type { KeysOf } from './option-rules.js';
import { createRules, isGroup } from './option-rules.js';
import type { MetricsOptions, PrivacyOptions, SamplingOptions, TracingOptions } from './options.js';
import { acceptsPrices, expectedPrices } from './prices.js';
import type { Validators } from './validators.js';

/** The classes whose instances class-validator checks. Their fields are the keys that are known. */
export interface OptionClasses {
  readonly tracing: new () => object;
  readonly sampling: new () => object;
  readonly metrics: new () => object;
  readonly privacy: new () => object;
  readonly audit: new () => object;
  readonly destinations: DestinationClasses;
  readonly groups: () => GroupClasses;
}

const MAX_TIMEOUT_MS = 600_000;
/** Limits of the time between two exports of metrics. */
export const METRICS_INTERVAL_MS = { min: 100, max: 3_600_000 } as const;
const MAX_CAPTURE_BYTES = 1_073_741_824;
// Of all queues: less holds no batch, more is no memory of a process.
const MIN_BYTES = 1_048_576;
const MAX_BYTES = 17_179_869_184;
const MAX_ENTRIES = 10_000_000;
const MAX_FREE_BYTES = 1_125_899_906_842_624;

function isLogger(value: unknown): boolean {
  try {
    return typeof (value as { warn?: unknown } | null)?.warn === 'function';
  } catch {
    return false;
  }
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

function isListOfTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}

function isMetrics(value: unknown): boolean {
  return typeof value === 'boolean' || isPlain(value);
}

/** Declares the classes; in a function, because class-validator is not loaded before a configuration is checked. */
export function defineOptionClasses(validators: Validators): OptionClasses {
  const rules = createRules(validators);

  class Sampling implements KeysOf<SamplingOptions> {
    @rules.ratio() ratio: unknown;
  }

  class Metrics implements KeysOf<MetricsOptions> {
    @rules.that(acceptsEndpoint, (value) => expectedEndpoint(value, 'metrics')) endpoint: unknown;
    @isGroup(rules, "{ 'x-api-key': '…' }") headers: unknown;
    @rules.whole(METRICS_INTERVAL_MS.min, METRICS_INTERVAL_MS.max) intervalMs: unknown;
    @rules.oneOf('protobuf', 'json') encoding: unknown;
    @rules.oneOf('gzip', 'none') compression: unknown;
    @rules.whole(1, MAX_TIMEOUT_MS) timeoutMs: unknown;
  }

  class Tracing implements KeysOf<TracingOptions> {
    @rules.text() serviceName: unknown;
    @rules.text() serviceVersion: unknown;
    @rules.text() environment: unknown;
    @isGroup(rules, "{ 'team.name': 'checkout' }") resource: unknown;
    @rules.flag() enabled: unknown;
    @isGroup(rules, '{ ratio: 0.1 }') sampling: unknown;
    @rules.that(isLogger, 'an object with a warn() method') logger: unknown;
    @rules.that(isPath, 'the path of a YAML or JSON file') configFile: unknown;
    @rules.that(Array.isArray, "a list such as [{ provider: 'console' }]") destinations: unknown;
    @rules.that(acceptsPrices, expectedPrices) prices: unknown;
    @rules.that(isMetrics, 'true, false or an object such as { intervalMs: 60000 }') metrics: unknown;
    @rules.whole(1, MAX_CAPTURE_BYTES) maxCaptureBytes: unknown;
    @rules.that(acceptsAudit, `false, ${EXPECTED_AUDIT} or a ledger`) audit: unknown;
    @isGroup(rules, "{ keys: ['patientName'] }") privacy: unknown;
    @rules.text() digestKey: unknown;
    @rules.oneOf('hmac-sha256', 'sha256') digest: unknown;
    @rules.whole(1, MAX_CAPTURE_BYTES) maxContentChars: unknown;
    @rules.flag() contentOnSpan: unknown;
    @rules.whole(MIN_BYTES, MAX_BYTES) maxBytes: unknown;
    @rules.that(isPath, "'stderr' or the path of a file") lastResort: unknown;
  }

  class Privacy implements KeysOf<PrivacyOptions> {
    @rules.that(isListOfTexts, "a list such as ['patientName']") keys: unknown;
    @rules.that(Array.isArray, "a list such as ['arguments[0].email']") paths: unknown;
    @rules.that(Array.isArray, 'a list such as [/EMP-\\d{6}/]') patterns: unknown;
    @rules.that(isFunction, 'a function of a value and its path') redact: unknown;
    @rules.that(Array.isArray, "a list such as ['us-ssn']") packs: unknown;
    @rules.text() fingerprintKey: unknown;
  }

  class Audit implements KeysOf<AuditOptions> {
    @rules.that(isPath, 'the folder of the ledger') directory: unknown;
    @rules.that(isPath, 'a folder outside of the ledger') keys: unknown;
    @rules.oneOf('metadata', 'request', 'requestResponse') level: unknown;
    @rules.whole(10, MAX_TIMEOUT_MS) deadlineMs: unknown;
    @rules.whole(1, MAX_ENTRIES) maxQueue: unknown;
    @rules.whole(MIN_BYTES, MAX_BYTES) maxQueueBytes: unknown;
    @rules.whole(0, MAX_CAPTURE_BYTES) maxPayloadBytes: unknown;
    @rules.whole(0, MAX_FREE_BYTES) minFreeBytes: unknown;
    @rules.that(isFunction, 'a function of the error') onOutcomeLost: unknown;
    @rules.that(acceptsActor, "an object such as { type: 'user', id: '…' } or a function that gives one")
    actor: unknown;
  }

  return {
    tracing: Tracing,
    sampling: Sampling,
    metrics: Metrics,
    privacy: Privacy,
    audit: Audit,
    destinations: defineDestinationClasses(rules),
    groups: once(() => defineGroupClasses(rules)),
  };
}
