import type { CallMessages } from '../record.js';
import type { Json } from '../endpoint.js';
import type { InputMessage, OutputMessage, Part } from '../messages.js';
import { defined, fieldOf, isJson, objectOf, objectsOf, textOf, textsOf } from '../untrusted.js';
import { joinTexts, readContent, readText } from './openai-parts.js';
import { readToolCalls, readTools } from './openai-tools.js';

/** The messages and tools of a chat request. */
export function readChatInput(request: Json): CallMessages {
  const input = objectsOf(request, 'messages').map(readMessage);
  const tools = readTools(request);
  return { ...(input.length > 0 && { input }), ...(tools.length > 0 && { tools }) };
}

/** The messages of a chat answer, one for each choice. */
export function readChatOutput(answer: Json): CallMessages {
  const output = objectsOf(answer, 'choices').map((choice): OutputMessage => {
    const message = objectOf(choice, 'message');
    return {
      role: textOf(message, 'role') ?? 'assistant',
      parts: readSaid(message),
      finish_reason: toFinishReason(choice),
    };
  });
  return output.length > 0 ? { output } : {};
}

/** The prompts of a legacy completion, each as a user's message; token numbers are no text and left out. */
export function readPromptInput(request: Json): CallMessages {
  const input = textsOf(request, 'prompt').map((content): InputMessage => ({
    role: 'user',
    parts: readText('text', content),
  }));
  return input.length > 0 ? { input } : {};
}

/** The texts of a legacy completion, one for each choice. */
export function readTextOutput(answer: Json): CallMessages {
  const output = objectsOf(answer, 'choices').map((choice): OutputMessage => ({
    role: 'assistant',
    parts: readText('text', choice['text']),
    finish_reason: toFinishReason(choice),
  }));
  return output.length > 0 ? { output } : {};
}

/** The texts that a request wants embedded. */
export function readEmbeddingInput(request: Json): CallMessages {
  const texts = textsOf(request, 'input', 'inputs');
  return texts.length > 0 ? { texts } : {};
}

function readMessage(message: Json): InputMessage {
  const role = textOf(message, 'role') ?? 'user';
  const isResult = role === 'tool' || role === 'function';
  return {
    role,
    parts: isResult ? readResult(message) : readSaid(message),
    ...defined({ name: textOf(message, 'name') }),
  };
}

function readResult(message: Json): Part[] {
  const content = message['content'];
  if (content === undefined || content === null) return [];
  const response = joinTexts(content) ?? (Array.isArray(content) ? readContent(content) : content);
  return [{ type: 'tool_call_response', ...defined({ id: textOf(message, 'tool_call_id', 'toolCallId') }), response }];
}

function readSaid(message: Json): Part[] {
  return [
    ...readText('reasoning', fieldOf(message, 'reasoning_content', 'reasoningContent') ?? message['reasoning']),
    ...readContent(message['content']),
    ...readText('refusal', message['refusal']),
    ...readSpoken(message['audio']),
    ...readToolCalls(message),
  ];
}

/** What was spoken: the bytes where the answer has them, else the id to fetch or repeat it by. */
function readSpoken(audio: unknown): Part[] {
  if (!isJson(audio)) return [];
  const id = textOf(audio, 'id');
  const content = textOf(audio, 'data');
  const parts = readText('text', audio['transcript']);
  if (content !== undefined) parts.push({ type: 'blob', modality: 'audio', content });
  else if (id !== undefined) parts.push({ type: 'file', modality: 'audio', file_id: id });
  return parts;
}

/** The conventions' word where they have one; `unknown` for a stream that was left before it said why it stops. */
function toFinishReason(choice: Json): string {
  const reason = textOf(choice, 'finish_reason', 'finishReason') ?? 'unknown';
  return reason === 'tool_calls' || reason === 'function_call' ? 'tool_call' : reason;
}
