import type { Attributes } from '@opentelemetry/api';
import type { ContentSide } from '../../genai/foreign-content.js';
import { contentSideOf } from '../../genai/foreign-content.js';
import type { HiddenField } from '../../privacy/switches.js';
import type { HiddenFields } from './hidden-fields.js';

// Content in another tool's words is not taken apart: what hides a part of a side takes all of it.
const SIDES: Readonly<Partial<Record<HiddenField, ContentSide>>> = {
  inputs: 'input',
  inputMessages: 'input',
  inputText: 'input',
  inputImages: 'input',
  outputs: 'output',
  outputMessages: 'output',
  outputText: 'output',
};
const NAMED: Readonly<Partial<Record<HiddenField, RegExp>>> = {
  prompts: /^(?:llm\.prompts?|llm\.prompt_template|gen_ai\.prompt|(?:vercel\.)?ai\.prompt|traceloop\.prompt)(?:\.|$)/,
  choices: /^(?:llm\.choices|gen_ai\.completion)(?:\.|$)/,
  toolDefinitions:
    /^(?:llm\.(?:tools|request\.functions)|(?:vercel\.)?ai\.prompt\.tools|gen_ai\.(?:request\.available_tools|tool\.definitions)|mlflow\.chat\.tools|tool\.json_schema)(?:\.|$)/,
  invocationParameters: /^llm\.invocation_parameters$/,
  embeddingText: /^(?:embedding\.(?:text|embeddings)|(?:vercel\.)?ai\.values?|gen_ai\.embeddings\.input)(?:\.|$)/,
  embeddingVectors: /^(?:embedding\.(?:vector|embeddings)|(?:vercel\.)?ai\.embeddings?)(?:\.|$)/,
};

/** Tells whether switches hide a side of content that cannot be taken apart. */
export function hidesSide(side: ContentSide, hidden: HiddenFields): boolean {
  for (const field in SIDES) if (hidden.has(field) && SIDES[field as HiddenField] === side) return true;
  return false;
}

function isHidden(key: string, hidden: HiddenFields): boolean {
  const side = contentSideOf(key);
  if (side === undefined) return false;
  if (hidesSide(side, hidden)) return true;
  for (const field in NAMED) if (hidden.has(field) && NAMED[field as HiddenField]?.test(key) === true) return true;
  return false;
}

/** Attributes without content that switches hide and that stands there in another tool's words; the same object without any. */
export function withoutForeign(attributes: Attributes, hidden: HiddenFields): Attributes {
  if (hidden.size === 0) return attributes;
  const gone = Object.keys(attributes).filter((key) => isHidden(key, hidden));
  if (gone.length === 0) return attributes;
  const shown = { ...attributes };
  for (const key of gone) delete shown[key];
  return shown;
}
