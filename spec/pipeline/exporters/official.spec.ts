import { expect } from 'chai';
import type { OtlpDestinationOptions, Tracing } from 'spanwright';
import { configureTracing, Traced } from 'spanwright';
import { eventually, expectBalanced } from '../accounts.js';
import { OtlpServer } from '../otlp-server.js';
import { AnsweringServer } from './answering-server.js';
import { Certificates } from '../certificates.js';

const work = Traced.wrap({ name: 'work' }, () => 1);

for (const encoding of ['protobuf', 'json'] as const) {
  describe(`the official exporter of ${encoding}`, () => {
    let server: AnsweringServer;
    let tracing: Tracing;

    function configure(options: Partial<OtlpDestinationOptions> = {}): void {
      tracing = configureTracing({
        destinations: [
          {
            provider: 'otlp',
            officialExporter: true,
            encoding,
            endpoint: server.at('/v1/traces'),
            batch: { delayMs: 5 },
            ...options,
          },
        ],
      });
    }

    const health = () => tracing.health().destinations['otlp'] ?? expect.fail('no such destination');

    beforeEach(async () => {
      server = await new AnsweringServer().start();
    });
    afterEach(async () => {
      await tracing.shutdown(100);
      await server.stop();
    });

    it('delivers spans once, with headers', async () => {
      const receiver = await new OtlpServer().start();
      try {
        configure({ endpoint: receiver.endpoint, headers: { 'x-team': 'red' } });
        for (let turn = 0; turn < 3; turn++) {
          for (let n = 0; n < 100; n++) work();
          expect(await tracing.flush()).to.deep.include({ complete: true });
        }
        expect(receiver.spans).to.have.lengthOf(300);
        expect(new Set(receiver.spans.map(({ spanId }) => spanId))).to.have.property('size', 300);
        expect(receiver.requests[0]?.headers).to.include({ 'x-team': 'red' });
      } finally {
        await receiver.stop();
      }
    });

    it('trusts the authority of the options and shows their certificate', async () => {
      const certificates = new Certificates();
      const secure = await new AnsweringServer().start(certificates);
      try {
        const { ca, client } = certificates;
        configure({ endpoint: secure.at('/v1/traces'), tls: { ca, cert: client.cert, key: client.key } });
        work();
        expect(await tracing.flush()).to.deep.include({ complete: true });
        await tracing.shutdown();
        configure({ endpoint: secure.at('/v1/traces'), tls: { ca } });
        work();
        await tracing.flush(200);
        expect(health()).to.include({ delivered: 0, queued: 1 });
      } finally {
        await secure.stop();
        certificates.remove();
      }
    });

    it('tries once and leaves the rest to the queue, which waits as long as Retry-After says', async () => {
      server.answer = (response) => void response.writeHead(429, { 'retry-after': '1' }).end();
      configure();
      work();
      await eventually(() => health().lastError !== undefined, 'a failure');
      expect(health()).to.include({ queued: 1, breaker: 'closed' });
      // Within the time that the server asked for; by itself the exporter would have waited and tried again.
      const { complete } = await tracing.flush(50);
      expect(complete).to.equal(false);
      expect(server.requests).to.equal(1);
    });

    for (const [status, expected] of [
      [503, { queued: 1 }],
      [500, { queued: 1, lastError: 'HTTP 500: said' }],
      [401, { queued: 1, breaker: 'open', lastError: 'HTTP 401: said' }],
      [400, { queued: 0, dropped: { refused: 1 }, lastError: 'HTTP 400: said' }],
      [413, { queued: 0, dropped: { too_large: 1 } }],
      [302, { queued: 1, breaker: 'open' }],
    ] as const) {
      it(`understands ${status}`, async () => {
        server.answer = (response) => void response.writeHead(status).end('said');
        configure();
        work();
        await eventually(() => health().lastError !== undefined, 'a failure');
        expect(health()).to.deep.include(expected);
        expectBalanced(health());
      });
    }

    it('counts what the server left out', async () => {
      // ExportTraceServiceResponse { partial_success { rejected_spans: 1, error_message: "no" } }
      const answer =
        encoding === 'json'
          ? JSON.stringify({ partialSuccess: { rejectedSpans: '1', errorMessage: 'no' } })
          : Buffer.from([10, 6, 8, 1, 18, 2, 110, 111]);
      server.answer = (response) => void response.end(answer);
      configure();
      work();
      work();
      await tracing.flush();
      expect(health()).to.deep.include({ delivered: 1, dropped: { rejected: 1 } });
    });

    it('is given up after the time for a request, without a second one beside it', async () => {
      server.isHanging = true;
      configure({ timeoutMs: 60 });
      work();
      await eventually(() => health().lastError !== undefined, 'a failure');
      expect(health()).to.include({ queued: 1 });
      server.isHanging = false;
      await eventually(() => health().delivered === 1, 'delivered');
      expect(server.requests).to.equal(2);
    });
  });
}
