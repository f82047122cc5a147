import type { Attributes } from '@opentelemetry/api';
import { toJson, toText } from '../json.js';
import { toContent } from '../read-content.js';
import type { CallRecord } from '../record.js';
import type { PromptFacts } from '../span-facts.js';
import { toConventionMessages, toConventionParts } from './convention-messages.js';
import { capturedAttributes, factAttributes, put } from './fact-attributes.js';
import { GEN_AI } from './gen-ai-names.js';
import type { Vocabulary } from './vocabulary.js';

/** The content of a record. */
export interface RecordContent {
  readonly call?: Pick<CallRecord, 'messages'> | undefined;
  readonly tool?: { readonly arguments?: unknown; readonly result?: unknown } | undefined;
  readonly prompt?: PromptFacts | undefined;
  readonly input?: unknown;
  readonly output?: unknown;
}

/** The content of a record under its `gen-ai` names. Structures are JSON texts: older SDK lines drop objects. */
export function contentAttributes(record: RecordContent): Attributes {
  const { call, tool, prompt } = record;
  const { system, input, output, tools, query, documents, texts } = call?.messages ?? {};
  const attributes: Attributes = {};
  put(attributes, GEN_AI.systemInstructions, system && toJson(toConventionParts(system)));
  put(attributes, GEN_AI.inputMessages, input && toJson(toConventionMessages(input)));
  put(attributes, GEN_AI.outputMessages, output && toJson(toConventionMessages(output)));
  put(attributes, GEN_AI.toolDefinitions, toJson(tools));
  put(attributes, GEN_AI.retrievalQuery, query);
  put(attributes, GEN_AI.retrievalDocuments, toJson(documents));
  put(attributes, GEN_AI.embeddingTexts, toJson(texts));
  put(attributes, GEN_AI.toolArguments, toText(tool?.arguments));
  put(attributes, GEN_AI.toolResult, toText(tool?.result));
  const { variables } = prompt ?? {};
  for (const key in variables) put(attributes, GEN_AI.promptVariable + key, toText(variables[key]));
  if (record.input === undefined && record.output === undefined) return attributes;
  return Object.assign(attributes, capturedAttributes(record));
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

// What could not be understood of an attribute stands over the same from elsewhere.
function withContent(facts: Attributes, content: Readonly<Record<string, unknown>>, isFailed: boolean): Attributes {
  const read = toContent(content, { finishReasons: textsIn(facts[GEN_AI.finishReasons]), isFailed });
  const shown = { ...facts };
  const added = contentAttributes({
    call: read.messages && { messages: read.messages },
    tool: { arguments: read.toolArguments, result: read.toolResult },
    prompt: read.variables && { variables: read.variables },
    input: read.input,
    output: read.output,
  });
  for (const key in added) shown[key] ??= added[key];
  return shown;
}

/** The GenAI semantic conventions 1.41, and our own names for what they do not have. */
export const genAi: Vocabulary = {
  name: 'gen-ai',
  render: (record) => ({ ...factAttributes(record), ...contentAttributes(record), ...record.rest }),
  beside: withContent,
};
