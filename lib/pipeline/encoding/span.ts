import type { Link, SpanContext } from '@opentelemetry/api';
import type { FinishedEvent, FinishedSpan } from '../finished-span.js';
import type { AttributeWriter } from './attributes.js';
import type { ProtobufWriter } from './writer.js';

// Fields of Span, Event, Link and Status in trace.proto 1.x: number and wire type in a byte, in two from field 16 on.
const SPAN = {
  traceId: 0x0a,
  spanId: 0x12,
  traceState: 0x1a,
  parentSpanId: 0x22,
  name: 0x2a,
  kind: 0x30,
  start: 0x39,
  end: 0x41,
  attributes: 0x4a,
  droppedAttributes: 0x50,
  events: 0x5a,
  droppedEvents: 0x60,
  links: 0x6a,
  droppedLinks: 0x70,
  status: 0x7a,
  flags: [0x85, 0x01],
} as const;
const EVENT = { time: 0x09, name: 0x12, attributes: 0x1a, droppedAttributes: 0x20 } as const;
const LINK = {
  traceId: 0x0a,
  spanId: 0x12,
  traceState: 0x1a,
  attributes: 0x22,
  droppedAttributes: 0x28,
  flags: 0x35,
} as const;
const STATUS = { message: 0x12, code: 0x18 } as const;

const TRACE_ID_BYTES = 16;
const SPAN_ID_BYTES = 8;
const KNOWS_REMOTE = 0x100;
const IS_REMOTE = 0x200;

function flagsOf(traceFlags: number, isRemote: boolean | undefined): number {
  return (traceFlags & 0xff) | KNOWS_REMOTE | (isRemote ? IS_REMOTE : 0);
}

// Counts that JavaScript left out are none.
function countOf(count: number | undefined): number {
  return (count ?? 0) >>> 0;
}

// A link is somebody's word for a span elsewhere; one that names none must not cost the span that carries it.
function isWhole({ context: { traceId, spanId } }: Link): boolean {
  return /^[0-9a-f]{32}$/i.test(traceId) && /^[0-9a-f]{16}$/i.test(spanId);
}

/** Writes spans as messages of OTLP: the same fields in the same order as the official serialiser. */
export class SpanWriter {
  readonly #writer: ProtobufWriter;
  readonly #attributes: AttributeWriter;
  /** Bytes of the length of the last span; the next one is likely as long. */
  #guess = 2;

  constructor(writer: ProtobufWriter, attributes: AttributeWriter) {
    this.#writer = writer;
    this.#attributes = attributes;
  }

  /** Writes a span as a field of this tag. Throws for a span that cannot be written, after a part of it. */
  write(tag: number, span: FinishedSpan): void {
    const writer = this.#writer;
    const start = this.#open(tag, this.#guess);
    const { parentSpanContext: parent } = span;
    const context = span.spanContext();
    this.#context(context);
    if (parent?.spanId) writer.id(SPAN.parentSpanId, parent.spanId, SPAN_ID_BYTES);
    writer.text(SPAN.name, span.name);
    // OTLP counts kinds from one; zero is a kind that nobody said.
    if (span.kind != null) writer.uint32(SPAN.kind, span.kind + 1);
    writer.time(SPAN.start, span.startTime);
    writer.time(SPAN.end, span.endTime);
    this.#attributes.write(SPAN.attributes, span.attributes);
    writer.uint32(SPAN.droppedAttributes, countOf(span.droppedAttributesCount));
    for (const event of span.events) this.#event(event);
    writer.uint32(SPAN.droppedEvents, countOf(span.droppedEventsCount));
    const links = span.links.length === 0 ? span.links : span.links.filter(isWhole);
    for (const link of links) this.#link(link);
    writer.uint32(SPAN.droppedLinks, countOf(span.droppedLinksCount) + span.links.length - links.length);
    this.#status(span.status);
    const [first, second] = SPAN.flags;
    this.#tag(first);
    this.#tag(second);
    writer.fixed32(flagsOf(context.traceFlags, parent?.isRemote));
    this.#guess = writer.close(start, this.#guess);
  }

  #tag(tag: number): void {
    const writer = this.#writer;
    writer.reserve(writer.at + 1);
    writer.bytes[writer.at++] = tag;
  }

  #open(tag: number, guess: number): number {
    this.#tag(tag);
    return this.#writer.open(guess);
  }

  #context({ traceId, spanId, traceState }: SpanContext): void {
    const writer = this.#writer;
    writer.id(SPAN.traceId, traceId, TRACE_ID_BYTES);
    writer.id(SPAN.spanId, spanId, SPAN_ID_BYTES);
    const state = traceState?.serialize();
    if (state) writer.text(SPAN.traceState, state);
  }

  #event({ name, time, attributes, droppedAttributesCount }: FinishedEvent): void {
    const writer = this.#writer;
    const start = this.#open(SPAN.events, 1);
    writer.time(EVENT.time, time);
    writer.text(EVENT.name, name);
    if (attributes) this.#attributes.write(EVENT.attributes, attributes);
    writer.uint32(EVENT.droppedAttributes, countOf(droppedAttributesCount));
    writer.close(start, 1);
  }

  #link({ context, attributes, droppedAttributesCount }: Link): void {
    const writer = this.#writer;
    const { traceFlags, isRemote } = context;
    const start = this.#open(SPAN.links, 1);
    this.#context(context);
    if (attributes) this.#attributes.write(LINK.attributes, attributes);
    writer.uint32(LINK.droppedAttributes, countOf(droppedAttributesCount));
    this.#tag(LINK.flags);
    writer.fixed32(flagsOf(traceFlags, isRemote));
    writer.close(start, 1);
  }

  #status({ code, message }: FinishedSpan['status']): void {
    const start = this.#open(SPAN.status, 1);
    if (message) this.#writer.text(STATUS.message, message);
    this.#writer.uint32(STATUS.code, code);
    this.#writer.close(start, 1);
  }
}
