import type { Attributes } from '@opentelemetry/api';
import type { FactGroups } from './attribute-fields.js';
import { ATTRIBUTE_FIELDS } from './attribute-fields.js';
import { contentOfAttribute } from './read-content.js';
import { GEN_AI } from './vocabularies/gen-ai-names.js';

/** An event of a span. */
export interface SpanEventFacts {
  readonly name: string;
  readonly attributes?: Attributes;
}

/** Facts by group, each with the fields that were there. */
export type SortedGroups = { readonly [G in keyof FactGroups]?: FactGroups[G] | undefined };

/** What the attributes of a span are: facts, content by its key, and neither. */
interface SortedAttributes {
  readonly groups: SortedGroups;
  readonly found: Readonly<Record<string, unknown>>;
  readonly rest: Attributes;
}

const DETAILS_EVENT = 'gen_ai.client.inference.operation.details';

/** The same content, as an instrumentation wrote it that was told to use events. */
export function contentOfEvents(events: readonly SpanEventFacts[]): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const { name, attributes = {} } of events) {
    if (name !== DETAILS_EVENT) continue;
    for (const [key, value] of Object.entries(attributes)) {
      const content = contentOfAttribute(key, value);
      if (content !== undefined) found[key] = content;
    }
  }
  return found;
}

/** Sorts the attributes of a span; what is on the span wins over the same in its events. */
export function sortAttributes(attributes: Attributes, events: readonly SpanEventFacts[]): SortedAttributes {
  const groups: Partial<Record<keyof FactGroups, Record<string, unknown>>> = {};
  const found = contentOfEvents(events);
  const rest: Attributes = {};
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null) continue;
    const field = ATTRIBUTE_FIELDS.get(key);
    const read = field?.read(value);
    if (field !== undefined && read !== undefined) {
      const group = (groups[field.group] ??= {});
      if (!field.isAlias || group[field.field] === undefined) group[field.field] = read;
      continue;
    }
    const content = contentOfAttribute(key, value);
    if (content === undefined) rest[key] = value;
    else found[key] = content;
  }
  // A price table without a price says nothing that a field could take.
  const { cost } = groups;
  if (typeof cost?.['source'] === 'string' && cost['usd'] === undefined) rest[GEN_AI.priceTable] = cost['source'];
  return { groups, found, rest };
}
