import type { Attributes, AttributeValue } from '@opentelemetry/api';
import { expect } from 'chai';
import * as fc from 'fast-check';
import type { FinishedSpan } from 'spanwright';
import { compileLimits, withinLimits } from '#lib/pipeline/projection/limits/compiled-limits.js';
import type { BackendLimits } from '#lib/pipeline/settings.js';
import { madeSpan } from '../made-spans.js';

const FACTS: Attributes = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.request.model': 'gpt-4o',
  'gen_ai.response.model': 'gpt-4o-2024-08-06',
  'gen_ai.usage.input_tokens': 1204,
  'gen_ai.usage.output_tokens': 312,
  'gen_ai.usage.cost': 0.0125,
  'gen_ai.response.finish_reasons': ['stop'],
  'llm.model_name': 'gpt-4o',
  'llm.token_count.prompt': 1204,
  'openinference.span.kind': 'LLM',
};

const text = fc.oneof(
  fc.string({ maxLength: 400 }),
  fc.string({ unit: fc.constantFrom('é', '世', '😀', '"', '\\', '\n', '\u0001', '\uD83D'), maxLength: 600 }),
  fc.integer({ min: 1, max: 1500 }).map((length) => 'word '.repeat(length)),
);
const json = fc.oneof(
  fc
    .array(
      fc.record({
        role: fc.constant('user'),
        parts: fc.array(fc.record({ type: fc.constant('text'), content: text })),
      }),
      {
        maxLength: 8,
      },
    )
    .map((value) => JSON.stringify(value)),
  text.map((value) => JSON.stringify(value)),
);
const value: fc.Arbitrary<AttributeValue> = fc.oneof(
  text,
  json,
  fc.integer(),
  fc.boolean(),
  fc.array(text, { maxLength: 6 }),
  fc.array(fc.double({ noNaN: true }), { maxLength: 900 }),
);
const key = fc.oneof(
  fc.constantFrom('gen_ai.input.messages', 'gen_ai.output.messages', 'input.value', 'langfuse.observation.output'),
  fc.constantFrom('llm.input', 'spanwright.result', 'http.route', 'app.note', 'db.query.text', '__proto__'),
  fc.nat(60).map((index) => `llm.input_messages.${index}.message.content`),
  fc.nat(60).map((index) => `llm.input_messages.${index}.message.role`),
  fc.string({ minLength: 1, maxLength: 40 }),
);
const attributes: fc.Arbitrary<Attributes> = fc
  .array(fc.tuple(key, value), { maxLength: 45 })
  .map((entries) => Object.fromEntries(entries) as Attributes);
const context = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 };
const span: fc.Arbitrary<FinishedSpan> = fc
  .record({
    name: text,
    attributes,
    events: fc.array(fc.record({ name: text, time: fc.constant<[number, number]>([0, 0]), attributes }), {
      maxLength: 3,
    }),
    links: fc.array(fc.record({ context: fc.constant(context), attributes }), { maxLength: 3 }),
  })
  .map((shape) => madeSpan({ id: 1, ...shape, attributes: { ...shape.attributes, ...FACTS } }));

const bytesOf = (one: unknown): number => Buffer.byteLength(JSON.stringify(one), 'utf8');
const sizeOf = (one: AttributeValue): number =>
  typeof one === 'string' ? Buffer.byteLength(one, 'utf8') : bytesOf(one);

function toAnyValue(one: unknown): object {
  if (Array.isArray(one)) return { arrayValue: { values: one.map(toAnyValue) } };
  if (typeof one === 'string') return { stringValue: one };
  return typeof one === 'boolean' ? { boolValue: one } : { doubleValue: one };
}

const toKeyValues = (all: Attributes = {}): object[] =>
  Object.entries(all).map(([name, one]) => ({ key: name, value: toAnyValue(one) }));

// As the official exporter writes a span.
function sentBytes({ name, attributes: own, events, links, ...rest }: FinishedSpan): number {
  const time = '1771000000000000000';
  return bytesOf({
    traceId: rest.spanContext().traceId,
    spanId: rest.spanContext().spanId,
    parentSpanId: rest.spanContext().spanId,
    traceState: undefined,
    name,
    kind: 1,
    startTimeUnixNano: time,
    endTimeUnixNano: time,
    attributes: toKeyValues(own),
    droppedAttributesCount: rest.droppedAttributesCount,
    events: events.map((event) => ({
      attributes: toKeyValues(event.attributes),
      name: event.name,
      timeUnixNano: time,
      droppedAttributesCount: 0,
    })),
    droppedEventsCount: rest.droppedEventsCount,
    status: rest.status,
    links: links.map((link) => ({
      attributes: toKeyValues(link.attributes),
      spanId: link.context.spanId,
      traceId: link.context.traceId,
      traceState: undefined,
      droppedAttributesCount: 0,
      flags: 257,
    })),
    droppedLinksCount: rest.droppedLinksCount,
    flags: 257,
  });
}

function limited(one: FinishedSpan, limits: BackendLimits): FinishedSpan {
  const compiled = compileLimits(limits, undefined);
  return compiled === undefined ? one : withinLimits(one, compiled);
}

