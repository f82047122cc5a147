import type { Context } from '@opentelemetry/api';
import type { AuditHealth } from '../core/audit-health.js';
import type { CallHealth } from '../core/call-health.js';
import type { TracingTarget } from '../core/scope.js';
import type { ContentTier } from '../privacy/tiers.js';
import type { DestinationHealth, FlushReport } from './report.js';
import type { FinishedSpan } from './finished-span.js';

/** What the process knows of its tracing at this moment; no content, no secrets. */
export interface Health {
  readonly healthy: boolean;
  /**
   * Why it is not: `drops`, `latency`, `breaker_open` (of a destination, beyond its limits within 60 seconds), `all_down` (every
   * destination fails), `audit_poisoned` (the ledger takes no more calls).
   */
  readonly reasons: readonly string[];
  readonly calls: CallHealth;
  readonly destinations: Readonly<Record<string, DestinationHealth>>;
  /** Failures of hooks and of our own code that were kept from the call, by code. */
  readonly guarded: Readonly<Record<string, number>>;
  /** Calls to models whose answer had no shape that is known: they have a span and no token counts. */
  readonly unrecognisedResponses: number;
  /**
   * Requests over HTTP that left outside of audited and external calls, by host; seen while tracing is on or a ledger is in
   * force. Beyond 100 hosts all others count as `other`.
   */
  readonly unreportedCalls: Readonly<Record<string, number>>;
  /** How the ledger in force is: `off` where code says `audit: false`, `none` where nothing names one or it was closed. */
  readonly audit: AuditHealth;
}

/** What is configured, and what came of it. */
export interface TracingStatus {
  /** `hosted` inside a provider that the application registered; its sampler, limits and resource are then in force. */
  readonly state: 'on' | 'hosted' | 'off';
  /** Why it is off. */
  readonly reason?: string;
  /** `hosted` in a meter provider that the application registered, which exports them its own way. */
  readonly metrics: 'on' | 'hosted' | 'off';
  /** How the ledger in force is, of the process: `off` where code says `audit: false`, `none` where nothing names one. */
  readonly audit: AuditHealth;
  /** Options that have no effect here. */
  readonly ineffective: readonly string[];
  /** Destinations left out, and `metrics` where they are, with the reason. */
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
  /** The configuration in force; secrets are `***`. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly privacy: PrivacyStatus;
}

/** What may leave, and who said so. */
export interface PrivacyStatus {
  readonly digest: {
    readonly algorithm: 'hmac-sha256' | 'sha256';
    /** `random`: of this process alone, so that digests of two processes differ; `none` for `sha256`. */
    readonly key: 'configured' | 'random' | 'none';
    /** Tells keys apart: the first 8 hexadecimal digits of a hash of the key. */
    readonly keyId?: string;
  };
  /** Whether content at tier `redacted` is put on the spans themselves. */
  readonly contentOnSpan: boolean;
  readonly destinations: Readonly<Record<string, DestinationPrivacy>>;
}

/** How much one destination sees. */
export interface DestinationPrivacy {
  /** The tier in force. */
  readonly content: ContentTier;
  /** `default`, `code`, `file`, or the name of the variable or option that lowered it. */
  readonly decidedBy: string;
  /** Parts of content that `OPENINFERENCE_HIDE_*` takes out, whatever the tier. */
  readonly hidden: readonly string[];
}

/** What would leave to one destination. */
export interface ExportPreview {
  /** The tier for this span: the destination's, or the stricter one of the call. */
  readonly content: ContentTier;
  /** The span as the destination would get it; absent where its granularity leaves the span out. */
  readonly span?: FinishedSpan;
}

/** The handle of `configureTracing`. */
export interface Tracing extends TracingTarget, AsyncDisposable {
  status(): TracingStatus;
  health(): Health;
  /** Delivers what waits, within `deadlineMs` (default 5,000). Never rejects. */
  flush(deadlineMs?: number): Promise<FlushReport>;
  /** Ends open calls as abandoned, delivers what waits, undoes every registration. Never rejects; twice is harmless. */
  shutdown(deadlineMs?: number): Promise<FlushReport>;
  /**
   * What would leave to each destination of a span that ended: one of `finishedSpans()`, of `captureSpans().finished()`, or
   * of a processor of the application's. Sends nothing.
   */
  preview(span: FinishedSpan): Readonly<Record<string, ExportPreview>>;
  /** The spans that a `memory` destination holds, oldest first. `name` defaults to `memory`. */
  finishedSpans(name?: string): FinishedSpan[];
}

/** The handle of `createTracing`: a tracing of its own, for a class with its own backend. */
export interface ScopedTracing extends Tracing {
  /** Sets it up; idempotent. Without a package, a key or a destination it stays inactive and says so once. */
  start(): this;
  /** True after a successful `start()`. */
  readonly active: boolean;
  /** Flushes and ends it. Never rejects; twice is harmless. */
  close(deadlineMs?: number): Promise<FlushReport>;
}

/** A span processor for a provider that the application owns, of either SDK line. */
export interface HostSpanProcessor {
  onStart(span: object, parentContext: Context): void;
  onEnd(span: object): void;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}
