import type { SizeLimits } from '../../../privacy/ruler.js';
import type { FinishedSpan } from '../../finished-span.js';
import type { BackendLimits } from '../../settings.js';
import { limitCount } from './attribute-count.js';
import type { AttributeLimits } from './cut-attributes.js';
import { cutAttributes, cutEach } from './cut-attributes.js';
import { fitSpan } from './fit-span.js';

/** What a destination takes at most, as it is applied. */
export interface CompiledLimits {
  /** Undefined where no attribute is too long. */
  readonly values: AttributeLimits | undefined;
  readonly maxAttributes: number;
  readonly maxBytes: number;
}

// Of a request with one span: its resource, its scope and what is around them.
const ENVELOPE_BYTES = 4096;
const NONE = Number.POSITIVE_INFINITY;

function sizeLimits(maxChars: number | undefined, maxBytes: number | undefined): SizeLimits {
  return { ...(maxChars === undefined ? {} : { maxChars }), ...(maxBytes === undefined ? {} : { maxBytes }) };
}

/** Compiles the limits of a backend and of a configuration; undefined where there are none. */
export function compileLimits(limits: BackendLimits, maxContentChars: number | undefined): CompiledLimits | undefined {
  const { attributeBytes, contentAttributeBytes = attributeBytes, attributesPerSpan, spanBytes, requestBytes } = limits;
  const other = sizeLimits(maxContentChars, attributeBytes);
  const content = contentAttributeBytes === attributeBytes ? other : sizeLimits(maxContentChars, contentAttributeBytes);
  const isAny = Object.keys(other).length + Object.keys(content).length > 0;
  const names = limits.contentAttributes && new Set(limits.contentAttributes);
  const own = names === undefined ? {} : { isContent: (key: string): boolean => names.has(key) };
  const values = isAny ? { content, other, ...own } : undefined;
  const maxAttributes = attributesPerSpan ?? NONE;
  const maxBytes = Math.min(spanBytes ?? NONE, requestBytes === undefined ? NONE : requestBytes - ENVELOPE_BYTES);
  if (values === undefined && maxAttributes === NONE && maxBytes === NONE) return undefined;
  return { values, maxAttributes, maxBytes };
}

/** A span that a backend takes; the same one where it does as it is. */
export function withinLimits(span: FinishedSpan, { values, maxAttributes, maxBytes }: CompiledLimits): FinishedSpan {
  const cut = values === undefined ? span.attributes : cutAttributes(span.attributes, values);
  const attributes = limitCount(cut, maxAttributes);
  const events = values === undefined ? span.events : cutEach(span.events, values);
  const links = values === undefined ? span.links : cutEach(span.links, values);
  const isSame = attributes === span.attributes && events === span.events && links === span.links;
  const lost =
    attributes === span.attributes
      ? 0
      : Object.keys(span.attributes).filter((key) => !Object.hasOwn(attributes, key)).length;
  const shown = isSame
    ? span
    : { ...span, attributes, events, links, droppedAttributesCount: span.droppedAttributesCount + lost };
  return maxBytes === NONE ? shown : fitSpan(shown, maxBytes);
}
