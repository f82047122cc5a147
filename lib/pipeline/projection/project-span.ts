import type { Attributes, AttributeValue } from '@opentelemetry/api';
import { SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { CallContent } from '../../core/capture.js';
import { contentOf, hiddenOf, limitOf } from '../../core/capture.js';
import { guarded } from '../../core/guard.js';
import { splitAttributes } from '../../genai/content-attributes.js';
import { contentOfEvents } from '../../genai/sort-attributes.js';
import { readSpanRecord } from '../../genai/span-record.js';
import { vocabularyOf } from '../../genai/vocabularies/known-vocabularies.js';
import type { VocabularyName } from '../../genai/vocabularies/vocabulary.js';
import type { GatePass } from '../../privacy/gate.js';
import { REDACTION_FAILED } from '../../privacy/marks.js';
import type { Privacy } from '../../privacy/privacy.js';
import type { ContentTier } from '../../privacy/tiers.js';
import { isContentTier, strictest } from '../../privacy/tiers.js';
import type { FinishedSpan } from '../finished-span.js';
import type { BackendLimits } from '../settings.js';
import type { Selection } from '../selection/selection.js';
import { digestAttributes } from './content-digests.js';
import type { Content } from './content-fields.js';
import { gateContent } from './gate-content.js';
import { gateResource, gateScope } from './gate-resource.js';
import { gateAttributes, gateContext, gateEvents, gateLinks, gateStatus } from './gate-span.js';
import type { HiddenFields } from './hidden-fields.js';
import { withoutHidden, withoutMasked, withoutParameters } from './hidden-fields.js';
import { withoutForeign } from './hidden-foreign.js';
import type { CompiledLimits } from './limits/compiled-limits.js';
import { compileLimits, withinLimits } from './limits/compiled-limits.js';

/** A span as the SDK hands it over at its end. */
export type EndedSpan = ReadableSpan;

/** What decides how a destination sees a span. */
export interface ProjectionRules {
  readonly content: ContentTier;
  /** What switches hide of content, whatever the tier. */
  readonly hidden: HiddenFields;
  /** Characters of one attribute. */
  readonly maxContentChars: number | undefined;
  /** Which spans it takes, and under which parent. */
  readonly selection: Selection;
  /** What the backend takes at most; absent means anything. */
  readonly limits?: BackendLimits;
  /** Attributes of the resource for this destination alone. */
  readonly resourceAttributes?: Attributes;
  readonly vocabulary: VocabularyName;
  readonly privacy: Privacy;
  /** Replaces the resource of the provider; undefined in a host's provider, whose resource stays. */
  readonly resource: FinishedSpan['resource'] | undefined;
}

function durationMs([seconds, nanoseconds]: ReadableSpan['duration']): number {
  return seconds * 1000 + nanoseconds / 1e6;
}

/** The tier at which a destination sees one span: its own, or the stricter one that the call asked for. */
export function tierFor(content: CallContent | undefined, rules: ProjectionRules): ContentTier {
  const limit = limitOf(content);
  return strictest(rules.content, isContentTier(limit) ? limit : undefined) ?? 'none';
}

// The SDK copies lists.
function isSame(one: unknown, other: unknown): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other;
  return one.length === other.length && one.every((item, index) => item === other[index]);
}

const known = new WeakMap<ProjectionRules, CompiledLimits | 'none'>();

function limitsOf(rules: ProjectionRules): CompiledLimits | undefined {
  let limits = known.get(rules);
  if (limits === undefined) {
    known.set(rules, (limits = compileLimits(rules.limits ?? {}, rules.maxContentChars) ?? 'none'));
  }
  return limits === 'none' ? undefined : limits;
}

const NO_CONTENT: Content = Object.freeze({});

const isEmpty = (content: Content): boolean => Object.keys(content).length === 0;

class Projection {
  readonly #span: ReadableSpan;
  readonly #rules: ProjectionRules;
  readonly #kept: CallContent | undefined;
  readonly #tier: ContentTier;
  readonly #pass: GatePass;

  constructor(span: ReadableSpan, rules: ProjectionRules) {
    this.#span = span;
    this.#rules = rules;
    this.#kept = contentOf(span.spanContext());
    this.#tier = tierFor(this.#kept, rules);
    const { redacted, full } = rules.privacy;
    this.#pass = (this.#tier === 'full' ? full : redacted).forSpan();
  }

