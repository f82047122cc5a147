import { expect } from 'chai';
import type { OtlpDestinationOptions, Tracing } from 'spanwright';
import { configureTracing, Traced } from 'spanwright';
import { OtlpServer } from './otlp-server.js';

class Shop {
  @Traced({ kind: 'server', attributes: { text: 'ünï😀', flag: true, count: 3, ratio: 0.5, list: ['a', 'b'] } })
  async order(): Promise<void> {
    await Promise.resolve();
    expect(() => this.pay()).to.throw('no');
  }

  @Traced({ kind: 'client' })
  pay(): never {
    throw new TypeError('no');
  }
}

describe('the otlp destination', () => {
  let server: OtlpServer;
  let tracing: Tracing;

  function configure(options: Partial<OtlpDestinationOptions> = {}): void {
    tracing = configureTracing({
      serviceName: 'shop',
      serviceVersion: '1.2.3',
      environment: 'spec',
      resource: { 'team.name': 'red' },
      destinations: [{ provider: 'otlp', endpoint: server.endpoint, ...options }],
    });
  }

  beforeEach(async () => {
    server = await new OtlpServer().start();
  });
  afterEach(async () => {
    await tracing.shutdown(500);
    await server.stop();
  });

  for (const encoding of ['protobuf', 'json'] as const) {
    for (const compression of ['gzip', 'none'] as const) {
      it(`delivers ${encoding}, compression ${compression}`, async () => {
        configure({ encoding, compression, headers: { 'x-api-key': 'key', 'X-Team': 'red' } });
        await new Shop().order();
        expect(await tracing.flush()).to.deep.equal({
          complete: true,
          destinations: { otlp: { delivered: 2, undelivered: 0 } },
        });
        const [request] = server.requests;
        expect(server.requests).to.have.lengthOf(1);
        expect(request).to.include({ method: 'POST', path: '/v1/traces' });
        expect(request?.headers).to.include({
          'content-type': encoding === 'json' ? 'application/json' : 'application/x-protobuf',
          'x-api-key': 'key',
          'x-team': 'red',
        });
        expect(request?.headers['content-encoding']).to.equal(compression === 'gzip' ? 'gzip' : undefined);
        const [pay, order] = server.spans;
        expect(order).to.include({ name: 'Shop.order', kind: 2, status: 0, parentSpanId: '', scope: 'spanwright' });
        expect(order?.attributes).to.deep.equal({
          'code.function.name': 'Shop.order',
          text: 'ünï😀',
          flag: true,
          count: 3,
          ratio: 0.5,
          list: ['a', 'b'],
        });
        expect(pay).to.include({ name: 'Shop.pay', kind: 3, status: 2, parentSpanId: order?.spanId });
        expect(pay?.traceId)
          .to.equal(order?.traceId)
          .and.match(/^[\da-f]{32}$/);
        expect(pay?.events).to.deep.equal(['exception']);
        expect(order?.nanoseconds).to.satisfy((time: bigint) => time > 0n && time < 10_000_000_000n);
        expect(order?.resource).to.include({
          'service.name': 'shop',
          'service.version': '1.2.3',
          'deployment.environment.name': 'spec',
          'team.name': 'red',
          'telemetry.sdk.language': 'nodejs',
        });
      });
    }

    it(`delivers text that is no valid Unicode, and what stands beside it: ${encoding}`, async () => {
      configure({ encoding, compression: 'none' });
      Traced.run({ name: 'cut \ud83d', attributes: { text: 'a\ud83d', '\udc00': 'b' } }, () => 1);
      Traced.run('beside', () => 1);
      expect(await tracing.flush()).to.have.property('complete', true);
      // JSON may carry half a character as an escape; decoders put U+FFFD in its place, as UTF-8 does.
      const seen = (text: unknown): string => Buffer.from(String(text)).toString();
      expect(server.spans.map(({ name }) => seen(name))).to.deep.equal(['cut \ufffd', 'beside']);
      expect(
        Object.entries(server.spans[0]?.attributes ?? {})
          .flat()
          .map(seen),
      ).to.deep.equal(['text', 'a\ufffd', '\ufffd', 'b']);
    });
  }

  it('delivers by itself, within a batch delay', async () => {
    configure();
    await new Shop().order();
    const end = Date.now() + 5000;
    while (server.spans.length < 2 && Date.now() < end) await new Promise(setImmediate);
    expect(server.spans).to.have.lengthOf(2);
  });

  it('does not trace its own requests', async () => {
    configure();
    await new Shop().order();
    await tracing.flush();
    await tracing.flush();
    expect(server.spans).to.have.lengthOf(2);
  });

  it('sends content only when it is told to', async () => {
    configure({ content: 'full' });
    const both = Traced.wrap({ args: true, result: true }, function both(secret: string) {
      return secret.length;
    });
    both('secret');
    await tracing.flush();
    expect(server.spans[0]?.attributes).to.include({ 'spanwright.arguments': '["secret"]', 'spanwright.result': '6' });
    configure();
    both('secret');
    await tracing.flush();
    const { attributes = {} } = server.spans[1] ?? {};
    expect(attributes).to.not.have.any.keys('spanwright.arguments', 'spanwright.result');
    expect(
      Object.keys(attributes).filter((key) => key.endsWith('.digest')),
      'digests by default',
    ).to.have.lengthOf(2);
    expect(JSON.stringify(attributes)).to.not.contain('secret');
  });

  it('feeds several at once, each in its own words', async () => {
    const other = await new OtlpServer().start();
    tracing = configureTracing({
      destinations: [
        { provider: 'otlp', endpoint: server.endpoint },
        { provider: 'otlp', name: 'other', endpoint: other.endpoint, encoding: 'json' },
      ],
    });
    await new Shop().order();
    await tracing.flush();
    expect(server.spans.map(({ spanId }) => spanId)).to.deep.equal(other.spans.map(({ spanId }) => spanId));
    expect(other.spans).to.have.lengthOf(2);
    await other.stop();
  });
});
