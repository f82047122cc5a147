export type { Carrier } from './carriers/headers.js';
export { injectContext, withExtractedContext } from './carriers/headers.js';
export type { AuditedClientOptions, MethodNames } from './audit/clients/audited-client.js';
export { auditedClient } from './audit/clients/audited-client.js';
export type { AuditedFetchOptions, FetchFunction } from './audit/clients/audited-fetch.js';
export { auditedFetch } from './audit/clients/audited-fetch.js';
export type { AuditActor } from './audit/caller.js';
export type { AuditedRequestOptions } from './audit/clients/client-options.js';
export type { AuditOptions } from './config/audit-options.js';
export type {
  BatchOptions,
  BreakerOptions,
  CommonDestinationOptions,
  ConsoleDestinationOptions,
  CustomDestinationOptions,
  FileDestinationOptions,
  FilterOptions,
  HealthOptions,
  HttpDestinationOptions,
  LimitOptions,
  MemoryDestinationOptions,
  OtlpDestinationOptions,
  TlsOptions,
} from './config/destination-options.js';
export type {
  ArizeDestinationOptions,
  AzureMonitorDestinationOptions,
  BraintrustDestinationOptions,
  DatadogDestinationOptions,
  GrafanaCloudDestinationOptions,
  HoneycombDestinationOptions,
  HostOptions,
  JaegerDestinationOptions,
  LangfuseDestinationOptions,
  LangsmithDestinationOptions,
  LangwatchDestinationOptions,
  LogfireDestinationOptions,
  MlflowDestinationOptions,
  OpikDestinationOptions,
  PhoenixDestinationOptions,
  TempoDestinationOptions,
} from './config/preset-options.js';
export type {
  DestinationOptions,
  MetricsOptions,
  ModelPriceOptions,
  PriceList,
  SamplingOptions,
  TracingOptions,
} from './config/options.js';
export type {
  ParsedAzure,
  ParsedCommon,
  ParsedDestination,
  ParsedLangfuse,
  ParsedNone,
  ParsedTracingConfig,
  ParsedUnknown,
  UnknownProvider,
} from './config/parsed-tracing.js';
export { parseTracingConfig } from './config/parse-tracing.js';
export type { ScopedTracingOptions } from './config/scoped-options.js';
export type { CallHealth } from './core/call-health.js';
export type { Logger } from './core/logger.js';
export type { SpanwrightCode } from './core/errors.js';
export { isSpanwrightError, SpanwrightError } from './core/errors.js';
export type { TracingTarget } from './core/scope.js';
export type { CurrentCall, ScoreDetails } from './decorators/call-handle.js';
export { currentCall } from './decorators/current-call.js';
export type { LogFields } from './decorators/log-fields.js';
export { logFields } from './decorators/log-fields.js';
export type {
  AttributeInput,
  AttributeInputs,
  CallOptions,
  CommonOptions,
  ErrorClass,
  MemberFilter,
  StaticOptions,
  StaticTracedOptions,
  TaskOptions,
  TracedOptions,
  WorkflowOptions,
} from './decorators/options.js';
export { AgentCall } from './decorators/agent-call.js';
export type { AgentCallOptions } from './decorators/agent-call.js';
export { AuditedCall } from './decorators/audited-call.js';
export type { AuditedCallOptions, AuditSettings } from './decorators/audited-call.js';
export { EmbeddingCall } from './decorators/embedding-call.js';
export { ExternalCall } from './decorators/external-call.js';
export type { ExternalCallOptions } from './decorators/external-call.js';
export { LlmCall } from './decorators/llm-call.js';
export type { LlmCallOptions, ModelCallOptions, ModelOptions, PromptReference } from './decorators/model-options.js';
export { Metered } from './decorators/metered.js';
export type { InstrumentOptions, MeteredOptions, MetricAttributes } from './decorators/metered-options.js';
export { PolicyCheck } from './decorators/policy-check.js';
export type { PolicyCheckOptions } from './decorators/policy-check.js';
export type { RecordedAuditOptions } from './decorators/audited-row.js';
export type { RecordedCallOptions, RecordedRowOptions } from './decorators/record-llm-call.js';
export { recordLlmCall } from './decorators/record-llm-call.js';
export { Remediation } from './decorators/remediation.js';
export type { RemediationOptions } from './decorators/remediation.js';
export { RetrievalCall } from './decorators/retrieval-call.js';
export type { RetrievalCallOptions } from './decorators/retrieval-call.js';
export { Task } from './decorators/task.js';
export { ToolCall } from './decorators/tool-call.js';
export type { ToolCallOptions } from './decorators/tool-call.js';
export { Traced } from './decorators/traced.js';
export type { CallContextValues } from './decorators/with-context.js';
export { withContext } from './decorators/with-context.js';
export { Workflow } from './decorators/workflow.js';
export type { CallMessages, CallRecord, Cost, Operation, RequestFacts, ResponseFacts, Usage } from './genai/record.js';
export type { InputMessage, OutputMessage, Part, RetrievedDocument, ToolDefinition } from './genai/messages.js';
export type { Diagnosis, Finding, Surroundings } from './pipeline/diagnose.js';
export { diagnose } from './pipeline/diagnose.js';
export type { Health, HostSpanProcessor, ScopedTracing, Tracing, TracingStatus } from './pipeline/handle.js';
export type { DestinationHealth, FlushReport } from './pipeline/report.js';
export type { FinishedEvent, FinishedSpan } from './pipeline/finished-span.js';
export type { ProcessTracing } from './start/process-session.js';
export { configureTracing, createSpanProcessor, createTracing, getTracer, getTracing, health } from './start.js';
