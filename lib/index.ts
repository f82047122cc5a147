export type { Carrier } from './carriers/headers.js';
export { injectContext, withExtractedContext } from './carriers/headers.js';
export type {
  ConsoleDestinationOptions,
  DestinationOptions,
  FileDestinationOptions,
  MemoryDestinationOptions,
  OtlpDestinationOptions,
  SamplingOptions,
  TracingOptions,
} from './config/options.js';
export type { CallHealth } from './core/call-health.js';
export type { Logger } from './core/logger.js';
export type { SpanwrightCode } from './core/errors.js';
export { isSpanwrightError, SpanwrightError } from './core/errors.js';
export type { TracingTarget } from './core/scope.js';
export type { CurrentCall } from './decorators/call-handle.js';
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
export { Task } from './decorators/task.js';
export { Traced } from './decorators/traced.js';
export type { CallContextValues } from './decorators/with-context.js';
export { withContext } from './decorators/with-context.js';
export { Workflow } from './decorators/workflow.js';
export type { Health, HostSpanProcessor, ScopedTracing, Tracing, TracingStatus } from './pipeline/handle.js';
export type { DestinationHealth, FlushReport } from './pipeline/report.js';
export type { FinishedEvent, FinishedSpan } from './pipeline/finished-span.js';
export type { ScopedTracingOptions } from './start.js';
export { configureTracing, createSpanProcessor, createTracing, getTracer, getTracing, health } from './start.js';
