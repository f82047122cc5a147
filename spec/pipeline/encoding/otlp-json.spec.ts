import type { Attributes } from '@opentelemetry/api';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { OtlpJsonEncoder } from '#lib/pipeline/encoding/otlp-json.js';
import { madeSpan } from '../made-spans.js';
import { anySpan } from './any-span.js';

type SerializedSpans = Parameters<typeof JsonTraceSerializer.serializeRequest>[0];

describe('OtlpJsonEncoder', () => {
  it('gives what the official serialiser writes', () => {
    const encoder = new OtlpJsonEncoder(JsonTraceSerializer);
    const spans = fc.sample(anySpan, { numRuns: 200, seed: 11 });
    for (const span of spans) encoder.add(span);
    expect(encoder.count).equal(200);
    const official = JsonTraceSerializer.serializeRequest(spans as unknown as SerializedSpans);
    expect(Buffer.compare(encoder.finish(), official ?? Buffer.alloc(0))).equal(0);
  });

  it('is empty before the first span and after a request', () => {
    const encoder = new OtlpJsonEncoder(JsonTraceSerializer);
    expect([encoder.count, encoder.bytes]).deep.equal([0, 0]);
    const span = madeSpan({ id: 1, resource: { attributes: { 'service.name': 'spec' } } });
    encoder.add(span);
    expect(encoder.count).equal(1);
    const { bytes } = encoder;
    encoder.finish();
    expect([encoder.count, encoder.bytes]).deep.equal([0, 0]);
    encoder.add(span);
    expect(encoder.bytes).equal(bytes);
    encoder.finish();
    expect(Buffer.from(encoder.finish()).toString()).equal('{"resourceSpans":[]}');
  });

  it('estimates the bytes of what a span usually says', () => {
    const encoder = new OtlpJsonEncoder(JsonTraceSerializer);
    const attributes: Attributes = { prompt: 'word '.repeat(400), list: ['a', 'b', 'c'], count: 12 };
    for (let id = 0; id < 15; id++) attributes[`gen_ai.request.name_${id}`] = 'a short value';
    const events = [{ name: 'event', time: [0, 0] as [number, number], attributes: { text: 'some words' } }];
    for (let id = 0; id < 50; id++) encoder.add(madeSpan({ id, attributes, events }));
    const { bytes } = encoder;
    const { length } = encoder.finish();
    expect(bytes).within(length * 0.8, length * 1.2);
  });

  describe('a span that the serialiser cannot write', () => {
    const ring: Record<string, unknown> = {};
    ring['self'] = ring;
    const throwing = Object.defineProperty({}, 'bad', {
      enumerable: true,
      get: () => {
        throw new RangeError('no value');
      },
    });
    const bad: Record<string, object> = {
      'a value that contains itself': { attributes: { ring } },
      'a getter that throws': { attributes: throwing },
      'a getter in a link': { links: [{ context: madeSpan({ id: 1 }).spanContext(), attributes: throwing }] },
      'a time that is none': { startTime: [Number.NaN, 0] },
      'a resource that is missing': { resource: undefined },
    };
    for (const [fault, parts] of Object.entries(bad)) {
      it(`throws when it is added: ${fault}`, () => {
        const encoder = new OtlpJsonEncoder(JsonTraceSerializer);
        encoder.add(madeSpan({ id: 1 }));
        const { bytes } = encoder;
        const span = { ...madeSpan({ id: 2 }), ...parts };
        expect(() => JsonTraceSerializer.serializeRequest([span] as unknown as SerializedSpans)).to.throw(/./);
        expect(() => encoder.add(span)).to.throw(/./);
        expect([encoder.count, encoder.bytes]).deep.equal([1, bytes]);
        expect(Buffer.from(encoder.finish()).toString()).contain('span 1');
      });
    }
  });
});
