import { expect } from 'chai';
import type { DestinationHealth } from 'spanwright';
import { expectBalanced } from '../accounts.js';
import type { BreezeAnswer, Envelope } from './breeze-server.js';
import { BreezeServer } from './breeze-server.js';
import { Certificates } from '../certificates.js';
import { run } from './program.js';

interface Seen {
  readonly health: DestinationHealth;
  readonly complete: boolean;
}

const PROGRAM = `
  const tracing = configureTracing({
    logger,
    destinations: [{
      provider: 'azure_monitor', connectionString: process.env.CONNECTION, timeoutMs: 300, batch: { delayMs: 5 },
    }],
  });
  for (let n = 0; n < 3; n++) Traced.run({ name: 'span ' + n }, (call) => call.addEvent('event'));
  await tracing.flush(Number(process.env.FLUSH_MS));
  const health = tracing.health().destinations.azure_monitor;
  const { complete } = await tracing.shutdown(50);
  print({ health, complete });`;

describe('answers of Azure Monitor', function () {
  this.timeout(30_000);
  const certificates = new Certificates();
  let server: BreezeServer;

  beforeEach(async () => {
    server = await new BreezeServer().start(certificates.server);
  });
  afterEach(() => server.stop());
  after(() => certificates.remove());

  async function send(flushMs = 400): Promise<DestinationHealth> {
    const { printed, stayedMs } = await run<Seen>(PROGRAM, {
      env: {
        NODE_EXTRA_CA_CERTS: certificates.caPath,
        CONNECTION: server.connectionString,
        FLUSH_MS: String(flushMs),
      },
    });
    expectBalanced(printed.health);
    expect(stayedMs).to.be.below(3000);
    return printed.health;
  }

  const CASES: readonly (readonly [BreezeAnswer, Partial<DestinationHealth>])[] = [
    [
      { status: 429, headers: { 'retry-after': '30' } },
      { queued: 3, breaker: 'closed', lastError: 'HTTP 429: {}' },
    ],
    [{ status: 439 }, { queued: 3, breaker: 'closed', lastError: 'HTTP 439: {}' }],
    [{ status: 500 }, { queued: 3, lastError: 'HTTP 500: {}' }],
    [{ status: 401 }, { queued: 3, breaker: 'open', lastError: 'HTTP 401: {}' }],
    [{ status: 402 }, { queued: 3, breaker: 'open', lastError: 'HTTP 402: {}' }],
    [{ status: 413 }, { queued: 0, breaker: 'closed', dropped: { too_large: 3 } }],
    [
      { status: 400, body: { errors: [{ message: 'Invalid instrumentation key' }] } },
      { queued: 3, breaker: 'open', lastError: 'HTTP 400: Invalid instrumentation key' },
    ],
    [
      { status: 307, headers: { location: 'https://example.com/v2.1/track' } },
      { queued: 3, breaker: 'open', lastError: 'HTTP 307, a redirect to example.com' },
    ],
  ];
  for (const [answer, expected] of CASES) {
    it(`understands ${answer.status}${answer.body === undefined ? '' : ' for a key that is none'}`, async () => {
      server.answer = () => answer;
      const health = await send();
      expect(health).to.deep.include({ delivered: 0, ...expected });
    });
  }

  it('sends once to a server that is away, and keeps the spans', async () => {
    await server.stop();
    const health = await send();
    expect(health).to.include({ delivered: 0, queued: 3 });
    expect(health.lastError).to.match(/ECONNREFUSED/);
  });

  it('gives up a request after its time, keeps the spans and lets the process end', async () => {
    server.isHanging = true;
    const health = await send(600);
    expect(health).to.include({ delivered: 0, queued: 3 });
  });

  it('delivers what it kept once, when the server is back', async () => {
    let asked = 0;
    server.answer = () => ({ status: asked++ === 0 ? 503 : 200 });
    expect(await send(3000)).to.include({ delivered: 3, queued: 0 });
    expect(server.requests).to.have.lengthOf(2);
  });

  it('sends again of a batch what was refused for now, and counts what was refused for good', async () => {
    const indexOf = (envelopes: readonly Envelope[], name: string): number =>
      envelopes.findIndex(({ data }) => data.baseData.name === name);
    server.answer = (envelopes) => {
      if (server.requests.length > 1) return { status: 200 };
      const errors = [
        { index: indexOf(envelopes, 'span 0'), statusCode: 400, message: 'bad' },
        { index: indexOf(envelopes, 'span 1'), statusCode: 429, message: 'slower' },
        // An event of the span that was taken.
        { index: indexOf(envelopes, 'span 2') + 1, statusCode: 400, message: 'bad' },
      ];
      return { status: 206, body: { itemsReceived: 7, itemsAccepted: 4, errors } };
    };
    const health = await send(3000);
    expect(health).to.deep.include({ delivered: 2, queued: 0, dropped: { rejected: 1 } });
    const names = server.spans.map(({ data }) => data.baseData.name);
    expect(names).to.deep.equal(['span 0', 'span 1', 'span 2', 'span 1']);
  });

  it('counts what was refused for good where nothing is to be sent again', async () => {
    server.answer = (envelopes) => {
      const index = envelopes.findIndex(({ data }) => data.baseData.name === 'span 1');
      const errors = [{ index, statusCode: 400, message: 'Telemetry sampled out.' }];
      return { status: 206, body: { itemsReceived: 7, itemsAccepted: 6, errors } };
    };
    const health = await send();
    expect(health).to.deep.include({ delivered: 2, queued: 0, dropped: { rejected: 1 } });
    expect(server.requests).to.have.lengthOf(1);
  });

  it('sends nothing again, and counts all, where nobody can tell what was taken', async () => {
    server.answer = () => ({ status: 206, body: 'not JSON at all' });
    const health = await send();
    expect(health).to.deep.include({ delivered: 0, queued: 0, dropped: { rejected: 3 } });
    expect(server.requests).to.have.lengthOf(1);
  });
});
