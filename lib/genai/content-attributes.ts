import type { Attributes } from '@opentelemetry/api';
import { contentOfAttribute, isContentKey } from './read-content.js';

// Content under the names of other conventions and tools: OpenInference, OpenLLMetry, Langfuse, the AI SDK, LangSmith,
// and the events that the conventions had before they had attributes.
const FOREIGN =
  /^(?:(?:input|output)\.value|llm\.(?:input_messages|output_messages|prompts?|completions?|choices|tools|prompt_template\.(?:template|variables)|function_call|invocation_parameters)|retrieval\.documents|reranker\.(?:query|input_documents|output_documents)|embedding\.(?:text|embeddings)|message\.|messagecontent\.|document\.(?:content|metadata)|tool\.(?:parameters|json_schema)|gen_ai\.(?:prompt|completion|input|output|event\.content|choice|tool\.message)|traceloop\.entity\.(?:input|output)|langfuse\.(?:observation|trace)\.(?:input|output)|langsmith\.(?:inputs|outputs)|ai\.(?:prompt|response|toolCall|settings\.context|value|values|embeddings?))(?:\.|$|\[)/;
// Facts that begin like content.
const FACTS =
  /^(?:gen_ai\.(?:prompt\.(?:name|version)|output\.type)|ai\.response\.(?:finishReason|id|model|timestamp|ms|avg|providerMetadata)|ai\.toolCall\.(?:name|id)|llm\.(?:prompts?|completions?)\.\d+\.role)/;
const FOREIGN_EVENTS = /^gen_ai\.(?:(?:system|user|assistant|tool)\.message|choice|content\.(?:prompt|completion))$/;

/** Tells whether an attribute of somebody else's holds content, by its name. */
export function isForeignContent(key: string): boolean {
  return FOREIGN.test(key) && !FACTS.test(key);
}

/** Tells whether an event is nothing but content, by its name. */
export function isContentEvent(name: string): boolean {
  return FOREIGN_EVENTS.test(name);
}

/** The attributes of a span, with the content among them apart. */
export interface SplitAttributes {
  readonly facts: Attributes;
  /** By its key, in the form in which content stands beside a span; undefined where there is none. */
  readonly content: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Takes content out of attributes; the object given stays as it is, and is the result where it holds none. Content in
 * another tool's words stays among the facts only where `keepsForeign` says so.
 */
export function splitAttributes(attributes: Attributes, keepsForeign: boolean): SplitAttributes {
  let facts: Attributes | undefined;
  let content: Record<string, unknown> | undefined;
  for (const key in attributes) {
    const isOurs = isContentKey(key);
    if (!isOurs && (keepsForeign || !isForeignContent(key))) continue;
    const found = isOurs ? contentOfAttribute(key, attributes[key]) : undefined;
    // What cannot be understood stays an attribute, for those who may see content.
    if (found === undefined && keepsForeign) continue;
    facts ??= { ...attributes };
    delete facts[key];
    if (found !== undefined) (content ??= {})[key] = found;
  }
  return { facts: facts ?? attributes, content };
}
