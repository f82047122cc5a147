import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import type { Outlet } from '#lib/pipeline/outlet.js';
import { CollectedWarnings } from '../../collected-warnings.js';
import { eventually, expectBalanced } from '../accounts.js';
import { giveMany } from '../made-outlet.js';
import { OtlpServer } from '../otlp-server.js';
import { httpOutlet, within } from './http-outlet.js';

describe('a backend that takes nothing for now', () => {
  let server: OtlpServer;
  let outlet: Outlet;
  let warnings: CollectedWarnings;

  beforeEach(async () => {
    warnings = new CollectedWarnings();
    server = await new OtlpServer().start();
    outlet = httpOutlet(server.endpoint, { delivery: { breaker: { openMs: 60 } } });
  });
  afterEach(async () => {
    await outlet.close();
    await server.stop();
    warnings.stop();
  });

  for (const [status, hint] of [
    [402, 'quota'],
    [401, 'key'],
    [403, 'key'],
    [404, 'endpoint'],
  ] as const) {
    it(`with ${status} is asked once, said once, and again after openMs; its batch stays`, async () => {
      server.status = status;
      giveMany(10, [outlet]);
      await outlet.flush(within(5000), false);
      expect(server.attempts, 'at once').to.equal(1);
      expect(outlet.health()).to.deep.include({ breaker: 'open', queued: 10, dropped: {}, healthy: false });
      giveMany(10, [outlet]);
      await eventually(() => server.attempts >= 3, 'two trials');
      expect(outlet.health()).to.deep.include({ accepted: 20, queued: 20, dropped: {}, lastError: `HTTP ${status}` });
      expect(outlet.health().reasons).to.include('breaker_open');
      expect(warnings.codes()).to.deep.equal(['EXPORT_FAILED']);
      expect(warnings.seen[0]?.message).to.contain(`HTTP ${status}`).and.contain('stay queued');
      expect(warnings.seen[0]?.hint).to.contain(hint);
      server.status = 200;
      await eventually(() => outlet.delivered === 20, 'all that its queue kept');
      expect(outlet.health()).to.deep.include({ breaker: 'closed', queued: 0, healthy: true });
      expect(warnings.codes()).to.deep.equal(['EXPORT_FAILED', 'EXPORT_RECOVERED']);
      expect(server.spans.map(({ name }) => name)).to.have.lengthOf(20);
      expectBalanced(outlet.health());
    });
  }

  it('is said although it failed before for another reason', async () => {
    server.status = 500;
    giveMany(1, [outlet]);
    await eventually(() => warnings.seen.length === 1, 'the first failure');
    server.status = 402;
    await eventually(() => warnings.seen.length === 2, 'the other reason');
    expect(warnings.seen[1]?.hint).to.contain('quota');
  });

  it('gets one request at a time in its trials', async () => {
    server.status = 402;
    giveMany(512 * 8, [outlet]);
    await eventually(() => outlet.health().breaker === 'open', 'the first answers');
    await eventually(() => outlet.health().breaker === 'half_open', 'a trial');
    await eventually(() => outlet.health().breaker === 'open', 'the answer to it');
    const before = server.attempts;
    await eventually(() => outlet.health().breaker === 'half_open', 'another trial');
    await eventually(() => outlet.health().breaker === 'open', 'the answer to that');
    expect(server.attempts - before).to.equal(1);
    expect(outlet.health()).to.include({ queued: 512 * 8 });
  });

  it('is not asked again by a flush while its breaker is open, but once by the last one', async () => {
    await outlet.close();
    outlet = httpOutlet(server.endpoint, { delivery: { breaker: { openMs: 60_000 } } });
    server.status = 402;
    giveMany(10, [outlet]);
    await outlet.flush(within(5000), false);
    await outlet.flush(within(5000), false);
    expect(server.attempts).to.equal(1);
    await outlet.flush(within(5000), true);
    expect(server.attempts).to.equal(2);
    server.status = 200;
    await outlet.flush(within(5000), true);
    expect(outlet.health()).to.include({ delivered: 10, breaker: 'closed' });
  });
});

describe('a backend that redirects', () => {
  it('is not followed, so that nobody else sees the key', async () => {
    const warnings = new CollectedWarnings();
    let asked = 0;
    const other = createServer((_, response) => {
      asked++;
      response.end();
    }).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const server = await new OtlpServer().start();
    const outlet = httpOutlet(server.endpoint, { delivery: { breaker: { openMs: 40 } } });
    for (const status of [301, 302, 303, 307, 308]) {
      const before = server.attempts;
      server.script = () => ({ status, headers: { location: `http://127.0.0.1:${port}/?key=secret` } });
      giveMany(1, [outlet]);
      await eventually(() => server.attempts >= before + 2, 'a trial as well');
    }
    expect(asked).to.equal(0);
    expect(outlet.health()).to.deep.include({ queued: 5, dropped: {} });
    expect(outlet.health().lastError).to.equal(`HTTP 308, a redirect to 127.0.0.1:${port}`);
    await outlet.close();
    await server.stop();
    other.close();
    warnings.stop();
  });
});
