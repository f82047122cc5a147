import { toJson, toText } from '../json.js';
import type { InputMessage, Part } from '../messages.js';
import { entriesOf } from './attribute-budget.js';
import type { Entry, ListItem } from './attribute-budget.js';
import { toConventionParts } from './convention-messages.js';
import { OPENINFERENCE } from './openinference-names.js';

type ToolCall = Extract<Part, { type: 'tool_call' | 'server_tool_call' }>;
type ToolResponse = Extract<Part, { type: 'tool_call_response' }>;
type Shown = Exclude<Part, ToolCall | ToolResponse>;

const MEDIA_URLS: Readonly<Record<string, string>> = {
  image: OPENINFERENCE.contentImageUrl,
  audio: OPENINFERENCE.contentAudioUrl,
  video: OPENINFERENCE.contentVideoUrl,
};

function mediaEntries(part: Extract<Part, { type: 'blob' | 'uri' }>): Entry[] | undefined {
  const { modality, mime_type } = part;
  const key = Object.hasOwn(MEDIA_URLS, modality) ? MEDIA_URLS[modality] : undefined;
  if (key === undefined) return undefined;
  return entriesOf({
    [OPENINFERENCE.contentType]: modality,
    [key]: part.type === 'uri' ? part.uri : `data:${mime_type ?? `${modality}/*`};base64,${part.content}`,
    [OPENINFERENCE.contentAudioMimeType]: modality === 'audio' ? mime_type : undefined,
  });
}

function textEntries(type: string, text: string): Entry[] {
  return [
    [OPENINFERENCE.contentType, type],
    [OPENINFERENCE.contentText, text],
  ];
}

function jsonEntries(part: Part): Entry[] {
  return textEntries('text', toJson(toConventionParts([part])[0]) ?? '');
}

// OpenInference knows text, reasoning and media; anything else is shown as the JSON that it is.
function partEntries(part: Shown): Entry[] {
  switch (part.type) {
    case 'text':
    case 'reasoning':
      return textEntries(part.type, part.content);
    case 'refusal':
      return textEntries('text', part.content);
    case 'redacted_reasoning':
      return entriesOf({ [OPENINFERENCE.contentType]: 'reasoning', [OPENINFERENCE.contentData]: part.data });
    case 'blob':
    case 'uri':
      return mediaEntries(part) ?? jsonEntries(part);
    default:
      return jsonEntries(part);
  }
}

// What a provider streams as text and what was cut may be no JSON; it becomes a JSON text then.
function toArguments(given: unknown): string {
  if (typeof given !== 'string') return toJson(given) ?? '{}';
  try {
    JSON.parse(given);
    return given;
  } catch {
    return JSON.stringify(given);
  }
}

function toolCallEntries(call: ToolCall): Entry[] {
  const given = call.type === 'tool_call' ? (call.arguments ?? {}) : call.server_tool_call;
  return entriesOf({
    [OPENINFERENCE.toolCallId]: call.id,
    [OPENINFERENCE.toolCallName]: call.name,
    [OPENINFERENCE.toolCallArguments]: toArguments(given),
  });
}

function indexed(prefix: string, items: readonly Entry[][]): Entry[] {
  return items.flatMap((entries, index) => entries.map(([key, value]): Entry => [`${prefix}.${index}.${key}`, value]));
}

function responseItem(message: InputMessage, part: ToolResponse): ListItem {
  return entriesOf({
    [OPENINFERENCE.messageRole]: 'tool',
    [OPENINFERENCE.messageName]: message.name ?? part.name,
    [OPENINFERENCE.messageToolCallId]: part.id,
    [OPENINFERENCE.messageContent]: toText(part.response) ?? '',
  });
}

function isToolCall(part: Part): part is ToolCall {
  return part.type === 'tool_call' || part.type === 'server_tool_call';
}

function messageItem(message: InputMessage, parts: readonly Part[]): ListItem {
  const calls = parts.filter(isToolCall);
  const shown = parts.filter((part): part is Shown => !isToolCall(part) && part.type !== 'tool_call_response');
  const [only] = shown;
  const content: Entry[] =
    shown.length === 1 && only?.type === 'text'
      ? [[OPENINFERENCE.messageContent, only.content]]
      : indexed(OPENINFERENCE.messageContents, shown.map(partEntries));
  return [
    ...entriesOf({ [OPENINFERENCE.messageRole]: message.role, [OPENINFERENCE.messageName]: message.name }),
    ...content,
    ...indexed(OPENINFERENCE.messageToolCalls, calls.map(toolCallEntries)),
  ];
}

/** The items of one message: an answer of a tool is a message of its own, because each names the call that it answers. */
export function toMessageItems(message: InputMessage): ListItem[] {
  const responses = message.parts.filter((part): part is ToolResponse => part.type === 'tool_call_response');
  const others = message.parts.filter((part) => part.type !== 'tool_call_response');
  const items = responses.map((part) => responseItem(message, part));
  return responses.length > 0 && others.length === 0 ? items : [...items, messageItem(message, others)];
}
