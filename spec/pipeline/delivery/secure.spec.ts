import { expect } from 'chai';
import type { Outlet } from '#lib/pipeline/outlet.js';
import type { TlsSettings } from '#lib/pipeline/settings.js';
import { CollectedWarnings } from '../../collected-warnings.js';
import { eventually } from '../accounts.js';
import { giveMany } from '../made-outlet.js';
import { OtlpServer } from '../otlp-server.js';
import type { Certificates } from '../certificates.js';
import { tryMakeCertificates } from '../certificates.js';
import { ConnectProxy } from './connect-proxy.js';
import { httpOutlet, within } from './http-outlet.js';

describe('a backend over https', function () {
  this.timeout(20_000);
  let certificates: Certificates;
  let server: OtlpServer;
  let outlet: Outlet | undefined;
  let warnings: CollectedWarnings;

  before(function () {
    const made = tryMakeCertificates();
    if (made === undefined) return this.skip();
    certificates = made;
    return undefined;
  });
  after(() => {
    // Not made where openssl is missing.
    (certificates as Certificates | undefined)?.remove();
  });
  beforeEach(() => {
    warnings = new CollectedWarnings();
  });
  afterEach(async () => {
    await outlet?.close();
    outlet = undefined;
    await server.stop();
    warnings.stop();
  });

  async function start(asksForClient = false): Promise<void> {
    const { ca, server: own } = certificates;
    server = await new OtlpServer({
      ...own,
      ca,
      requestCert: asksForClient,
      rejectUnauthorized: asksForClient,
    }).start();
  }

  async function send(tls: TlsSettings, proxy?: string): Promise<void> {
    outlet = httpOutlet(server.endpoint, { http: { tls, ...(proxy === undefined ? {} : { proxy }) } });
    giveMany(3, [outlet]);
    const { health } = outlet;
    void outlet.flush(within(5000), false);
    await eventually(
      () => health.call(outlet).delivered === 3 || health.call(outlet).lastError !== undefined,
      'an end',
    );
  }

  it('is trusted by its own authority', async () => {
    await start();
    await send({ ca: certificates.ca });
    expect(outlet?.health()).to.include({ delivered: 3 });
    expect(server.spans).to.have.lengthOf(3);
    giveMany(3, outlet === undefined ? [] : [outlet]);
    await outlet?.flush(within(5000), false);
    expect(server.connections.made, 'and the connection kept').to.equal(1);
  });

  it('is sent nothing where nobody vouches for it', async () => {
    await start();
    await send({});
    expect(outlet?.health()).to.deep.include({ delivered: 0, queued: 3, dropped: {} });
    expect(outlet?.health().lastError).to.match(/certificate/i);
    expect(server.attempts).to.equal(0);
  });

  it('is shown the certificate of the client that it asks for', async () => {
    await start(true);
    await send({ ca: certificates.ca, ...certificates.client });
    expect(outlet?.health()).to.include({ delivered: 3 });
  });

  it('that asks for a certificate takes nothing without one', async () => {
    await start(true);
    await send({ ca: certificates.ca });
    expect(outlet?.health()).to.include({ delivered: 0, queued: 3 });
    expect(server.attempts).to.equal(0);
  });

  it('is reached through a proxy, which sees neither keys nor spans', async () => {
    await start();
    const proxy = await new ConnectProxy().start();
    await send({ ca: certificates.ca }, proxy.url('user:pass'));
    expect(outlet?.health()).to.include({ delivered: 3 });
    expect(server.requests[0]?.headers).to.have.property('authorization', 'Bearer key');
    expect(server.requests[0]?.headers).to.not.have.property('proxy-authorization');
    expect(proxy.asked).to.deep.equal([
      { target: `127.0.0.1:${server.port}`, authorization: `Basic ${Buffer.from('user:pass').toString('base64')}` },
    ]);
    expect(proxy.text).to.not.contain('Bearer key');
    giveMany(3, outlet === undefined ? [] : [outlet]);
    await outlet?.flush(within(5000), false);
    expect(proxy.asked, 'and the connection kept').to.have.lengthOf(1);
    await outlet?.close();
    await proxy.stop();
  });
});

describe('a proxy', () => {
  let server: OtlpServer;
  let proxy: ConnectProxy;
  let outlet: Outlet;
  let warnings: CollectedWarnings;

  beforeEach(async () => {
    warnings = new CollectedWarnings();
    server = await new OtlpServer().start();
    proxy = await new ConnectProxy().start();
    outlet = httpOutlet(server.endpoint, { http: { proxy: proxy.url(), connectTimeoutMs: 150, timeoutMs: 5000 } });
  });
  afterEach(async () => {
    await outlet.close();
    await proxy.stop();
    await server.stop();
    warnings.stop();
  });

  it('is used for http as well, and an answer through it may take its time', async () => {
    server.delayMs = 400;
    giveMany(3, [outlet]);
    await outlet.flush(within(5000), false);
    expect(outlet.health()).to.deep.include({ delivered: 3, dropped: {} });
    expect(proxy.asked).to.have.lengthOf(1);
    expect(server.attempts).to.equal(1);
  });

  for (const status of [403, 405]) {
    it(`that opens no tunnel (${status}) is asked to forward what goes over plain http`, async () => {
      proxy.status = status;
      for (let round = 1; round <= 2; round++) {
        giveMany(3, [outlet]);
        await outlet.flush(within(5000), false);
        expect(outlet.health()).to.deep.include({ delivered: round * 3, dropped: {} });
      }
      expect(proxy.forwarded).to.deep.equal([server.endpoint, server.endpoint]);
      expect(server.requests[0]?.headers).to.include({ authorization: 'Bearer key' });
      expect(server.requests[0]?.headers['host']).to.equal(`127.0.0.1:${server.port}`);
    });
  }

  it('that refuses is an outage, and recovers', async () => {
    proxy.status = 407;
    giveMany(3, [outlet]);
    await eventually(() => outlet.health().lastError !== undefined, 'a failure');
    expect(outlet.health()).to.deep.include({ delivered: 0, queued: 3, dropped: {} });
    expect(server.attempts).to.equal(0);
    proxy.status = 200;
    await eventually(() => outlet.delivered === 3, 'delivered');
  });

  it('that never answers is given up after connectTimeoutMs', async () => {
    proxy.status = undefined;
    giveMany(3, [outlet]);
    await eventually(() => outlet.health().lastError !== undefined, 'a failure');
    expect(outlet.health().lastError).to.contain('within 150 ms');
    expect(outlet.health()).to.deep.include({ queued: 3 });
  });

  it('that is not there is an outage', async () => {
    await proxy.stop();
    giveMany(3, [outlet]);
    await eventually(() => outlet.health().lastError !== undefined, 'a failure');
    expect(outlet.health().lastError).to.contain('ECONNREFUSED');
  });
});
