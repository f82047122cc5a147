import type { Attributes } from '@opentelemetry/api';
import { RECEIVED, SENT } from '../../core/capture.js';
import { REQUEST_PARAMETER_KEYS } from '../../genai/vocabularies/request-parameters.js';
import { GEN_AI } from '../../genai/vocabularies/gen-ai-names.js';
import { REDACTED } from '../../privacy/marks.js';
import type { HiddenField } from '../../privacy/switches.js';
import type { Content } from './content-fields.js';

/** The parts of content that switches hide, whatever the tier. */
export type HiddenFields = ReadonlySet<string>;

const GONE: Readonly<Partial<Record<HiddenField, readonly string[]>>> = {
  inputs: [
    GEN_AI.inputMessages,
    GEN_AI.systemInstructions,
    GEN_AI.retrievalQuery,
    GEN_AI.toolArguments,
    GEN_AI.capturedArguments,
  ],
  inputMessages: [GEN_AI.inputMessages, GEN_AI.systemInstructions],
  outputs: [GEN_AI.outputMessages, GEN_AI.retrievalDocuments, GEN_AI.toolResult, GEN_AI.capturedResult],
  outputMessages: [GEN_AI.outputMessages],
  toolDefinitions: [GEN_AI.toolDefinitions],
  embeddingText: [GEN_AI.embeddingTexts],
};

const TEXTS = new Set(['text', 'reasoning']);
const MEDIA = new Set(['blob', 'file', 'uri']);

interface LoosePart {
  readonly type?: unknown;
  readonly modality?: unknown;
}

// A part of another kind stays: that there was one is a fact.
function withoutPart(part: unknown, hides: { readonly text: boolean; readonly images: boolean }): unknown {
  const { type, modality } = (part ?? {}) as LoosePart;
  if (hides.text && TEXTS.has(type as string)) return { type, content: REDACTED };
  if (hides.images && MEDIA.has(type as string))
    return { type: 'text', content: `[${String(modality ?? type)} hidden]` };
  return part;
}

function mapParts(value: unknown, hides: { readonly text: boolean; readonly images: boolean }): unknown {
  if (typeof value === 'string') return hides.text ? REDACTED : value;
  if (!Array.isArray(value)) return value;
  return value.map((item: unknown) => {
    const { parts, content } = (item ?? {}) as { parts?: unknown; content?: unknown };
    if (Array.isArray(parts)) return { ...(item as object), parts: mapParts(parts, hides) };
    if (Array.isArray(content)) return { ...(item as object), content: mapParts(content, hides) };
    return withoutPart(item, hides);
  });
}

/** Content without what switches hide; the object given stays as it is. */
export function withoutHidden(content: Content, hidden: HiddenFields): Content {
  if (hidden.size === 0) return content;
  const shown: Record<string | symbol, unknown> = { ...content };
  for (const [field, keys] of Object.entries(GONE)) {
    if (hidden.has(field)) for (const key of keys) delete shown[key];
  }
  // A digest tells whoever can guess a content that it was this one.
  if (hidden.has('inputs')) delete shown[SENT];
  if (hidden.has('outputs')) delete shown[RECEIVED];
  if (hidden.has('prompts') || hidden.has('inputs')) {
    for (const key of Object.keys(shown)) if (key.startsWith(GEN_AI.promptVariable)) delete shown[key];
  }
  const input = { text: hidden.has('inputText'), images: hidden.has('inputImages') };
  for (const key of [GEN_AI.inputMessages, GEN_AI.systemInstructions]) {
    if ((input.text || input.images) && shown[key] !== undefined) shown[key] = mapParts(shown[key], input);
  }
  if (input.text && shown[GEN_AI.retrievalQuery] !== undefined) shown[GEN_AI.retrievalQuery] = REDACTED;
  if (hidden.has('outputText') && shown[GEN_AI.outputMessages] !== undefined) {
    shown[GEN_AI.outputMessages] = mapParts(shown[GEN_AI.outputMessages], { text: true, images: false });
  }
  return shown;
}

/** Facts without the parameters of a request, where a switch hides them. */
export function withoutParameters(facts: Attributes, hidden: HiddenFields): Attributes {
  if (!hidden.has('invocationParameters')) return facts;
  const shown = { ...facts };
  for (const key of REQUEST_PARAMETER_KEYS) delete shown[key];
  return shown;
}

/** Content of which a digest can be told: without those sides in which switches put marks, whose digests would all be one. */
export function withoutMasked(content: Content, hidden: HiddenFields): Content {
  const isInput = hidden.has('inputText') || hidden.has('inputImages');
  const isOutput = hidden.has('outputText');
  if (!isInput && !isOutput) return content;
  const whole: Record<string | symbol, unknown> = { ...content };
  const gone = [...(isInput ? (GONE.inputs ?? []) : []), ...(isOutput ? (GONE.outputs ?? []) : [])];
  for (const key of gone) delete whole[key];
  if (isInput) {
    delete whole[GEN_AI.embeddingTexts];
    delete whole[SENT];
  }
  if (isOutput) delete whole[RECEIVED];
  return whole;
}