function expectJson(before: Attributes, after: Attributes): void {
  for (const [name, one] of Object.entries(after)) {
    const was = before[name];
    if (typeof one !== 'string' || typeof was !== 'string' || !/^\s*["{[]/.test(was)) continue;
    try {
      JSON.parse(was);
    } catch {
      continue;
    }
    expect(() => JSON.parse(one) as unknown, `${name} ${one.slice(0, 200)}`).to.not.throw();
  }
}

const isWhole = (one: string): boolean => Buffer.from(one, 'utf8').toString('utf8') === one;

function expectWhole(before: Attributes, after: Attributes): void {
  for (const [name, one] of Object.entries(after)) {
    const was = before[name];
    if (typeof one === 'string' && typeof was === 'string' && isWhole(was)) expect(isWhole(one), name).to.equal(true);
  }
}

describe('the limits of a backend', () => {
  it('hold for each attribute of a span, its events and its links; content may have more', () => {
    const size = fc.integer({ min: 2, max: 4000 });
    fc.assert(
      fc.property(span, size, size, (one, attributeBytes, more) => {
        const seen = limited(one, { attributeBytes, contentAttributeBytes: attributeBytes + more });
        for (const holder of [seen, ...seen.events, ...seen.links]) {
          for (const [name, shown] of Object.entries(holder.attributes ?? {})) {
            if (typeof shown !== 'string' && !Array.isArray(shown)) continue;
            const isContent = /messages|^input\.value|^langfuse|^llm\.input|^spanwright\.result/.test(name);
            if (isContent || !/^(?:http|app|db)/.test(name)) {
              expect(sizeOf(shown), name).to.be.at.most(attributeBytes + more);
            } else expect(sizeOf(shown), name).to.be.at.most(attributeBytes);
          }
        }
        expectJson(one.attributes, seen.attributes);
        expectWhole(one.attributes, seen.attributes);
      }),
      { numRuns: 80 },
    );
  });

  it('hold for the count of attributes: what was said last goes first, what is counted by never', () => {
    fc.assert(
      fc.property(span, fc.integer({ min: 11, max: 40 }), (one, attributesPerSpan) => {
        const seen = limited(one, { attributesPerSpan });
        const [before, after] = [Object.keys(one.attributes), Object.keys(seen.attributes)];
        expect(after.length).to.be.at.most(attributesPerSpan);
        expect(seen.attributes).to.deep.include(FACTS);
        if (before.length <= attributesPerSpan) {
          expect(seen).to.equal(one);
          return;
        }
        expect(seen.attributes).to.include({ 'spanwright.content_dropped': true });
        expect(seen.droppedAttributesCount).to.equal(before.filter((name) => !after.includes(name)).length);
        const indexes = (names: readonly string[]): number[] =>
          names.flatMap((name) => /^llm\.input_messages\.(\d+)\./.exec(name)?.slice(1).map(Number) ?? []);
        const gone = indexes(before.filter((name) => !after.includes(name)));
        expect(Math.max(-1, ...indexes(after))).to.be.below(Math.min(Number.POSITIVE_INFINITY, ...gone));
        const others = before.filter((name) => /^(?:http|app|db)/.test(name));
        if (others.some((name) => !after.includes(name))) expect(indexes(after)).to.deep.equal([]);
      }),
      { numRuns: 120 },
    );
  });

  it('hold for the bytes of a span as it is sent, and for a request with one span', () => {
    fc.assert(
      fc.property(span, fc.integer({ min: 4096, max: 60_000 }), fc.boolean(), (one, bytes, isRequest) => {
        const seen = limited(one, isRequest ? { requestBytes: bytes + 4096 } : { spanBytes: bytes });
        expect(sentBytes(seen)).to.be.at.most(bytes);
        expect(seen.attributes).to.deep.include(FACTS);
        expectJson(one.attributes, seen.attributes);
        if (seen === one) return;
        expect(seen.attributes).to.include({ 'spanwright.content_dropped': true });
        const lost = Object.keys(one.attributes).filter((name) => !Object.hasOwn(seen.attributes, name)).length;
        expect(seen.droppedAttributesCount).to.equal(lost);
        expect(seen.droppedEventsCount).to.equal(one.events.length - seen.events.length);
        expect(seen.droppedLinksCount).to.equal(one.links.length - seen.links.length);
        expectWhole(one.attributes, seen.attributes);
      }),
      { numRuns: 120 },
    );
  });

  it('leave a span alone that is within them, and every span where there are none', () => {
    const one = madeSpan({ id: 1, attributes: { ...FACTS, 'input.value': 'short' } });
    expect(compileLimits({}, undefined)).to.equal(undefined);
    const wide = { attributeBytes: 100, attributesPerSpan: 20, spanBytes: 10_000, requestBytes: 20_000 };
    expect(limited(one, wide)).to.equal(one);
  });

  it('cut the largest content before anything else', () => {
    const long = 'word '.repeat(4000);
    const one = madeSpan({
      id: 1,
      attributes: { ...FACTS, 'input.value': long, 'output.value': 'the answer', 'app.note': 'x'.repeat(3000) },
      events: [{ name: 'note', time: [0, 0], attributes: { note: 'y'.repeat(2000) } }],
    });
    const seen = limited(one, { spanBytes: 12_000 });
    expect(seen.attributes).to.include({ 'output.value': 'the answer', 'app.note': 'x'.repeat(3000) });
    expect(seen.events[0]?.attributes).to.deep.equal(one.events[0]?.attributes);
    expect(seen.attributes['input.value'])
      .to.be.a('string')
      .and.match(/cut, 20000 characters\]$/);
    expect(one.attributes['input.value'], 'the span of others').to.equal(long);
    expect(sentBytes(seen), 'and uses the room').to.be.above(9000);
  });
});
