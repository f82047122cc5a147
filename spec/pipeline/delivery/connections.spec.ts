import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import type { Outlet } from '#lib/pipeline/outlet.js';
import { CollectedWarnings } from '../../collected-warnings.js';
import { eventually, expectBalanced } from '../accounts.js';
import { giveMany } from '../made-outlet.js';
import { OtlpServer } from '../otlp-server.js';
import type { HttpShape } from './http-outlet.js';
import { httpOutlet, within } from './http-outlet.js';

describe('connections to a backend', function () {
  this.timeout(20_000);
  let server: OtlpServer;
  let outlet: Outlet;
  let warnings: CollectedWarnings;

  function create(shape: HttpShape = {}, endpoint = server.endpoint): void {
    outlet = httpOutlet(endpoint, shape);
  }

  beforeEach(async () => {
    warnings = new CollectedWarnings();
    server = await new OtlpServer().start();
  });
  afterEach(async () => {
    await outlet.close();
    await server.stop();
    warnings.stop();
  });

  it('are made with the first span and not before', async () => {
    create();
    await delay(50);
    expect(server.connections.made).to.equal(0);
    giveMany(1, [outlet]);
    await outlet.flush(within(5000), false);
    expect(server.connections.made).to.equal(1);
  });

  it('are used again, one request after the other', async () => {
    create();
    for (let round = 0; round < 20; round++) {
      giveMany(3, [outlet]);
      await outlet.flush(within(5000), false);
    }
    expect(server.attempts).to.equal(20);
    expect(server.connections.made).to.equal(1);
  });

  it('are used again after an answer with a body, and after a refusal', async () => {
    create({ delivery: { breaker: { openMs: 10 } } });
    for (const [status, body] of [
      [200, 'x'.repeat(2_000_000)],
      [400, 'no'],
      [402, 'later'],
      [200, 'ok'],
    ] as const) {
      server.script = () => ({ status, body });
      giveMany(1, [outlet]);
      await outlet.flush(within(5000), true);
    }
    await eventually(() => outlet.delivered === 3, 'delivered');
    expect(server.connections.made).to.equal(1);
  });

  it('are at most as many as were asked for, with a request on each', async () => {
    for (const maxSockets of [10, 3]) {
      create({ http: { maxSockets } });
      const made = server.connections.made;
      let open = 0;
      let most = 0;
      server.script = () => {
        most = Math.max(most, ++open);
        setTimeout(() => open--, 500);
        return { delayMs: 500 };
      };
      giveMany(512 * 25, [outlet]);
      await outlet.flush(within(10_000), false);
      expect(outlet.delivered).to.equal(512 * 25);
      expect(most).to.equal(maxSockets);
      expect(server.connections.made - made).to.equal(maxSockets);
      await outlet.close();
      await eventually(() => server.connections.open === 0, 'closed with the outlet');
    }
  });

  it('that the backend closed while nobody used them lose nothing', async () => {
    create();
    giveMany(1, [outlet]);
    await outlet.flush(within(5000), false);
    await server.stop();
    await server.start();
    giveMany(1, [outlet]);
    await outlet.flush(within(5000), false);
    expectBalanced(outlet.health());
    expect(outlet.delivered).to.equal(2);
  });

  it('are given up when an answer takes longer than timeoutMs, its body included', async () => {
    create({ http: { timeoutMs: 150 } });
    server.script = () => ({ fault: 'hang' });
    giveMany(1, [outlet]);
    await eventually(() => outlet.health().lastError !== undefined, 'given up');
    expect(outlet.health().lastError).to.contain('no answer within 150 ms').and.contain('127.0.0.1');
    expect(outlet.health()).to.deep.include({ queued: 1, dropped: {} });
  });
});

// Speaks no HTTP, or too little of it.
describe('a port that is no backend', () => {
  let port: Server;
  let sockets: Socket[];
  let outlet: Outlet;
  let warnings: CollectedWarnings;

  async function listen(onSocket: (socket: Socket) => void, https = false): Promise<void> {
    port = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => {});
      onSocket(socket);
    }).listen(0, '127.0.0.1');
    await once(port, 'listening');
    const endpoint = `${https ? 'https' : 'http'}://127.0.0.1:${(port.address() as AddressInfo).port}/`;
    outlet = httpOutlet(endpoint, { http: { timeoutMs: 300, connectTimeoutMs: 100 } });
    giveMany(1, [outlet]);
    await eventually(() => outlet.health().lastError !== undefined, 'a failure');
    expect(outlet.health()).to.deep.include({ queued: 1, dropped: {} });
  }

  beforeEach(() => {
    warnings = new CollectedWarnings();
    sockets = [];
  });
  afterEach(async () => {
    await outlet.close();
    for (const socket of sockets) socket.destroy();
    port.close();
    warnings.stop();
  });

  it('and accepts without a word is given up after timeoutMs', async () => {
    await listen(() => {});
    expect(outlet.health().lastError).to.contain('no answer within 300 ms');
  });

  it('and never ends the handshake of TLS is given up after connectTimeoutMs', async () => {
    await listen(() => {}, true);
    expect(outlet.health().lastError).to.contain('no connection within 100 ms');
  });

  it('and stops in the middle of an answer is given up after timeoutMs', async () => {
    await listen((socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf'));
    expect(outlet.health().delivered).to.equal(0);
  });

  it('and speaks something else is an outage', async () => {
    await listen((socket) => socket.end('SSH-2.0-OpenSSH_9.7\r\n'));
    expect(outlet.health().lastError).to.contain('Parse Error');
  });

  it('and hangs up is an outage', async () => {
    await listen((socket) => socket.resetAndDestroy());
    expect(outlet.health().lastError).to.contain('ECONNRESET');
  });
});
