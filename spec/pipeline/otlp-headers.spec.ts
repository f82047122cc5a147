import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { configureTracing, Traced } from 'spanwright';

const VARIABLE = 'OTEL_EXPORTER_OTLP_HEADERS';

async function startReceiver(): Promise<{ url: string; headers: IncomingHttpHeaders[]; close: () => Promise<void> }> {
  const headers: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    headers.push(request.headers);
    request.resume().on('end', () => response.end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/traces`, headers, close };
}

describe('headers of otlp destinations', () => {
  let before: string | undefined;

  beforeEach(() => {
    before = process.env[VARIABLE];
    process.env[VARIABLE] = 'x-key=for-the-default-endpoint';
  });

  afterEach(() => {
    if (before === undefined) delete process.env[VARIABLE];
    else process.env[VARIABLE] = before;
  });

  it('keep a key of the environment from an endpoint that it was not meant for', async () => {
    const [one, two] = [await startReceiver(), await startReceiver()];
    const tracing = configureTracing({
      serviceName: 'headers',
      destinations: [
        { provider: 'otlp', name: 'one', endpoint: one.url, headers: { 'x-own': '1' } },
        { provider: 'otlp', name: 'two', endpoint: two.url, encoding: 'json' },
      ],
    });
    Traced.run('work', () => 1);
    const report = await tracing.shutdown();
    await Promise.all([one.close(), two.close()]);

    expect(report.complete).to.equal(true);
    expect(one.headers[0]).to.include({ 'x-own': '1' });
    expect(one.headers[0]).to.not.have.property('x-key');
    expect(two.headers[0]).to.not.have.property('x-key');
    expect(process.env[VARIABLE]).to.equal('x-key=for-the-default-endpoint');
  });
});
