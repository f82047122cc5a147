import type { InputMessage, OutputMessage, Part } from '../messages.js';

// A generic part may have any type but these, whose members the conventions prescribe.
const NAMED_TYPES: ReadonlySet<string> = new Set([
  'text',
  'reasoning',
  'tool_call',
  'tool_call_response',
  'server_tool_call',
  'server_tool_call_response',
  'blob',
  'file',
  'uri',
]);

function toGenericPart(part: Part): object {
  if (part.type !== 'vendor' || NAMED_TYPES.has(part.vendor_type)) return part;
  const { vendor_type, ...others } = part;
  return { ...others, type: vendor_type };
}

/** Parts as the conventions write them: one of a vendor's own types becomes a generic part of that type. */
export function toConventionParts(parts: readonly Part[]): readonly object[] {
  return parts.some(({ type }) => type === 'vendor') ? parts.map(toGenericPart) : parts;
}

/** Messages as the conventions write them. */
export function toConventionMessages(messages: ReadonlyArray<InputMessage | OutputMessage>): object[] {
  return messages.map((message) => {
    const parts = toConventionParts(message.parts);
    return parts === message.parts ? message : { ...message, parts };
  });
}
