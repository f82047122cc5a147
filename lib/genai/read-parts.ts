import { toText } from './json.js';
import type { Part } from './messages.js';

/** An object of unknown origin. */
export type Loose = Readonly<Record<string, unknown>>;

/** Tells an object with named members from everything else. */
export function isLoose(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// A part without what its type must have is kept whole, as one that the conventions have no name for.
function toVendorPart(part: Loose, type: string): Part {
  return { ...part, type: 'vendor', vendor_type: type };
}

// Left out where they are no texts, because the conventions allow them to be absent and nothing else.
function withTexts(part: Loose, ...optional: string[]): Part {
  const kept = optional.filter((key) => Object.hasOwn(part, key) && typeof part[key] !== 'string');
  const entries = Object.entries(part).filter(([key]) => !kept.includes(key));
  return (kept.length === 0 ? part : Object.fromEntries(entries)) as unknown as Part;
}

function hasTexts(part: Loose, ...required: string[]): boolean {
  return required.every((key) => typeof part[key] === 'string');
}

function hasDetails(part: Loose, key: string): boolean {
  const details = part[key];
  return isLoose(details) && typeof details['type'] === 'string';
}

function toResponsePart(part: Loose): Part {
  const { response, result, ...others } = part;
  return withTexts({ ...others, response: response ?? result ?? null }, 'id', 'name');
}

function toPart(part: Loose): Part {
  const { type } = part;
  if (typeof type !== 'string') return toVendorPart(part, 'untyped');
  switch (type) {
    case 'text':
    case 'reasoning':
    case 'refusal':
      return typeof part['content'] === 'string'
        ? (part as unknown as Part)
        : { type, content: toText(part['content']) ?? '' };
    case 'redacted_reasoning':
      return withTexts(part, 'data');
    case 'tool_call':
      return hasTexts(part, 'name') ? withTexts(part, 'id') : toVendorPart(part, type);
    case 'tool_call_response':
      return toResponsePart(part);
    case 'server_tool_call':
      return hasTexts(part, 'name') && hasDetails(part, type) ? withTexts(part, 'id') : toVendorPart(part, type);
    case 'server_tool_call_response':
      return hasDetails(part, type) ? withTexts(part, 'id') : toVendorPart(part, type);
    case 'blob':
      return hasTexts(part, 'modality', 'content') ? withTexts(part, 'mime_type') : toVendorPart(part, type);
    case 'file':
      return hasTexts(part, 'modality', 'file_id') ? withTexts(part, 'mime_type') : toVendorPart(part, type);
    case 'uri':
      return hasTexts(part, 'modality', 'uri') ? withTexts(part, 'mime_type') : toVendorPart(part, type);
    case 'vendor':
      return hasTexts(part, 'vendor_type') ? (part as unknown as Part) : toVendorPart(part, 'untyped');
    default:
      return toVendorPart(part, type);
  }
}

/** Makes parts of a text or a list; undefined for anything else. Items that are neither text nor object are left out. */
export function toParts(value: unknown): Part[] | undefined {
  if (typeof value === 'string') return [{ type: 'text', content: value }];
  if (!Array.isArray(value)) return undefined;
  const parts: Part[] = [];
  let isSame = true;
  for (const item of value as readonly unknown[]) {
    const part = typeof item === 'string' ? ({ type: 'text', content: item } as const) : isLoose(item) && toPart(item);
    if (part !== false) parts.push(part);
    if (part !== item) isSame = false;
  }
  return isSame ? (value as Part[]) : parts;
}
