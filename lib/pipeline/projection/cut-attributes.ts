import type { Attributes, AttributeValue } from '@opentelemetry/api';
import { GEN_AI } from '../../genai/vocabularies/gen-ai-names.js';
import { truncateJson, truncateText } from '../../privacy/truncate.js';

// A text that was captured stands there as JSON too, in its quotes.
function jsonIn(text: string): object | string | undefined {
  if (!/^\s{0,20}["{[]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' || (typeof value === 'object' && value !== null) ? value : undefined;
  } catch {
    return undefined;
  }
}

// Undefined where nothing has room.
function cut(value: AttributeValue, maxChars: number): AttributeValue | undefined {
  if (Array.isArray(value)) {
    if (JSON.stringify(value).length <= maxChars) return value;
    const fitting = truncateJson(value, { maxChars }) as unknown[] | undefined;
    // Lists of attributes hold one type, which the mark of what was cut may be none of.
    return fitting?.filter((item) => typeof item === typeof value[0]) as AttributeValue | undefined;
  }
  if (typeof value !== 'string' || value.length <= maxChars) return value;
  const json = jsonIn(value);
  if (json === undefined) return truncateText(value, { maxChars });
  return JSON.stringify(truncateJson(json, { maxChars })) ?? truncateText(value, { maxChars });
}

interface WithAttributes {
  readonly attributes?: Attributes;
}

/** The same of what stands in events or links. */
export function cutEach<T extends WithAttributes>(list: T[], maxChars: number): T[] {
  return list.map((one) => {
    const attributes = one.attributes && cutAttributes(one.attributes, maxChars);
    return attributes === one.attributes ? one : { ...one, attributes };
  });
}

/** Attributes whose texts have at most so many characters; JSON stays JSON. Says so where something was cut. */
export function cutAttributes(attributes: Attributes, maxChars: number): Attributes {
  let shown = attributes;
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined) continue;
    const fitting = cut(value, maxChars);
    if (fitting === value) continue;
    if (shown === attributes) shown = { ...attributes, [GEN_AI.contentDropped]: true };
    if (fitting === undefined) delete shown[key];
    else shown[key] = fitting;
  }
  return shown;
}
