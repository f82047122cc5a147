import type { Attributes, AttributeValue, Link, Span } from '@opentelemetry/api';
import type { HiddenFact } from '../core/capture.js';
import { keepHidden } from '../core/capture.js';
import { hideText } from '../core/hide-text.js';
import { state } from '../core/state.js';
import { REDACTED } from '../privacy/marks.js';
import { hideByStandard } from '../privacy/at-once.js';

// Whatever is said before anything is configured is hidden as well; the rules are made for the first text.
state.hideText ??= hideByStandard;

/** What a span gets of attributes, and what it does not get as it was. */
export interface HiddenAttributes {
  readonly shown: Attributes;
  /** Those that were changed, as they were, each with its mark; undefined where none was. */
  readonly hidden: Readonly<Record<string, HiddenFact>> | undefined;
}

function hideValue(value: AttributeValue): AttributeValue {
  if (typeof value === 'string') return hideText(value);
  if (!Array.isArray(value) || !value.some((item) => typeof item === 'string')) return value;
  const shown = (value as string[]).map((item) => (typeof item === 'string' ? hideText(item) : item));
  return shown.every((item, index) => item === value[index]) ? value : shown;
}

/** Hides what the texts of attributes show; the object given stays as it is. */
export function hideInAttributes(attributes: Attributes): HiddenAttributes {
  let shown = attributes;
  let hidden: Record<string, HiddenFact> | undefined;
  for (const key in attributes) {
    const value = attributes[key];
    if (typeof value !== 'string' && typeof value !== 'object') continue;
    const safe = hideValue(value);
    if (safe === value) continue;
    if (hidden === undefined) {
      hidden = {};
      shown = { ...attributes };
    }
    hidden[key] = { was: value, shown: safe };
    shown[key] = safe;
  }
  return { shown, hidden };
}

function parsed(json: string): Attributes | undefined {
  try {
    return JSON.parse(json) as Attributes;
  } catch {
    return undefined;
  }
}

/** The same for attributes whose names the user makes as well, of events and links: a name may tell a secret, or be one. */
export function hideInNamed(attributes: Attributes): Attributes {
  const json = JSON.stringify(attributes);
  const hidden = hideText(json);
  const named = hidden === json ? attributes : parsed(hidden);
  if (named !== undefined) return hideInAttributes(named).shown;
  return Object.fromEntries(Object.keys(attributes).map((key) => [hideText(key), REDACTED]));
}

/** Hides what the attributes of links show. */
export function hideInLinks(links: readonly Link[]): Link[] {
  return links.map((link) =>
    link.attributes === undefined ? link : { ...link, attributes: hideInNamed(link.attributes) },
  );
}

// By the facts of a context, which many spans share, for as long as the rules are the same.
let known = new WeakMap<Attributes, HiddenAttributes>();
let knownBy: unknown = state.hideText;

/** Hides what the facts of a context show, once for all its spans. */
export function hideInFacts(facts: Attributes): HiddenAttributes {
  if (knownBy !== state.hideText) {
    known = new WeakMap();
    knownBy = state.hideText;
  }
  const made = known.get(facts) ?? hideInAttributes(facts);
  known.set(facts, made);
  return made;
}

/** Sets facts on a span, with marks where they show something; what was there before is kept beside the span. */
export function writeFacts(span: Span, facts: Attributes): void {
  const { shown, hidden } = hideInAttributes(facts);
  span.setAttributes(shown);
  if (hidden !== undefined && span.isRecording()) keepHidden(span.spanContext(), hidden);
}