  get #showsContent(): boolean {
    return this.#tier === 'redacted' || this.#tier === 'full';
  }

  // What the span shows as marks, for those who may see it.
  #attributes(): Attributes {
    const { attributes } = this.#span;
    const hidden = this.#tier === 'full' ? hiddenOf(this.#kept) : undefined;
    if (hidden === undefined) return attributes;
    const whole = { ...attributes };
    // Only where the mark still stands: what was set later is what the span says.
    for (const [key, { was, shown }] of Object.entries(hidden)) {
      if (isSame(whole[key], shown)) whole[key] = was as AttributeValue;
    }
    return whole;
  }

  #content(found: Content | undefined): Content {
    if (this.#tier === 'none') return NO_CONTENT;
    const { events } = this.#span;
    if (events.length === 0 && found === undefined && this.#kept === undefined) return NO_CONTENT;
    const all = { ...contentOfEvents(events), ...found, ...this.#kept };
    return withoutHidden(all, this.#rules.hidden);
  }

  #shownAttributes(status: ReadableSpan['status']): Attributes {
    const { hidden, vocabulary, privacy } = this.#rules;
    const { facts, content: found, isCanonical } = splitAttributes(this.#attributes(), this.#showsContent);
    const content = this.#content(found);
    let shown = gateAttributes(withoutForeign(withoutParameters(facts, hidden), hidden), this.#pass, ['attributes']);
    if (this.#tier === 'digest') {
      const whole = withoutMasked(content, hidden);
      shown = { ...shown, ...digestAttributes(this.#span.spanContext(), whole, privacy.digester) };
    }
    const visible = this.#showsContent && content !== NO_CONTENT ? gateContent(content, this.#pass) : NO_CONTENT;
    // The facts are in the words of the conventions already.
    if (vocabulary === 'gen-ai' && isEmpty(visible)) return shown;
    const words = vocabularyOf(vocabulary);
    if (words.beside !== undefined && isCanonical) {
      return words.beside(shown, visible, status.code === SpanStatusCode.ERROR);
    }
    const { name, kind, startTime, duration } = this.#span;
    const record = readSpanRecord({ name, kind, attributes: shown, events: [], status }, visible);
    const maxAttributes = this.#rules.limits?.attributesPerSpan;
    const room = maxAttributes === undefined ? {} : { maxAttributes };
    return words.render(record, { ...room, startTime, durationMs: durationMs(duration) });
  }

  #attributesFor(status: ReadableSpan['status']): Attributes {
    return guarded('PIPELINE', () => this.#shownAttributes(status)) ?? { 'spanwright.redaction': REDACTION_FAILED };
  }

  run(): FinishedSpan {
    const span = this.#span;
    const pass = this.#pass;
    const { selection, hidden, privacy, resource, resourceAttributes } = this.#rules;
    const gate = this.#tier === 'full' ? privacy.full : privacy.redacted;
    const spanContext = gateContext(span.spanContext(), pass);
    const parent = selection.parentOf(span);
    const status = gateStatus(span.status, pass);
    const name = pass.text(span.name);
    // Before the content, which may take all the time of the span.
    const links = gateLinks(span.links, pass);
    const events = gateEvents(span, pass, this.#showsContent, hidden);
    return {
      name,
      kind: span.kind,
      spanContext: () => spanContext,
      ...(parent === undefined ? {} : { parentSpanContext: gateContext(parent, pass) }),
      startTime: span.startTime,
      endTime: span.endTime,
      status,
      attributes: this.#attributesFor(status),
      links,
      events,
      duration: span.duration,
      ended: span.ended,
      resource: gateResource(resource ?? span.resource, gate, resourceAttributes),
      instrumentationScope: gateScope(span.instrumentationScope, gate),
      droppedAttributesCount: span.droppedAttributesCount,
      droppedEventsCount: span.droppedEventsCount,
      droppedLinksCount: span.droppedLinksCount,
    };
  }
}

/**
 * Makes what one destination sees of an ended span: a plain object in the shape of `ReadableSpan`, facts joined with the
 * content that the destination may see, past the gate, under a parent that it gets.
 */
export function projectSpan(span: ReadableSpan, rules: ProjectionRules): FinishedSpan {
  const limits = limitsOf(rules);
  const projected = new Projection(span, rules).run();
  return limits === undefined ? projected : withinLimits(projected, limits);
}
