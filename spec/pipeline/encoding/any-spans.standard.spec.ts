import { expect } from 'chai';
import * as fc from 'fast-check';
import { OtlpProtobufEncoder } from '#lib/pipeline/encoding/otlp-protobuf.js';
import { anySpan } from './any-span.js';
import { decodeRequest } from './decoded-request.js';
import { official } from './official.js';

describe('OtlpProtobufEncoder, of any span', () => {
  it('says of ten thousand spans what the official serialiser says', function () {
    this.timeout(300_000);
    const encoder = new OtlpProtobufEncoder();
    const twenty = fc.array(anySpan, { minLength: 20, maxLength: 20, size: 'max' });
    fc.assert(
      fc.property(twenty, (spans) => {
        for (const span of spans) encoder.add(span);
        const { bytes } = encoder;
        const request = encoder.finish();
        expect(request.length).equal(bytes);
        expect(decodeRequest(request)).deep.equal(decodeRequest(official(spans)));
      }),
      { numRuns: 500 },
    );
  });
});
