import type { Attributes } from '@opentelemetry/api';
import { toJson, toText } from '../json.js';
import type { SpanRecord } from '../span-record.js';
import { toConventionMessages, toConventionParts } from './convention-messages.js';
import { capturedAttributes, factAttributes, put } from './fact-attributes.js';
import { GEN_AI } from './gen-ai-names.js';
import type { Vocabulary } from './vocabulary.js';

/** The content of a record under its `gen-ai` names. Structures are JSON texts: older SDK lines drop objects. */
export function contentAttributes(record: SpanRecord): Attributes {
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
  for (const [key, value] of Object.entries(prompt?.variables ?? {})) {
    put(attributes, GEN_AI.promptVariable + key, toText(value));
  }
  return Object.assign(attributes, capturedAttributes(record));
}

/** The GenAI semantic conventions 1.41, and our own names for what they do not have. */
export const genAi: Vocabulary = {
  name: 'gen-ai',
  render: (record) => ({ ...factAttributes(record), ...contentAttributes(record), ...record.rest }),
};
