import { expect } from 'chai';
import { assert, integer, property, string, uint8Array } from 'fast-check';
import { outcomeOfGrpc, retryInfoMs } from '#lib/pipeline/transport/grpc-status.js';

/** Metadata of a call as `@grpc/grpc-js` gives it. */
const metadataOf = (value: unknown): object => ({ get: () => [value] });

const field = (number: number, bytes: Buffer): Buffer =>
  Buffer.concat([Buffer.from([number * 8 + 2, bytes.length]), bytes]);

// google.rpc.Status { code: 8, message: "m", details: [DebugInfo, RetryInfo { retry_delay }] }
function statusWith(delay: Buffer): Buffer {
  const any = (type: string, value: Buffer): Buffer =>
    field(3, Buffer.concat([field(1, Buffer.from(`type.googleapis.com/google.rpc.${type}`)), field(2, value)]));
  const head = Buffer.concat([Buffer.from([8, 8]), field(2, Buffer.from('m'))]);
  return Buffer.concat([head, any('DebugInfo', Buffer.from([10, 1, 120])), any('RetryInfo', field(1, delay))]);
}

describe('the status of a call over gRPC', () => {
  it('holds the time after which the server wants to be asked again', () => {
    const cases = [
      [Buffer.from([8, 7]), 7000],
      [Buffer.from([16, 0x80, 0xca, 0xb5, 0xee, 1]), 500],
      [Buffer.from([8, 0xac, 2, 16, 0x80, 0xca, 0xb5, 0xee, 1]), 300_500],
      [Buffer.alloc(0), 0],
    ] as const;
    for (const [delay, ms] of cases) expect(retryInfoMs(metadataOf(statusWith(delay)))).to.equal(ms);
  });

  it('may hold anything else', () => {
    for (const metadata of [undefined, null, {}, metadataOf(undefined), metadataOf('text'), { get: 1 }]) {
      expect(retryInfoMs(metadata)).to.equal(undefined);
    }
    assert(
      property(uint8Array({ maxLength: 200 }), integer({ min: 1, max: 20 }), string(), (bytes, code, details) => {
        const outcome = outcomeOfGrpc({ code, details, metadata: metadataOf(Buffer.from(bytes)) });
        expect(outcome.kind).to.be.oneOf(['retry', 'refused', 'blocked', 'too_large']);
      }),
    );
  });
});
