import { expect } from 'chai';
import type { OtlpDestinationOptions, Tracing } from 'spanwright';
import { configureTracing, Traced } from 'spanwright';
import { withVariables } from '../../config/with-variables.js';
import { eventually, expectBalanced } from '../accounts.js';
import { Certificates } from '../certificates.js';
import { GrpcServer } from './grpc-server.js';

const work = Traced.wrap({ name: 'work', attributes: { text: 'ünï😀'.repeat(400) } }, () => 1);

// google.rpc.Status { details: [RetryInfo { retry_delay: 7.5 s }] }
function retryInfo(): Buffer {
  const field = (number: number, bytes: Buffer): Buffer =>
    Buffer.concat([Buffer.from([number * 8 + 2, bytes.length]), bytes]);
  const delay = Buffer.from([8, 7, 16, 0x80, 0xca, 0xb5, 0xee, 1]);
  const type = Buffer.from('type.googleapis.com/google.rpc.RetryInfo');
  return field(3, Buffer.concat([field(1, type), field(2, field(1, delay))]));
}

describe('OTLP over gRPC', () => {
  let server: GrpcServer;
  let tracing: Tracing;

  function configure(options: Partial<OtlpDestinationOptions> = {}): void {
    const endpoint = server.endpoint;
    tracing = configureTracing({
      serviceName: 'shop',
      destinations: [{ provider: 'otlp', protocol: 'grpc', endpoint, batch: { delayMs: 5 }, ...options }],
    });
  }

  const health = () => tracing.health().destinations['otlp'] ?? expect.fail('no such destination');

  beforeEach(async () => {
    server = await new GrpcServer().start();
  });
  afterEach(async () => {
    await tracing.shutdown(500);
    server.stop();
  });

  for (const compression of ['gzip', 'none'] as const) {
    it(`delivers spans, with headers in lower case, compression ${compression}`, async () => {
      configure({ compression, headers: { 'X-Team': 'red', Authorization: 'Bearer key' } });
      work();
      expect(await tracing.flush()).to.deep.equal({
        complete: true,
        destinations: { otlp: { delivered: 1, undelivered: 0 } },
      });
      const [span] = server.spans;
      expect(span).to.deep.include({ name: 'work', scope: 'spanwright' });
      expect(span?.attributes['text']).to.equal('ünï😀'.repeat(400));
      expect(server.metadata[0]).to.include({ 'x-team': 'red', authorization: 'Bearer key' });
    });
  }

  it('takes no headers of the environment beside those that were resolved', async () => {
    await withVariables({ OTEL_EXPORTER_OTLP_HEADERS: 'x-other=key' }, async () => {
      const destination = { provider: 'otlp', protocol: 'grpc', endpoint: server.endpoint } as const;
      // One alone would get the headers of the environment: they are meant for it.
      const other = { provider: 'otlp', name: 'other', endpoint: 'http://127.0.0.1:9/v1/traces' } as const;
      tracing = configureTracing({ destinations: [{ ...destination, headers: { 'x-team': 'red' } }, other] });
      work();
      await tracing.flush(200);
    });
    expect(server.metadata[0]).to.include({ 'x-team': 'red' }).and.not.have.property('x-other');
  });

  it('speaks TLS with a private authority and a certificate of its own', async () => {
    const certificates = new Certificates();
    try {
      server.stop();
      await server.start(certificates);
      const { ca, client } = certificates;
      configure({ endpoint: `https://localhost:${server.port}`, tls: { ca, cert: client.cert, key: client.key } });
      work();
      expect(await tracing.flush()).to.deep.include({ complete: true });
      expect(server.spans).to.have.lengthOf(1);
      await tracing.shutdown();
      configure({ endpoint: `https://localhost:${server.port}`, tls: { ca } });
      work();
      await tracing.flush(300);
      expect(health()).to.include({ delivered: 0, queued: 1 });
      expect(health().lastError).to.match(/^gRPC UNAVAILABLE/);
    } finally {
      certificates.remove();
    }
  });

  it('keeps what a server that is away did not take, and delivers it once when it is back', async () => {
    server.stop();
    configure();
    work();
    await eventually(() => health().lastError !== undefined, 'a failure');
    expect(health()).to.include({ queued: 1, delivered: 0 });
    await server.start();
    await eventually(() => health().delivered === 1, 'delivered');
    expect(server.spans).to.have.lengthOf(1);
  });

  it('gives up after the time for a request, and keeps the batch', async () => {
    server.isHanging = true;
    configure({ timeoutMs: 50 });
    work();
    await eventually(() => health().lastError !== undefined, 'a failure');
    expect(health().lastError).to.match(/^gRPC DEADLINE_EXCEEDED/);
    expect(health()).to.include({ queued: 1 });
    server.isHanging = false;
    await eventually(() => health().delivered === 1, 'delivered');
  });

  it('ends the request on its way when tracing ends', async () => {
    server.isHanging = true;
    configure();
    work();
    await eventually(() => server.calls === 1, 'a call');
    const { complete } = await tracing.shutdown(50);
    expect(complete).to.equal(false);
    await eventually(() => server.cancelled === 1, 'cancelled');
  });

  it('counts what the server left out', async () => {
    // ExportTraceServiceResponse { partial_success { rejected_spans: 1, error_message: "no" } }
    server.answer = Buffer.from([10, 6, 8, 1, 18, 2, 110, 111]);
    configure();
    work();
    work();
    await tracing.flush();
    expect(health()).to.deep.include({ delivered: 1, dropped: { rejected: 1 } });
    expect(health().lastError).to.contain('no');
  });

  it('waits as long as RetryInfo says, and does not call that a failure', async () => {
    server.refusal = { code: 8, details: 'quota', statusDetails: retryInfo() };
    configure({ breaker: { failures: 1 } });
    work();
    await eventually(() => health().lastError !== undefined, 'a failure');
    expect(health()).to.include({ queued: 1, breaker: 'closed', lastError: 'gRPC RESOURCE_EXHAUSTED: quota' });
    server.refusal = undefined;
    await tracing.flush(50);
    expect(server.calls).to.equal(1);
  });

  it('halves a batch that is too large', async () => {
    const too = 'grpc: received message larger than max (5000000 vs. 4194304)';
    server.refusal = { code: 8, details: too };
    configure();
    work();
    work();
    await tracing.flush();
    expect(server.calls).to.equal(3);
    expect(health()).to.deep.include({ delivered: 0, dropped: { too_large: 2 } });
  });

  for (const [code, breaker, drops] of [
    [3, 'closed', { refused: 1 }],
    [7, 'open', {}],
    [12, 'open', {}],
    [16, 'open', {}],
    [14, 'closed', {}],
  ] as const) {
    it(`understands code ${code}`, async () => {
      server.refusal = { code, details: 'no' };
      configure();
      work();
      await tracing.flush(100);
      expect(health()).to.deep.include({ breaker, dropped: drops });
      expectBalanced(health());
    });
  }

  it('says without its value which header cannot be sent', async () => {
    configure({ headers: { 'x-key': 'sëcret' } });
    work();
    await tracing.flush(100);
    expect(health().lastError).to.contain('x-key').and.not.contain('cret');
    expect(health()).to.include({ breaker: 'open', queued: 1 });
  });
});
