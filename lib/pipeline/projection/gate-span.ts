import type { Attributes, Link, SpanContext, SpanStatus } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { withoutHiddenState } from '../../core/trace-state.js';
import { splitAttributes } from '../../genai/content-attributes.js';
import { contentSideOfEvent } from '../../genai/foreign-content.js';
import type { GatePass } from '../../privacy/gate.js';
import { REDACTION_FAILED } from '../../privacy/marks.js';
import type { FinishedEvent } from '../finished-span.js';
import type { HiddenFields } from './hidden-fields.js';
import { hidesSide, withoutForeign } from './hidden-foreign.js';

const NOTHING: Attributes = Object.freeze({});

/** Attributes as they may leave: the same object where nothing changes. */
export function gateAttributes(attributes: Attributes, pass: GatePass, path: readonly string[]): Attributes {
  const looked = pass.look === undefined ? { shown: attributes, unknown: attributes } : pass.look(attributes);
  if (looked === undefined) return attributes;
  const { shown, unknown } = looked;
  if (unknown === undefined) return shown as Attributes;
  const gated = pass.value(unknown, path);
  if (gated === unknown) return shown as Attributes;
  return unknown === attributes
    ? gatedWhole(gated)
    : (merged(shown as Attributes, unknown, gated) ?? gatedWhole(pass.value(attributes, path)));
}

// Undefined where the gate did not come to the end, so that it says of all attributes what was not looked at.
function merged(attributes: Attributes, unknown: object, gated: unknown): Attributes | undefined {
  if (typeof gated !== 'object' || gated === null) return undefined;
  const shown = { ...attributes };
  for (const key in gated) {
    if (!Object.hasOwn(unknown, key)) return undefined;
    shown[key] = (gated as Attributes)[key];
  }
  return Object.keys(gated).length === Object.keys(unknown).length ? shown : undefined;
}

function gatedWhole(gated: unknown): Attributes {
  // The gate gives a text for an object that it could not look at.
  return typeof gated === 'object' && gated !== null
    ? (gated as Attributes)
    : { 'spanwright.redaction': typeof gated === 'string' ? gated : REDACTION_FAILED };
}

function shownOf(name: string, attributes: Attributes, showsContent: boolean, hidden: HiddenFields): Attributes {
  const side = contentSideOfEvent(name);
  if (side !== undefined && (!showsContent || hidesSide(side, hidden))) return NOTHING;
  return showsContent ? withoutForeign(attributes, hidden) : splitAttributes(attributes, false).facts;
}

/** The events of a span as they may leave; without content where `showsContent` is false, and what switches hide. */
export function gateEvents(
  span: ReadableSpan,
  pass: GatePass,
  showsContent: boolean,
  hidden: HiddenFields,
): FinishedEvent[] {
  if (span.events.length === 0) return [];
  return span.events.map((event, index) => {
    const name = pass.text(event.name);
    if (event.attributes === undefined) return name === event.name ? event : { ...event, name };
    const attributes = shownOf(event.name, event.attributes, showsContent, hidden);
    const gated = gateAttributes(attributes, pass, ['events', String(index), 'attributes']);
    return name === event.name && gated === event.attributes ? event : { ...event, name, attributes: gated };
  });
}

/** A status as it may leave. */
export function gateStatus(status: SpanStatus, pass: GatePass): SpanStatus {
  if (status.message === undefined) return status;
  const message = pass.text(status.message);
  return message === status.message ? status : { ...status, message };
}

/** A span context as it may leave. */
export function gateContext(spanContext: SpanContext, pass: GatePass): SpanContext {
  if (spanContext.traceState === undefined) return spanContext;
  return withoutHiddenState(spanContext, (member) => pass.text(member));
}

/** Links as they may leave. */
export function gateLinks(links: readonly Link[], pass: GatePass): Link[] {
  if (links.length === 0) return [];
  return links.map((link, index) => {
    const context = gateContext(link.context, pass);
    const attributes = link.attributes && gateAttributes(link.attributes, pass, ['links', String(index), 'attributes']);
    if (context === link.context && attributes === link.attributes) return link;
    return { ...link, context, ...(attributes === undefined ? {} : { attributes }) };
  });
}
