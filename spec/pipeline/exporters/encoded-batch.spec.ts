import { expect } from 'chai';

import { EncodedBatches } from '#lib/pipeline/destinations/encoded-batch.js';
import { OtlpProtobufEncoder } from '#lib/pipeline/encoding/otlp-protobuf.js';

import { madeSpan } from '../made-spans.js';

const { signal } = new AbortController();

const span = (name: string): ReturnType<typeof madeSpan> => madeSpan({ id: 1, name });

function bytesOf(...names: string[]): Buffer {
  const encoder = new OtlpProtobufEncoder();
  for (const name of names) encoder.add(span(name));
  return Buffer.from(encoder.finish());
}

describe('the requests of a destination', () => {
  let made = 0;
  let bodies: Uint8Array[] = [];
  let batches: EncodedBatches;

  beforeEach(() => {
    made = 0;
    bodies = [];
    batches = new EncodedBatches(
      () => {
        made++;
        return new OtlpProtobufEncoder();
      },
      (body) => {
        bodies.push(body);
        return Promise.resolve({ kind: 'delivered' } as never);
      },
    );
  });

  it('are written by one encoder, each with its own spans alone', async () => {
    for (const name of ['first', 'second']) {
      const batch = batches.open();
      batch.add(span(name));
      expect(batch.count).to.equal(1);
      await batch.send(signal);
    }
    expect(made).to.equal(1);
    expect(bodies.map((body) => Buffer.from(body))).to.deep.equal([bytesOf('first'), bytesOf('second')]);
  });

  it('have an encoder each while they are open', async () => {
    const [one, other] = [batches.open(), batches.open()];
    one.add(span('one'));
    other.add(span('other'));
    one.add(span('one more'));
    await one.send(signal);
    const next = batches.open();
    const last = batches.open();
    next.add(span('next'));
    last.add(span('last'));
    for (const batch of [other, next, last]) await batch.send(signal);
    expect(made).to.equal(3);
    const expected = [bytesOf('one', 'one more'), bytesOf('other'), bytesOf('next'), bytesOf('last')];
    expect(bodies.map((body) => Buffer.from(body))).to.deep.equal(expected);
  });

  it('are sent once, and take no spans afterwards', async () => {
    const batch = batches.open();
    batch.add(span('a'));
    await batch.send(signal);
    batches.open().add(span('of the next'));
    expect(batch.count).to.equal(0);
    expect(() => batch.add(span('late'))).to.throw(TypeError);
    expect(() => batch.send(signal)).to.throw(TypeError);
  });

  it('leave no encoder behind where one was never sent', async () => {
    batches.open().add(span('lost'));
    const batch = batches.open();
    batch.add(span('kept'));
    await batch.send(signal);
    expect(Buffer.from(bodies[0] as Uint8Array)).to.deep.equal(bytesOf('kept'));
  });
});
