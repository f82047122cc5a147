import type { CallMessages } from './record.js';
import { toDocuments, toMessages, toOutputMessages, toTexts, toTools } from './read-messages.js';
import { toParts } from './read-parts.js';
import { GEN_AI } from './vocabularies/gen-ai-names.js';

/** Content of a span, from beside it or from its attributes. */
export interface SpanContent {
  readonly messages?: CallMessages;
  readonly toolArguments?: unknown;
  readonly toolResult?: unknown;
  readonly input?: unknown;
  readonly output?: unknown;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** What tells how an answer ended where a message of it does not. */
export interface AnswerEnd {
  readonly finishReasons: readonly string[];
  readonly isFailed: boolean;
}

type Draft = { -readonly [K in keyof SpanContent]: SpanContent[K] };
type Messages = { -readonly [K in keyof CallMessages]: CallMessages[K] };
type Found = Readonly<Record<string, unknown>>;

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function messagesOf(found: Found, { finishReasons, isFailed }: AnswerEnd): CallMessages | undefined {
  const messages: Messages = {};
  let isAny = false;
  const put = <K extends keyof CallMessages>(key: K, value: CallMessages[K] | undefined): void => {
    if (value === undefined) return;
    messages[key] = value;
    isAny = true;
  };
  put('system', toParts(found[GEN_AI.systemInstructions]));
  put('input', toMessages(found[GEN_AI.inputMessages], 'user'));
  put('output', toOutputMessages(found[GEN_AI.outputMessages], finishReasons, isFailed ? 'error' : 'unknown'));
  put('tools', toTools(found[GEN_AI.toolDefinitions]));
  put('query', text(found[GEN_AI.retrievalQuery]));
  put('documents', toDocuments(found[GEN_AI.retrievalDocuments]));
  put('texts', toTexts(found[GEN_AI.embeddingTexts]));
  return isAny ? messages : undefined;
}

function variablesOf(found: Found): Readonly<Record<string, unknown>> | undefined {
  const names = Object.keys(found).filter((key) => key.startsWith(GEN_AI.promptVariable));
  if (names.length === 0) return undefined;
  return Object.fromEntries(names.map((key) => [key.slice(GEN_AI.promptVariable.length), found[key]]));
}

/** Puts the values found under the content keys where a record has them; what does not fit is left out. */
export function toContent(found: Found, end: AnswerEnd): SpanContent {
  const content: Draft = {};
  const messages = messagesOf(found, end);
  const variables = variablesOf(found);
  if (messages !== undefined) content.messages = messages;
  if (variables !== undefined) content.variables = variables;
  if (found[GEN_AI.toolArguments] !== undefined) content.toolArguments = found[GEN_AI.toolArguments];
  if (found[GEN_AI.toolResult] !== undefined) content.toolResult = found[GEN_AI.toolResult];
  if (found[GEN_AI.capturedArguments] !== undefined) content.input = found[GEN_AI.capturedArguments];
  if (found[GEN_AI.capturedResult] !== undefined) content.output = found[GEN_AI.capturedResult];
  return content;
}

// Lists in the conventions; a text that is none of them was cut on its way and would be taken for a message.
const LISTS: ReadonlySet<string> = new Set([
  GEN_AI.inputMessages,
  GEN_AI.outputMessages,
  GEN_AI.systemInstructions,
  GEN_AI.toolDefinitions,
  GEN_AI.retrievalDocuments,
  GEN_AI.embeddingTexts,
]);

const VALUES: ReadonlySet<string> = new Set([
  GEN_AI.toolArguments,
  GEN_AI.toolResult,
  GEN_AI.capturedArguments,
  GEN_AI.capturedResult,
]);

/** Tells whether an attribute of this name holds content. */
export function isContentKey(key: string): boolean {
  return LISTS.has(key) || VALUES.has(key) || key === GEN_AI.retrievalQuery || key.startsWith(GEN_AI.promptVariable);
}

const ENDS: Readonly<Record<string, string>> = { '{': '}', '[': ']', '"': '"' };
const SCALAR = /^\s*(?:true|false|null|-?\d[\d.eE+-]*)\s*$/;
const isBlank = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);

// By its ends: an error that says that a prompt is no JSON costs more than reading one that is.
function mayBeJson(json: string): boolean {
  let start = 0;
  while (start < json.length && isBlank(json.charCodeAt(start))) start++;
  const end = ENDS[json.charAt(start)];
  if (end === undefined) return SCALAR.test(json);
  let last = json.length - 1;
  while (last > start && isBlank(json.charCodeAt(last))) last--;
  return last > start && json.charAt(last) === end;
}

function parsed(json: string): unknown {
  if (!mayBeJson(json)) return undefined;
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/**
 * The content that an attribute holds, as foreign instrumentations and `contentOnSpan` put it on the span; undefined
 * where it is no content or cannot be understood.
 */
export function contentOfAttribute(key: string, value: unknown): unknown {
  if (LISTS.has(key)) {
    const list = typeof value === 'string' ? parsed(value) : value;
    return Array.isArray(list) ? list : undefined;
  }
  if (VALUES.has(key)) return typeof value === 'string' ? (parsed(value) ?? value) : value;
  if (key === GEN_AI.retrievalQuery) return text(value);
  return key.startsWith(GEN_AI.promptVariable) ? value : undefined;
}
