import { toJson } from '../json.js';
import type { InputMessage, RetrievedDocument, ToolDefinition } from '../messages.js';
import type { SpanRecord } from '../span-record.js';
import { entriesOf } from './attribute-budget.js';
import type { Entry, FlattenedList, ListItem } from './attribute-budget.js';
import { toMessageItems } from './openinference-messages.js';
import { OPENINFERENCE } from './openinference-names.js';

function documentItem({ id, score, content, metadata }: RetrievedDocument): ListItem {
  return entriesOf({
    [OPENINFERENCE.documentId]: id === '' ? undefined : id,
    [OPENINFERENCE.documentScore]: score,
    [OPENINFERENCE.documentContent]: content,
    [OPENINFERENCE.documentMetadata]: toJson(metadata),
  });
}

// The form that OpenInference shows tools in is that of OpenAI's chat completions.
function toolItem({ type, name, description, parameters, ...others }: ToolDefinition): ListItem {
  const tool = { name, description, parameters, ...(type === 'function' ? others : {}) };
  const schema = type === 'function' ? { type, function: tool } : { ...others, type, ...tool };
  return [[OPENINFERENCE.toolJsonSchema, toJson(schema) ?? '{}']];
}

function textItems(key: string, texts: readonly string[] = []): ListItem[] {
  return texts.map((text): Entry[] => [[key, text]]);
}

function messageItems(messages: readonly InputMessage[] = []): ListItem[] {
  return messages.flatMap(toMessageItems);
}

/** The content of a record as lists to flatten; those come first that explain a span best. */
export function contentLists({ kind, call }: SpanRecord): FlattenedList[] {
  const { system, input, output, tools = [], documents = [], texts } = call?.messages ?? {};
  const instructions = system === undefined || system.length === 0 ? [] : [{ role: 'system', parts: system }];
  const isRerank = kind === 'rerank';
  const found = isRerank ? OPENINFERENCE.rerankerOutputDocuments : OPENINFERENCE.retrievalDocuments;
  const given = isRerank
    ? { prefix: OPENINFERENCE.rerankerInputDocuments, items: textItems(OPENINFERENCE.documentContent, texts) }
    : { prefix: OPENINFERENCE.embeddings, items: textItems(OPENINFERENCE.embeddingText, texts) };
  return [
    { prefix: OPENINFERENCE.outputMessages, items: messageItems(output), keeps: 'ends' },
    {
      prefix: OPENINFERENCE.inputMessages,
      items: messageItems([...instructions, ...(input ?? [])]),
      keeps: 'ends',
    },
    { prefix: found, items: documents.map(documentItem).filter((item) => item.length > 0), keeps: 'front' },
    { ...given, keeps: 'front' },
    { prefix: OPENINFERENCE.tools, items: tools.map(toolItem), keeps: 'front' },
  ];
}
