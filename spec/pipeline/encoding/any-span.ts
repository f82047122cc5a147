import type { Attributes, Link, SpanContext } from '@opentelemetry/api';
import { createTraceState, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import * as fc from 'fast-check';
import type { FinishedSpan } from 'spanwright/testing';

const text = fc.oneof(
  { weight: 30, arbitrary: fc.string({ maxLength: 40 }) },
  { weight: 15, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  // Halves of surrogate pairs too.
  { weight: 5, arbitrary: fc.array(fc.integer({ min: 0xd7f0, max: 0xe010 }), { maxLength: 60 }).map(fromUnits) },
  { weight: 5, arbitrary: fc.constantFrom('', 'é'.repeat(64), 'x'.repeat(127), 'x'.repeat(128), '\u0000', '\uFEFFa') },
  { weight: 2, arbitrary: fc.tuple(fc.string({ unit: 'grapheme' }), fc.nat(200)).map(([one, n]) => one.repeat(n)) },
  { weight: 1, arbitrary: fc.nat(20_000).map((length) => 'a quick fox, '.repeat(length / 13)) },
);

function fromUnits(units: readonly number[]): string {
  return String.fromCharCode(...units);
}

const EXTREMES = [
  0,
  -0,
  1,
  -1,
  0.1,
  127,
  128,
  2 ** 31,
  -(2 ** 31),
  2 ** 32 - 1,
  2 ** 32,
  -(2 ** 32),
  2 ** 53,
  -(2 ** 53),
  2 ** 63,
  -(2 ** 63),
  2 ** 63 - 1024,
  2 ** 64,
  1e300,
  Number.MIN_VALUE,
  Number.MAX_VALUE,
  Number.NaN,
  Infinity,
  -Infinity,
];

const number = fc.oneof(fc.constantFrom(...EXTREMES), fc.integer(), fc.maxSafeInteger(), fc.double());
const primitive = fc.oneof(text, number, fc.boolean());
const nothing = fc.constantFrom<unknown>(null, undefined, 10n, Symbol('none'), () => 1);
const bytes = fc.uint8Array({ maxLength: 200 });

const { value } = fc.letrec<{ value: unknown; list: unknown[]; object: object }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    primitive,
    nothing,
    bytes,
    tie('list'),
    tie('object'),
    fc.array(primitive, { maxLength: 5 }),
  ),
  list: fc.array(tie('value'), { maxLength: 4 }),
  object: fc.dictionary(text, tie('value'), { maxKeys: 4 }),
}));

const attributes = fc
  .dictionary(fc.oneof(fc.constantFrom('', 'llm.model', 'a', 'b', 'c'), text), fc.oneof(primitive, value), {
    maxKeys: 8,
  })
  .map((made) => made as Attributes);

const id = (size: number): fc.Arbitrary<string> =>
  fc.uint8Array({ minLength: size, maxLength: size }).map((seen) => Buffer.from(seen).toString('hex'));

const spanContext: fc.Arbitrary<SpanContext> = fc
  .record({
    traceId: id(16),
    spanId: fc.oneof(
      id(8),
      id(8).map((digits) => digits.toUpperCase()),
    ),
    traceFlags: fc.nat(0xfff),
    isRemote: fc.constantFrom(true, false, undefined),
    state: fc.constantFrom('', 'a=1', 'vendor=opaque,other@x=2'),
  })
  .map(({ isRemote, state, ...rest }) => ({
    ...rest,
    ...(isRemote === undefined ? {} : { isRemote }),
    ...(state === '' ? {} : { traceState: createTraceState(state) }),
  }));

const count = fc.oneof(fc.constant(0), fc.nat(300), fc.constant(2 ** 32 - 1));
const time = fc.tuple(fc.oneof(fc.nat(2 ** 31 - 1), fc.nat(2 ** 34)), fc.nat(999_999_999));
const optional = { requiredKeys: [] };

const event = fc
  .tuple(fc.record({ name: text, time }), fc.record({ attributes, droppedAttributesCount: count }, optional))
  .map(([said, more]) => ({ ...said, ...more }));

const link: fc.Arbitrary<Link> = fc
  .tuple(fc.record({ context: spanContext }), fc.record({ attributes, droppedAttributesCount: count }, optional))
  .map(([said, more]) => ({ ...said, ...more }));

const status = fc
  .tuple(
    fc.record({ code: fc.constantFrom(SpanStatusCode.UNSET, SpanStatusCode.OK, SpanStatusCode.ERROR) }),
    fc.record({ message: text }, optional),
  )
  .map(([said, more]) => ({ ...said, ...more }));

type Resource = FinishedSpan['resource'];
type Scope = FinishedSpan['instrumentationScope'];

/** Resources that say different things. */
export const resources: readonly (Resource & { schemaUrl?: string })[] = [
  { attributes: {} },
  { attributes: { 'service.name': 'one', list: ['a', 'b'], 'process.pid': 7 } },
  { attributes: { 'service.name': 'zwei – 二' }, schemaUrl: 'https://opentelemetry.io/schemas/1.37.0' },
];

/** Scopes that say different things. */
export const scopes: readonly (Scope & { attributes?: Attributes; droppedAttributesCount?: number })[] = [
  { name: '' },
  { name: 'one', version: '1.0.0' },
  { name: 'one', version: '1.0.0', schemaUrl: 'https://opentelemetry.io/schemas/1.37.0' },
  { name: 'one', attributes: { a: 1 }, droppedAttributesCount: 3 },
];

/** Any ended span that the types allow, and attributes that they do not. */
export const anySpan: fc.Arbitrary<FinishedSpan> = fc
  .record({
    name: text,
    kind: fc.constantFrom(SpanKind.INTERNAL, SpanKind.SERVER, SpanKind.CLIENT, SpanKind.PRODUCER, SpanKind.CONSUMER),
    context: spanContext,
    parent: fc.option(spanContext, { nil: undefined }),
    startTime: time,
    endTime: time,
    status,
    attributes,
    events: fc.array(event, { maxLength: 3 }),
    links: fc.array(link, { maxLength: 3 }),
    resource: fc.constantFrom(...resources),
    instrumentationScope: fc.constantFrom(...scopes),
    droppedAttributesCount: count,
    droppedEventsCount: count,
    droppedLinksCount: count,
  })
  .map(({ context, parent, ...rest }) => ({
    ...rest,
    duration: [0, 0],
    ended: true,
    spanContext: () => context,
    ...(parent === undefined ? {} : { parentSpanContext: parent }),
  }));
