import type { Attributes, AttributeValue } from '@opentelemetry/api';
import { GEN_AI } from '../../genai/vocabularies/gen-ai-names.js';
import { truncateJson, truncateText } from '../../privacy/truncate.js';

function structureIn(text: string): object | undefined {
  if (!/^\s{0,20}[{[]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function cut(value: AttributeValue, maxChars: number): AttributeValue {
  if (Array.isArray(value)) {
    const whole = JSON.stringify(value).length;
    return whole <= maxChars ? value : (truncateJson(value, { maxChars }) as AttributeValue);
  }
  if (typeof value !== 'string' || value.length <= maxChars) return value;
  const structure = structureIn(value);
  if (structure === undefined) return truncateText(value, { maxChars });
  return JSON.stringify(truncateJson(structure, { maxChars })) ?? truncateText(value, { maxChars });
}

/** Attributes whose texts have at most so many characters; JSON stays JSON. Says so where something was cut. */
export function cutAttributes(attributes: Attributes, maxChars: number): Attributes {
  let shown = attributes;
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined) continue;
    const fitting = cut(value, maxChars);
    if (fitting === value) continue;
    if (shown === attributes) shown = { ...attributes, [GEN_AI.contentDropped]: true };
    shown[key] = fitting;
  }
  return shown;
}
