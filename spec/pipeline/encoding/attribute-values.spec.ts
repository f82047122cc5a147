import type { Attributes } from '@opentelemetry/api';
import { expect } from 'chai';
import type { FinishedSpan } from 'spanwright/testing';
import { OtlpProtobufEncoder } from '#lib/pipeline/encoding/otlp-protobuf.js';
import type { SpanShape } from '../made-spans.js';
import { madeSpan } from '../made-spans.js';
import type { DecodedPair } from './decoded-request.js';
import { decodeRequest, spansOf } from './decoded-request.js';
import { official } from './official.js';

function encoded(...spans: readonly FinishedSpan[]): Uint8Array {
  const encoder = new OtlpProtobufEncoder();
  for (const span of spans) encoder.add(span);
  return encoder.finish();
}

function attributesOf(attributes: object): readonly DecodedPair[] {
  const [span] = spansOf(decodeRequest(encoded(madeSpan({ id: 1, attributes: attributes as Attributes }))));
  return span?.attributes ?? [];
}

function valueOf(value: unknown): unknown {
  const [pair] = attributesOf({ key: value });
  const { value: type, ...rest } = pair?.value ?? {};
  return type === undefined ? undefined : rest[type];
}

// One of each, because the official serialiser knows groups by their objects alone.
const resource = { attributes: { 'service.name': 'spec' } };
const instrumentationScope = { name: 'spec' };

function expectSameBytes(...shapes: readonly Partial<SpanShape>[]): void {
  const spans = shapes.map((shape, index) => madeSpan({ id: index + 1, resource, instrumentationScope, ...shape }));
  expect(Buffer.compare(encoded(...spans), official(spans))).equal(0);
}

describe('attributes in protobuf', () => {
  const integers: Record<string, number> = {
    '0': -0,
    '127': 127,
    '128': 128,
    '-1': -1,
    '4294967295': 2 ** 32 - 1,
    '4294967296': 2 ** 32,
    '-4294967296': -(2 ** 32),
    '68719476735': 2 ** 36 - 1,
    '9007199254740993': 2 ** 53 + 1,
    '9223372036854774784': 2 ** 63 - 1024,
    '-9223372036854775808': -(2 ** 63),
  };
  for (const [said, value] of Object.entries(integers)) {
    const exact = said === '9007199254740993' ? '9007199254740992' : said;
    it(`are integers where the number is one: ${said}`, () => expect(valueOf(value)).equal(exact));
  }

  for (const value of [0.1, -1.5, 2 ** 63, 1e300, 5e-324, Number.NaN, Infinity, -Infinity]) {
    it(`are doubles where it is none, or too large: ${value}`, () => expect(valueOf(value)).deep.equal(value));
  }

  for (const value of [undefined, null, 1n, Symbol('s'), () => 1]) {
    it(`have a key without a value for what OTLP has no word for: ${String(value)}`, () => {
      expect(attributesOf({ key: value }).map(({ key }) => key)).deep.equal(['key']);
      expect(valueOf(value)).equal(undefined);
    });
  }

  it('take what is the object’s own, in its order', () => {
    const attributes = Object.assign(Object.create({ inherited: 1 }) as object, { b: 1, '': 2, a: 3 });
    expect(attributesOf(attributes).map(({ key }) => key)).deep.equal(['b', '', 'a']);
    expect(attributesOf(Object.assign(Object.create(null) as object, { a: 1 }))).length(1);
  });

  describe('texts', () => {
    const units = ['a', 'é', '二', '𝒳', '\uD800', '\uDC00', '\u0000'];
    // Around the lengths where a length takes another byte, and where another way of writing begins.
    const lengths = [
      0, 1, 31, 32, 33, 41, 42, 43, 61, 63, 64, 65, 119, 120, 121, 122, 123, 124, 125, 126, 127, 128, 129,
    ];
    for (const unit of units) {
      it(`are UTF-8, whatever their length: ${JSON.stringify(unit)}`, () => {
        for (const length of [...lengths, 5459, 5460, 5461, 16_383, 16_384, 70_000]) {
          expect(valueOf(unit.repeat(length)), String(length)).equal(Buffer.from(unit).toString().repeat(length));
          expectSameBytes({ attributes: { key: unit.repeat(length) }, name: unit.repeat(length) });
        }
      });
    }

    it('may turn wide at any place', () => {
      for (const length of [...lengths, 300]) {
        for (let at = 0; at <= length; at++) {
          const text = `${'x'.repeat(at)}é${'x'.repeat(length - at)}`;
          expect(valueOf(text)).equal(text);
        }
      }
    });

    it('may turn wide in one place of many', () => {
      for (const at of [1, 17, 2500, 9998, 9999]) {
        const text = `${'x'.repeat(at)}é${'x'.repeat(9999 - at)}`;
        expect(valueOf(text) === text, String(at)).equal(true);
      }
    });

    it('may take megabytes', () => {
      for (const unit of ['a', '二']) {
        const text = unit.repeat(3_000_000);
        expect(valueOf(text) === text).equal(true);
      }
    });

    it('may be keys of any length', () => {
      for (const length of [0, 1, 60, 120, 127, 128, 129, 130, 5000]) {
        for (const unit of ['k', 'ß']) expectSameBytes({ attributes: { [unit.repeat(length)]: 'v', after: 1 } });
      }
    });
  });

  describe('structures', () => {
    it('are lists of values of any type', () => {
      const values = [1, 'a', null, undefined, true, [0.5], { deep: [{}] }, new Uint8Array([1, 2])];
      expectSameBytes({ attributes: { values } as unknown as Attributes });
      expect(valueOf(['a'])).deep.equal({
        values: [{ value: 'stringValue', stringValue: 'a' }],
      });
    });

    it('are written whatever their size', () => {
      for (let length = 0; length < 300; length += 7) {
        const nested = { list: Array.from({ length }, (_, index) => ({ [`k${index}`]: 'é'.repeat(index) })) };
        expectSameBytes({ attributes: nested as unknown as Attributes });
      }
    });

    it('may have holes, and be instances', () => {
      // eslint-disable-next-line no-sparse-arrays
      const values = { holes: [1, , 3], date: new Date(0), map: new Map([[1, 2]]), buffer: Buffer.from('abc') };
      expectSameBytes({ attributes: values as unknown as Attributes });
    });
  });

  describe('values that come again', () => {
    const rounds = (values: readonly unknown[]): void =>
      expectSameBytes(...values.map((key) => ({ attributes: { key } as Attributes, events: eventsWith(key) })));
    const eventsWith = (key: unknown): FinishedSpan['events'] => [
      { name: 'e', time: [0, 0], attributes: { key } as Attributes },
    ];

    it('are written as the first time', () => rounds(['a', 'a', 'a', 'b', 'b', 'a', 'a', 'a']));
    it('are told from those of another type', () => rounds([1, 1, 1, '1', '1', true, true, 1, '1', [1], [1]]));
    it('are told from those of another sign or none', () => rounds([0, 0, -0, -0, NaN, NaN, 0.5, 0.5, 0.5]));
    it('are told from longer ones', () => rounds(['x'.repeat(64), 'x'.repeat(64), 'x'.repeat(65), 'x'.repeat(64)]));

    it('are those of their key, after more keys than anyone remembers', () => {
      const many = Array.from({ length: 1500 }, (_, index) => ({ attributes: { [`key ${index % 700}`]: 'same' } }));
      expectSameBytes(...many);
    });
  });
});
