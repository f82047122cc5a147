import type { InputMessage, OutputMessage } from '../messages.js';
import type { SpanRecord } from '../span-record.js';
import { toConventionMessages, toConventionParts } from './convention-messages.js';

/** What a backend shows as the one input or output of a span. */
export interface ShownContent {
  readonly value: unknown;
  /** What the record has it from; `captured` are the arguments or the result of the method. */
  readonly source: 'call' | 'tool' | 'captured';
}

function onlyText(messages: ReadonlyArray<InputMessage | OutputMessage>): string | undefined {
  const [message] = messages;
  const [part] = message?.parts ?? [];
  return messages.length === 1 && message?.parts.length === 1 && part?.type === 'text' ? part.content : undefined;
}

function calledWith({ call, kind }: SpanRecord): unknown {
  const { system, input, tools, query, texts } = call?.messages ?? {};
  if (system !== undefined || input !== undefined) {
    const sent = toConventionMessages(input ?? []);
    const messages = system === undefined ? sent : [{ role: 'system', parts: toConventionParts(system) }, ...sent];
    if (tools !== undefined && tools.length > 0) return { messages, tools };
    return (system === undefined ? onlyText(input ?? []) : undefined) ?? messages;
  }
  if (query !== undefined) return kind === 'rerank' && texts !== undefined ? { query, documents: texts } : query;
  if (texts !== undefined) return texts.length === 1 ? texts[0] : texts;
  return tools === undefined ? undefined : { tools };
}

function answered({ call }: SpanRecord): unknown {
  const { output, documents } = call?.messages ?? {};
  return output === undefined ? documents : (onlyText(output) ?? toConventionMessages(output));
}

function chosen(called: unknown, tool: unknown, captured: unknown): ShownContent | undefined {
  if (called !== undefined) return { value: called, source: 'call' };
  if (tool !== undefined) return { value: tool, source: 'tool' };
  return captured === undefined ? undefined : { value: captured, source: 'captured' };
}

/** What went in: messages, a query or texts; else the arguments of a tool; else those of the method. */
export function shownInput(record: SpanRecord): ShownContent | undefined {
  return chosen(calledWith(record), record.tool?.arguments, record.input);
}

/** What came out: messages or documents; else the result of a tool; else that of the method. */
export function shownOutput(record: SpanRecord): ShownContent | undefined {
  return chosen(answered(record), record.tool?.result, record.output);
}
