import type { Attributes, AttributeValue } from '@opentelemetry/api';
import { GEN_AI } from '../../../genai/vocabularies/gen-ai-names.js';
import type { SizeLimits } from '../../../privacy/ruler.js';
import { isWithin } from '../../../privacy/ruler.js';
import { truncateJson, truncateText } from '../../../privacy/truncate.js';
import { holdsContent } from './attribute-rank.js';

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

/** An attribute value within limits, JSON still JSON; undefined where nothing has room, the same one where all has. */
export function cutValue(value: AttributeValue, limits: SizeLimits): AttributeValue | undefined {
  if (Array.isArray(value)) {
    if (isWithin(JSON.stringify(value), limits)) return value;
    const fitting = truncateJson(value, limits) as unknown[] | undefined;
    // Lists of attributes hold one type, which the mark of what was cut may be none of.
    return fitting?.filter((item) => typeof item === typeof value[0]) as AttributeValue | undefined;
  }
  if (typeof value !== 'string' || isWithin(value, limits)) return value;
  const json = jsonIn(value);
  if (json === undefined) return truncateText(value, limits);
  return JSON.stringify(truncateJson(json, limits)) ?? truncateText(value, limits);
}

interface WithAttributes {
  readonly attributes?: Attributes;
}

/** Sizes of attributes: of those that hold content, and of all others. */
export interface AttributeLimits {
  readonly content: SizeLimits;
  readonly other: SizeLimits;
  /** Tells the attributes that hold content, where a backend has its own list of them. */
  readonly isContent?: (key: string) => boolean;
}

/** The same of what stands in events or links. */
export function cutEach<T extends WithAttributes>(list: T[], limits: AttributeLimits): T[] {
  let shown: T[] | undefined;
  for (const [index, one] of list.entries()) {
    const attributes = one.attributes && cutAttributes(one.attributes, limits);
    if (attributes !== one.attributes) (shown ??= [...list])[index] = { ...one, attributes };
  }
  return shown ?? list;
}

/** Attributes whose values are within limits; JSON stays JSON. Says so where something was cut. */
export function cutAttributes(attributes: Attributes, limits: AttributeLimits): Attributes {
  const { content, other, isContent = holdsContent } = limits;
  let shown = attributes;
  for (const key in attributes) {
    const value = attributes[key];
    if (value === undefined || typeof value === 'number' || typeof value === 'boolean') continue;
    const fitting = cutValue(value, content === other || !isContent(key) ? other : content);
    if (fitting === value) continue;
    if (shown === attributes) shown = { ...attributes, [GEN_AI.contentDropped]: true };
    if (fitting === undefined) delete shown[key];
    else shown[key] = fitting;
  }
  return shown;
}
