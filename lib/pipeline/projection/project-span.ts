import type { Attributes, AttributeValue } from '@opentelemetry/api';
import { SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { CallContent } from '../../core/capture.js';
import { contentOf, hiddenOf, limitOf } from '../../core/capture.js';
import { countGuarded } from '../../core/guard.js';
import { splitAttributes } from '../../genai/content-attributes.js';
import { contentOfEvents } from '../../genai/sort-attributes.js';
import { readSpanRecord } from '../../genai/span-record.js';
import { vocabularyOf } from '../../genai/vocabularies/known-vocabularies.js';
import type { GatePass } from '../../privacy/gate.js';
import { REDACTION_FAILED } from '../../privacy/marks.js';
import type { ContentTier } from '../../privacy/tiers.js';
import { isContentTier, strictest } from '../../privacy/tiers.js';
import type { FinishedSpan } from '../finished-span.js';
import { digestAttributes } from './content-digests.js';
import type { Content } from './content-fields.js';
import type { SharedParts } from './compiled-rules.js';
import { compiledRules } from './compiled-rules.js';
import { gateContent } from './gate-content.js';
import { gateAttributes, gateContext, gateEvents, gateLinks, gateStatus } from './gate-span.js';
import { withoutHidden, withoutMasked, withoutParameters } from './hidden-fields.js';
import { withoutForeign } from './hidden-foreign.js';
import { withinLimits } from './limits/compiled-limits.js';
import type { ProjectionRules } from './projection-rules.js';

/** A span as the SDK hands it over at its end. */
export type EndedSpan = ReadableSpan;

function durationMs([seconds, nanoseconds]: ReadableSpan['duration']): number {
  return seconds * 1000 + nanoseconds / 1e6;
}

/** The tier at which a destination sees one span: its own, or the stricter one that the call asked for. */
export function tierFor(content: CallContent | undefined, rules: ProjectionRules): ContentTier {
  const limit = limitOf(content);
  if (limit === undefined) return rules.content;
  return strictest(rules.content, isContentTier(limit) ? limit : undefined) ?? 'none';
}

// The SDK copies lists.
function isSame(one: unknown, other: unknown): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other;
  return one.length === other.length && one.every((item, index) => item === other[index]);
}

const NO_CONTENT: Content = Object.freeze({});

const isEmpty = (content: Content): boolean => Object.keys(content).length === 0;

type Draft = { -readonly [K in keyof FinishedSpan]: FinishedSpan[K] };

/** One span on its way to one destination. */
interface View {
  readonly span: ReadableSpan;
  readonly rules: ProjectionRules;
  readonly kept: CallContent | undefined;
  readonly tier: ContentTier;
  readonly pass: GatePass;
  readonly showsContent: boolean;
}

// What the span shows as marks, for those who may see it.
function attributesOf({ span, tier, kept }: View): Attributes {
  const { attributes } = span;
  const hidden = tier === 'full' && kept !== undefined ? hiddenOf(kept) : undefined;
  if (hidden === undefined) return attributes;
  const whole = { ...attributes };
  // Only where the mark still stands: what was set later is what the span says.
  for (const [key, { was, shown }] of Object.entries(hidden)) {
    if (isSame(whole[key], shown)) whole[key] = was as AttributeValue;
  }
  return whole;
}

function contentFor({ span, rules, kept, tier }: View, found: Content | undefined): Content {
  if (tier === 'none') return NO_CONTENT;
  const { events } = span;
  if (events.length === 0 && found === undefined && kept === undefined) return NO_CONTENT;
  return withoutHidden({ ...contentOfEvents(events), ...found, ...kept }, rules.hidden);
}

const IN_ATTRIBUTES: readonly string[] = ['attributes'];

function shownAttributes(view: View, status: ReadableSpan['status']): Attributes {
  const { span, rules, tier, pass, showsContent } = view;
  const { hidden, vocabulary, privacy } = rules;
  const { facts, content: found, isCanonical } = splitAttributes(attributesOf(view), showsContent);
  const content = contentFor(view, found);
  const left = hidden.size === 0 ? facts : withoutForeign(withoutParameters(facts, hidden), hidden);
  let shown = gateAttributes(left, pass, IN_ATTRIBUTES);
  if (tier === 'digest') {
    shown = { ...shown, ...digestAttributes(span.spanContext(), withoutMasked(content, hidden), privacy.digester) };
  }
  const visible = showsContent && content !== NO_CONTENT ? gateContent(content, pass) : NO_CONTENT;
  // The facts are in the words of the conventions already.
  if (vocabulary === 'gen-ai' && (visible === NO_CONTENT || isEmpty(visible))) return shown;
  const words = vocabularyOf(vocabulary);
  if (words.beside !== undefined && isCanonical) {
    return words.beside(shown, visible, status.code === SpanStatusCode.ERROR);
  }
  const { name, kind, startTime, duration } = span;
  const record = readSpanRecord({ name, kind, attributes: shown, events: [], status }, visible);
  const maxAttributes = rules.limits?.attributesPerSpan;
  const room = maxAttributes === undefined ? {} : { maxAttributes };
  return words.render(record, { ...room, startTime, durationMs: durationMs(duration) });
}

function attributesFor(view: View, status: ReadableSpan['status']): Attributes {
  try {
    return shownAttributes(view, status);
  } catch (error) {
    countGuarded('PIPELINE', error);
    return { 'spanwright.redaction': REDACTION_FAILED };
  }
}

function project(view: View, parts: SharedParts): FinishedSpan {
  const { span, rules, pass, showsContent } = view;
  const spanContext = gateContext(span.spanContext(), pass);
  const parent = rules.selection.parentOf(span);
  const status = gateStatus(span.status, pass);
  const name = pass.text(span.name);
  // Before the content, which may take all the time of the span.
  const links = gateLinks(span.links, pass);
  const events = gateEvents(span, pass, showsContent, rules.hidden);
  const seen: Draft = {
    name,
    kind: span.kind,
    spanContext: () => spanContext,
    startTime: span.startTime,
    endTime: span.endTime,
    status,
    attributes: attributesFor(view, status),
    links,
    events,
    duration: span.duration,
    ended: span.ended,
    resource: parts.resource(rules.resource ?? span.resource),
    instrumentationScope: parts.scope(span.instrumentationScope),
    droppedAttributesCount: span.droppedAttributesCount,
    droppedEventsCount: span.droppedEventsCount,
    droppedLinksCount: span.droppedLinksCount,
  };
  if (parent !== undefined) seen.parentSpanContext = gateContext(parent, pass);
  return seen;
}

/**
 * Makes what one destination sees of an ended span: a plain object in the shape of `ReadableSpan`, facts joined with the
 * content that the destination may see, past the gate, under a parent that it gets.
 */
export function projectSpan(span: ReadableSpan, rules: ProjectionRules): FinishedSpan {
  const compiled = compiledRules(rules);
  const kept = contentOf(span.spanContext());
  const tier = tierFor(kept, rules);
  const parts = tier === 'full' ? compiled.full : compiled.redacted;
  const showsContent = tier === 'redacted' || tier === 'full';
  const seen = project({ span, rules, kept, tier, pass: parts.gate.forSpan(), showsContent }, parts);
  return compiled.limits === undefined ? seen : withinLimits(seen, compiled.limits);
}
