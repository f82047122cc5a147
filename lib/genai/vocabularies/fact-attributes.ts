import type { Attributes, AttributeValue } from '@opentelemetry/api';
import { toAttributes } from '../facts.js';
import { toJson, toText } from '../json.js';
import type { SpanRecord } from '../span-record.js';
import { GEN_AI } from './gen-ai-names.js';

/** Sets an attribute that has a value. */
export function put(attributes: Attributes, key: string, value: AttributeValue | undefined): void {
  if (value !== undefined) attributes[key] = value;
}

function putExternal(attributes: Attributes, { external }: SpanRecord): void {
  if (external === undefined) return;
  put(attributes, GEN_AI.callType, external.callType);
  put(attributes, GEN_AI.callProvider, external.provider);
  put(attributes, GEN_AI.callStatus, external.status);
  put(attributes, GEN_AI.callLatencyMs, external.latencyMs);
  put(attributes, GEN_AI.requestDigest, external.requestDigest);
  put(attributes, GEN_AI.responseDigest, external.responseDigest);
}

function putContext(attributes: Attributes, { context }: SpanRecord): void {
  put(attributes, GEN_AI.runId, context.runId);
  put(attributes, GEN_AI.sessionId, context.sessionId);
  put(attributes, GEN_AI.userId, context.userId);
  put(attributes, GEN_AI.conversationId, context.conversationId);
  put(attributes, GEN_AI.tenant, context.tenant);
  put(attributes, GEN_AI.tags, context.tags === undefined ? undefined : [...context.tags]);
  put(attributes, GEN_AI.metadata, toText(context.metadata));
}

function putWork(attributes: Attributes, { task, policy, remediation, workflowName, operation }: SpanRecord): void {
  put(attributes, GEN_AI.workflowName, workflowName);
  if (operation === 'invoke_workflow') put(attributes, GEN_AI.genAiWorkflowName, workflowName);
  put(attributes, GEN_AI.taskId, task?.id);
  put(attributes, GEN_AI.taskType, task?.type);
  put(attributes, GEN_AI.taskDescription, task?.description);
  put(attributes, GEN_AI.taskStatus, task?.status);
  put(attributes, GEN_AI.taskScore, task?.score);
  put(attributes, GEN_AI.policyCount, policy?.count);
  put(attributes, GEN_AI.policyPassed, policy?.passed);
  put(attributes, GEN_AI.policyViolations, policy?.violations);
  put(attributes, GEN_AI.remediationStrategy, remediation?.strategy);
  put(attributes, GEN_AI.remediationTrigger, remediation?.trigger);
  put(attributes, GEN_AI.remediationSuccess, remediation?.success);
}

function putActors(attributes: Attributes, { tool, agent, prompt }: SpanRecord): void {
  put(attributes, GEN_AI.toolName, tool?.name);
  put(attributes, GEN_AI.toolType, tool?.type);
  put(attributes, GEN_AI.toolCallId, tool?.callId);
  put(attributes, GEN_AI.toolDescription, tool?.description);
  put(attributes, GEN_AI.agentName, agent?.name);
  put(attributes, GEN_AI.agentId, agent?.id);
  put(attributes, GEN_AI.agentDescription, agent?.description);
  put(attributes, GEN_AI.promptName, prompt?.name);
  put(attributes, GEN_AI.promptVersion, prompt?.version);
}

/** All facts of a record under their `gen-ai` names, the ones that must survive a limit first. No content. */
export function factAttributes(record: SpanRecord): Attributes {
  const attributes: Attributes = {};
  put(attributes, GEN_AI.operationName, record.operation);
  if (record.call !== undefined) Object.assign(attributes, toAttributes(record.call, record.timeToFirstChunk));
  else put(attributes, GEN_AI.timeToFirstChunk, record.timeToFirstChunk);
  put(attributes, GEN_AI.cached, record.cached);
  put(attributes, GEN_AI.errorType, record.errorType);
  put(attributes, GEN_AI.outcome, record.outcome);
  putExternal(attributes, record);
  putActors(attributes, record);
  putWork(attributes, record);
  putContext(attributes, record);
  return attributes;
}

/** The captured arguments and result under their `gen-ai` names. */
export function capturedAttributes({ input, output }: Pick<SpanRecord, 'input' | 'output'>): Attributes {
  const attributes: Attributes = {};
  put(attributes, GEN_AI.capturedArguments, toJson(input));
  put(attributes, GEN_AI.capturedResult, toJson(output));
  return attributes;
}

/** Adds what has no name in a vocabulary: every attribute whose key is not among the translated ones. */
export function putUntranslated(attributes: Attributes, facts: Attributes, translated: ReadonlySet<string>): void {
  for (const [key, value] of Object.entries(facts)) {
    if (!translated.has(key)) put(attributes, key, value);
  }
}
