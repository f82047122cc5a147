import { expect } from 'chai';
import * as fc from 'fast-check';
import type { FinishedSpan } from 'spanwright/testing';
import { OtlpProtobufEncoder } from '#lib/pipeline/encoding/otlp-protobuf.js';
import { madeSpan } from '../made-spans.js';
import { anySpan } from './any-span.js';
import { decodeRequest, spansOf } from './decoded-request.js';

function addAll(encoder: OtlpProtobufEncoder, spans: readonly FinishedSpan[]): void {
  for (const span of spans) encoder.add(span);
}

function encoded(spans: readonly FinishedSpan[]): Uint8Array {
  const encoder = new OtlpProtobufEncoder();
  addAll(encoder, spans);
  return encoder.finish();
}

const throwing = {
  attributes: Object.defineProperty({ before: 'x'.repeat(5000) }, 'bad', {
    enumerable: true,
    get: () => {
      throw new RangeError('no value');
    },
  }),
};

describe('OtlpProtobufEncoder', () => {
  it('says how large the request would be, after every span', () => {
    const encoder = new OtlpProtobufEncoder();
    const spans = fc.sample(anySpan, { numRuns: 60, seed: 7 });
    for (const [index, span] of spans.entries()) {
      encoder.add(span);
      expect(encoder.count).equal(index + 1);
      expect(encoder.bytes).equal(encoded(spans.slice(0, index + 1)).length);
    }
  });

  it('is empty before the first span and after a request', () => {
    const encoder = new OtlpProtobufEncoder();
    expect([encoder.count, encoder.bytes, encoder.finish().length]).deep.equal([0, 0, 0]);
    encoder.add(madeSpan({ id: 1 }));
    encoder.finish();
    expect([encoder.count, encoder.bytes, encoder.finish().length]).deep.equal([0, 0, 0]);
  });

  it('leaves alone what it gave away', () => {
    const encoder = new OtlpProtobufEncoder();
    encoder.add(madeSpan({ id: 1, attributes: { text: 'the first' } }));
    const first = encoder.finish();
    const before = Buffer.from(first);
    addAll(encoder, [madeSpan({ id: 2, attributes: { text: 'another' } }), madeSpan({ id: 3 })]);
    encoder.finish();
    expect(Buffer.compare(first, before)).equal(0);
    expect(first.byteLength).equal(first.buffer.byteLength);
  });

  describe('groups', () => {
    const copies = [1, 2, 3, 4].map((id) =>
      madeSpan({
        id,
        resource: { attributes: id % 2 === 0 ? { a: 1, b: ['x'] } : { b: ['x'], a: 1 } },
        instrumentationScope: { name: 'spec', version: '1', schemaUrl: `https://example.com/${id > 3 ? 'b' : 'a'}` },
      }),
    );

    it('hold the spans of resources and scopes that say the same', () => {
      const { resourceSpans } = decodeRequest(encoded(copies));
      const names = resourceSpans.map(({ scopeSpans }) => scopeSpans.map(({ spans }) => spans.map(({ name }) => name)));
      expect(names).deep.equal([[['span 1', 'span 2', 'span 3'], ['span 4']]]);
    });

    it('keep apart what differs in one word', () => {
      const spans = ['one', 'other'].map((name, id) => madeSpan({ id, resource: { attributes: { name } } }));
      expect(decodeRequest(encoded(spans)).resourceSpans).length(2);
      const versions = ['1', '2'].map((version, id) => madeSpan({ id, instrumentationScope: { name: 'a', version } }));
      expect(decodeRequest(encoded(versions)).resourceSpans.map(({ scopeSpans }) => scopeSpans.length)).deep.equal([2]);
    });

    it('keep apart the scopes of one resource', () => {
      const resource = { attributes: {} };
      const spans = ['one', 'other'].map((name, id) => madeSpan({ id, resource, instrumentationScope: { name } }));
      const [group] = decodeRequest(encoded(spans)).resourceSpans;
      expect(group?.scopeSpans.map(({ scope }) => scope.name)).deep.equal(['one', 'other']);
    });

    it('say what a resource says once its detectors are done', () => {
      const resource = { attributes: { a: 1 } as Record<string, number>, asyncAttributesPending: true };
      const encoder = new OtlpProtobufEncoder();
      encoder.add(madeSpan({ id: 1, resource }));
      encoder.finish();
      resource.attributes['late'] = 2;
      resource.asyncAttributesPending = false;
      encoder.add(madeSpan({ id: 2, resource }));
      const [group] = decodeRequest(encoder.finish()).resourceSpans;
      expect(group?.resource.attributes.map(({ key }) => key)).deep.equal(['a', 'late']);
    });
  });

  describe('a span that cannot be written', () => {
    const good = [madeSpan({ id: 1, attributes: { a: 'text' } }), madeSpan({ id: 2 })];
    const context = (traceId: string, spanId: string) => () => ({ traceId, spanId, traceFlags: 1 });
    const ring: Record<string, unknown> = {};
    ring['self'] = [ring];
    const bad: Record<string, object> = {
      'a getter that throws': throwing,
      'a getter that throws on an event': { events: [{ name: 'e', time: [0, 0], ...throwing }] },
      'a value that contains itself': { attributes: { ring } },
      'a name that is missing': { name: undefined },
      'a name that is no text': { name: 42 },
      'an id that is too short': { spanContext: context('ab', '0'.repeat(16)) },
      'an id that is too long': { spanContext: context('0'.repeat(34), '0'.repeat(16)) },
      'an id of other letters': { spanContext: context('0'.repeat(32), 'xy'.repeat(8)) },
      'letters that are wide': { spanContext: context('0'.repeat(32), '０'.repeat(16)) },
      'a resource that throws': { resource: throwing },
      'a resource that is missing': { resource: undefined },
      'a scope without a name': { instrumentationScope: {} },
    };

    for (const [fault, parts] of Object.entries(bad)) {
      it(`throws and leaves the others alone: ${fault}`, () => {
        const encoder = new OtlpProtobufEncoder();
        const [first, second] = good as [FinishedSpan, FinishedSpan];
        encoder.add(first);
        const { bytes } = encoder;
        expect(() => encoder.add({ ...madeSpan({ id: 9 }), ...parts })).to.throw(/./);
        expect([encoder.count, encoder.bytes]).deep.equal([1, bytes]);
        encoder.add(second);
        expect(Buffer.compare(encoder.finish(), encoded(good))).equal(0);
      });
    }

    it('leaves no empty group of its own', () => {
      const encoder = new OtlpProtobufEncoder();
      expect(() => encoder.add({ ...madeSpan({ id: 1 }), ...throwing })).to.throw(RangeError, 'no value');
      expect([encoder.bytes, encoder.finish().length]).deep.equal([0, 0]);
    });
  });

  it('leaves out a link that names no span, and counts it', () => {
    const whole = { context: madeSpan({ id: 2 }).spanContext() };
    const broken = { context: { traceId: '', spanId: 'zz', traceFlags: 0 } };
    const span = { ...madeSpan({ id: 1 }), links: [broken, whole, broken], droppedLinksCount: 4 };
    const [decoded] = spansOf(decodeRequest(encoded([span])));
    expect(decoded?.links).to.have.lengthOf(1);
    expect(decoded).to.include({ droppedLinksCount: 6 });
  });

  it('holds no more memory after many requests than after one', () => {
    const encoder = new OtlpProtobufEncoder();
    const span = madeSpan({ id: 1, attributes: { text: 'x'.repeat(1_000_000) } });
    const heldAfter = (requests: number): number => {
      for (let request = 0; request < requests; request++) {
        encoder.add(span);
        expect(() => encoder.add({ ...span, links: [undefined] as never })).to.throw(TypeError);
        encoder.finish();
      }
      globalThis.gc?.();
      return process.memoryUsage().arrayBuffers;
    };
    const afterOne = heldAfter(1);
    expect(heldAfter(100) - afterOne).lessThan(20_000_000);
  });

  it('writes the spans of one request after a larger one as if it were new', () => {
    const encoder = new OtlpProtobufEncoder();
    const large = Array.from({ length: 40 }, (_, id) =>
      madeSpan({ id, attributes: { text: `${id}ü`.repeat(50_000) } }),
    );
    const small = [madeSpan({ id: 1, attributes: { text: 'one' } })];
    addAll(encoder, large);
    expect(spansOf(decodeRequest(encoder.finish()))).length(40);
    for (let round = 0; round < 12; round++) {
      addAll(encoder, small);
      expect(Buffer.compare(encoder.finish(), encoded(small))).equal(0);
    }
  });
});
