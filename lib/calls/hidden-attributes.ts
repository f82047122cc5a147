import type { Attributes, AttributeValue, Link, Span } from '@opentelemetry/api';
import type { HiddenFact } from '../core/capture.js';
import { keepHidden } from '../core/capture.js';
import { hideText } from '../core/hide-text.js';
import { state } from '../core/state.js';
import { withoutHiddenState } from '../core/trace-state.js';
import { hideByStandard } from '../privacy/at-once.js';
import { REDACTED } from '../privacy/marks.js';

// Whatever is said before anything is configured is hidden as well; the rules are made for the first text.
state.hideText ??= hideByStandard;

/** What a span gets of attributes, and what it does not get as it was. */
export interface HiddenAttributes {
  readonly shown: Attributes;
  /** Those that were changed, as they were, each with its mark; undefined where none was. */
  readonly hidden: Readonly<Record<string, HiddenFact>> | undefined;
}

// Cards and phone numbers with their country have more digits than amounts and ids.
const LONG_NUMBER = 100_000_000_000;
// The SDK keeps fewer.
const MAX_NAMED = 256;

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function hideNumber(value: number): AttributeValue {
  if (!(Math.abs(value) >= LONG_NUMBER) || !Number.isInteger(value)) return value;
  const written = String(value);
  const shown = hideText(written);
  return shown === written ? value : shown;
}

// As a whole first: a name may stand before its value.
function hideList(list: AttributeValue & readonly unknown[]): AttributeValue {
  if (typeof list.find((item) => item !== null && item !== undefined) === 'boolean') return list;
  const json = JSON.stringify(list);
  const hidden = hideText(json);
  if (hidden === json) return list;
  const shown = parsed(hidden);
  return Array.isArray(shown)
    ? (shown.map((item) => (item === null ? null : String(item))) as AttributeValue)
    : [REDACTED];
}

function hideValue(value: AttributeValue): AttributeValue {
  if (typeof value === 'string') return hideText(value);
  if (typeof value === 'number') return hideNumber(value);
  return Array.isArray(value) ? hideList(value) : value;
}

/** Hides what the texts and numbers of attributes show; the object given stays as it is. */
export function hideInAttributes(attributes: Attributes): HiddenAttributes {
  let shown = attributes;
  let hidden: Record<string, HiddenFact> | undefined;
  for (const key in attributes) {
    const value = attributes[key];
    if (value === undefined || typeof value === 'boolean') continue;
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

function hideMember(key: string, value: AttributeValue | undefined): [string, AttributeValue | undefined] {
  if (typeof value !== 'string' && typeof value !== 'number') return [hideText(key), value && hideValue(value)];
  const json = JSON.stringify({ [key]: String(value) });
  const hidden = hideText(json);
  if (hidden === json) return [key, value];
  const [member] = Object.entries((parsed(hidden) as Record<string, string> | undefined) ?? {});
  if (member === undefined) return [hideText(key), REDACTED];
  return member[1] === String(value) ? [member[0], value] : member;
}

/**
 * The same for attributes whose names the user makes as well, of events, links and metrics: a name may tell a secret, or
 * be one. At most 256 of them.
 */
export function hideInNamed(attributes: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(attributes)
      .slice(0, MAX_NAMED)
      .map(([key, value]) => hideMember(key, value)),
  );
}

/** Hides what links show. */
export function hideInLinks(links: readonly Link[]): Link[] {
  return links.map((link) => ({
    ...link,
    context: withoutHiddenState(link.context, hideText),
    ...(link.attributes && { attributes: hideInNamed(link.attributes) }),
  }));
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
