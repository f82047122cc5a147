import { types } from 'node:util';
import { openBatchRow, requestOfRow } from './batch-row.js';
import type { Json } from './endpoint.js';
import { asList, asName, asObject, asObjects } from './json-fields.js';
import { isModelMessage, plainMessage, roleOf } from './providers/langchain-plain.js';
import { toResponsesItems } from './providers/openai-agents.js';

/** One call to a model out of a result of several. */
export interface ExchangeStep {
  readonly request: unknown;
  readonly response: unknown;
  /** What it failed with, where the result says so. */
  readonly error?: unknown;
}

// What came before a step is its input; of a very long talk the end of it.
const MAX_BEFORE = 250;

function before(messages: readonly unknown[], index: number): readonly unknown[] {
  return messages.slice(Math.max(0, index - MAX_BEFORE), index);
}

function isToolResult(part: Json): boolean {
  return part['type'] === 'tool-result' || part['type'] === 'tool-error';
}

// What a step of the AI SDK says, as the messages that the next one is sent.
function messagesOf(step: unknown): Json[] {
  const parts = asObjects(asObject(step)?.['content']);
  const said = parts.filter((part) => !isToolResult(part));
  const results = parts.filter(isToolResult);
  return [
    ...(said.length === 0 ? [] : [{ role: 'assistant', content: said }]),
    ...(results.length === 0 ? [] : [{ role: 'tool', content: results }]),
  ];
}

function sdkSteps(request: unknown, steps: readonly unknown[]): ExchangeStep[] {
  const asked = asObject(request);
  const messages: unknown[] = [...asList(asked?.['messages'])];
  return steps.map((response, index) => {
    const step = {
      request: index === 0 ? request : { ...asked, messages: before(messages, messages.length) },
      response,
    };
    messages.push(...messagesOf(response));
    return step;
  });
}

// A message may be given as its text, as `[role, text]`, as an object or as an instance.
function toMessage(given: unknown): Json | undefined {
  if (typeof given === 'string') return { role: 'user', content: given };
  if (!Array.isArray(given)) return plainMessage(given) ?? asObject(given);
  const [type, content] = given as unknown[];
  return { type, role: type, content };
}

function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  const [first, second] = [toMessage(one), toMessage(other)];
  if (first === undefined || second === undefined || roleOf(first) !== roleOf(second)) return false;
  const id = asName(first['id']);
  const text = asName(first['content']);
  return (id !== undefined && id === second['id']) || (text !== undefined && text === second['content']);
}

// A thread comes back with all that was said before; only what follows the request is new.
function firstNew(request: unknown, messages: readonly unknown[]): number {
  const sent = asObject(request)?.['messages'] ?? request;
  const last: unknown = Array.isArray(sent) ? sent.at(-1) : sent;
  if (last === undefined || last === null) return 0;
  return messages.findLastIndex((message) => isSame(last, message)) + 1;
}

// A whole answer of the Messages API, kept in the list that is sent.
function isAnthropicAnswer(item: unknown): boolean {
  const message = asObject(item);
  return message?.['type'] === 'message' && message['role'] === 'assistant' && asObject(message['usage']) !== undefined;
}

function messageSteps(request: unknown, list: readonly unknown[]): ExchangeStep[] {
  const messages = list.map((item) => plainMessage(item) ?? item);
  const { model, system, tools } = asObject(request) ?? {};
  const asked = { ...(typeof model === 'string' ? { model } : {}), ...(system === undefined ? {} : { system }) };
  const steps: ExchangeStep[] = [];
  for (let index = firstNew(request, list); index < messages.length; index++) {
    const response = messages[index];
    const isAnthropic = isAnthropicAnswer(response);
    if (!isAnthropic && !isModelMessage(asObject(response))) continue;
    const offered = isAnthropic && tools !== undefined ? { tools } : {};
    steps.push({
      request: { ...asked, ...offered, messages: before(messages, index) },
      response: withoutChunks(response),
    });
  }
  return steps;
}

// A message of a stream that is over is an answer.
function withoutChunks(message: unknown): unknown {
  const { tool_call_chunks: _chunks, ...whole } = message as Json;
  return whole;
}

function hasSteps(list: readonly unknown[]): boolean {
  return list.some((item) => isAnthropicAnswer(item) || isModelMessage(plainMessage(item)));
}

// What the provider said stands beside what the SDK made of it, and says more.
function modelResponse(raw: unknown): unknown {
  const data = asObject(asObject(raw)?.['providerData']);
  return data?.['object'] === 'response' || data?.['object'] === 'chat.completion' ? data : raw;
}

function toolResults(result: Json): Map<unknown, Json> {
  const items = asObjects(result['newItems'] ?? result['generatedItems']).flatMap((item): Json[] => {
    const raw = asObject(item['rawItem']);
    return raw === undefined ? [] : [raw];
  });
  return new Map(
    items.filter(({ type }) => type === 'function_call_result').map((item) => [item['callId'], item] as const),
  );
}

function agentSteps(request: unknown, result: Json, responses: readonly unknown[]): ExchangeStep[] {
  const asked = asObject(request);
  const model = asName(asked?.['model']);
  const results = toolResults(result);
  const given = result['input'] ?? result['originalInput'];
  const items: Json[] =
    typeof given === 'string' ? [{ type: 'message', role: 'user', content: given }] : toResponsesItems(given);
  return responses.map((raw) => {
    const input = before(items, items.length);
    const said = asObjects(asObject(raw)?.['output']);
    const answers = said.flatMap(({ callId }) => results.get(callId) ?? []);
    items.push(...toResponsesItems([...said, ...answers]));
    return { request: { ...(model === undefined ? {} : { model }), input }, response: modelResponse(raw) };
  });
}

function severalOf(request: unknown, result: Json): readonly ExchangeStep[] {
  const steps = asList(result['steps']);
  if (steps.length > 0) return sdkSteps(request, steps);
  const responses = asList(result['rawResponses'] ?? result['modelResponses']);
  if (responses.length > 0) return agentSteps(request, result, responses);
  const messages = asList(result['messages']);
  return hasSteps(messages) ? messageSteps(request, messages) : [];
}

// The traps of a proxy are the program's code.
function askedOf(request: unknown): unknown {
  if (types.isProxy(request)) return {};
  const sent = asObject(request);
  return sent === undefined ? request : requestOfRow(sent);
}

/**
 * The calls to models that a result stands for: the steps of an agent, without their sum, which stands beside them; the
 * answer in a row of a batch; else the one call that it is.
 */
export function stepsOf(request: unknown, response: unknown): readonly ExchangeStep[] {
  if (typeof response !== 'object' || response === null || types.isProxy(response)) {
    return [{ request: askedOf(request), response }];
  }
  const asked = askedOf(request);
  if (Array.isArray(response)) {
    return hasSteps(response) ? messageSteps(asked, response) : [{ request: asked, response }];
  }
  const row = openBatchRow(response as Json);
  if (row !== undefined) return [{ request: asked, response: row.response, error: row.error }];
  const several = severalOf(asked, response as Json);
  return several.length > 0 ? several : [{ request: asked, response }];
}
