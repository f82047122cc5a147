import type { Json } from '../endpoint.js';
import type { InputMessage, Part, ToolDefinition } from '../messages.js';
import type { CallMessages } from '../record.js';
import { cohereMessageFinish, either } from './cohere-fields.js';
import { asName, asObject, asObjects } from '../json-fields.js';

// Roles are CHATBOT, SYSTEM, USER and TOOL.
function roleOf(message: Json): string {
  const role = asName(message['role'])?.toLowerCase() ?? 'user';
  return role === 'chatbot' ? 'assistant' : role;
}

function toolCallPart(call: Json): Part {
  const input = call['parameters'];
  return { type: 'tool_call', name: asName(call['name']) ?? '', ...(input === undefined ? {} : { arguments: input }) };
}

// Results repeat the call that they answer; there are no ids.
function toolResultParts(results: unknown): Part[] {
  return asObjects(results).map((result) => ({
    type: 'tool_call_response',
    response: { call: asObject(result['call']) ?? null, outputs: result['outputs'] ?? null },
  }));
}

function textParts(text: unknown): Part[] {
  return typeof text === 'string' && text !== '' ? [{ type: 'text', content: text }] : [];
}

function historyMessage(message: Json): InputMessage {
  return {
    role: roleOf(message),
    parts: [
      ...textParts(message['message']),
      ...asObjects(either(message, 'tool_calls', 'toolCalls')).map(toolCallPart),
      ...toolResultParts(either(message, 'tool_results', 'toolResults')),
    ],
  };
}

function toolDefinition(tool: Json): ToolDefinition {
  const description = asName(tool['description']);
  const parameters = asObject(either(tool, 'parameter_definitions', 'parameterDefinitions'));
  return {
    type: 'function',
    name: asName(tool['name']) ?? '',
    ...(description === undefined ? {} : { description }),
    ...(parameters === undefined ? {} : { parameters }),
  };
}

/** Reads the history, the message, the preamble and the tools of a request to `/v1/chat`. */
export function readCohereV1Input(request: Json): CallMessages {
  const system = textParts(request['preamble']);
  const results = toolResultParts(either(request, 'tool_results', 'toolResults'));
  const said = textParts(request['message']);
  const input: InputMessage[] = [
    ...asObjects(either(request, 'chat_history', 'chatHistory')).map(historyMessage),
    ...(said.length === 0 ? [] : [{ role: 'user', parts: said }]),
    ...(results.length === 0 ? [] : [{ role: 'tool', parts: results }]),
  ];
  const tools = asObjects(request['tools']).map(toolDefinition);
  return {
    ...(system.length === 0 ? {} : { system }),
    ...(input.length === 0 ? {} : { input }),
    ...(tools.length === 0 ? {} : { tools }),
  };
}

/** Reads the answer of `/v1/chat`. */
export function readCohereV1Output(response: Json): CallMessages {
  const calls = asObjects(either(response, 'tool_calls', 'toolCalls')).map(toolCallPart);
  const finish = cohereMessageFinish(asName(either(response, 'finish_reason', 'finishReason')));
  return {
    output: [
      {
        role: 'assistant',
        parts: [...textParts(response['text']), ...calls],
        finish_reason: finish === 'stop' && calls.length > 0 ? 'tool_call' : finish,
      },
    ],
  };
}
