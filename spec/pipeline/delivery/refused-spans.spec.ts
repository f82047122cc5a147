import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import type { Outlet } from '#lib/pipeline/outlet.js';
import { CollectedWarnings } from '../../collected-warnings.js';
import { expectBalanced } from '../accounts.js';
import { give, giveMany } from '../made-outlet.js';
import { madeSpan } from '../made-spans.js';
import type { ArrivedRequest } from '../otlp-server.js';
import { OtlpServer } from '../otlp-server.js';
import type { HttpShape } from './http-outlet.js';
import { httpOutlet, within } from './http-outlet.js';

describe('a backend that refuses a batch for what is in it', function () {
  this.timeout(30_000);
  let server: OtlpServer;
  let outlet: Outlet;
  let warnings: CollectedWarnings;

  function create(shape: HttpShape = {}): void {
    outlet = httpOutlet(server.endpoint, shape);
  }

  const has = ({ spans }: ArrivedRequest, isBad: (id: number) => boolean): boolean =>
    spans.some(({ spanId }) => isBad(Number.parseInt(spanId, 16)));
  const arrived = (): number[] =>
    server.spans.map(({ spanId }) => Number.parseInt(spanId, 16)).toSorted((a, b) => a - b);

  async function send(count: number, isBad: (id: number) => boolean, status = 400): Promise<void> {
    server.script = (request) => (has(request, isBad) ? { status, body: 'bad span' } : undefined);
    for (let id = 1; id <= count; id++) give(madeSpan({ id }), outlet);
    await outlet.flush(within(20_000), false);
    expectBalanced(outlet.health());
    const good = Array.from({ length: count }, (_, index) => index + 1).filter((id) => !isBad(id));
    expect(arrived(), 'each good one once').to.deep.equal(good);
    expect(outlet.health()).to.deep.include({ delivered: good.length, queued: 0, queuedBytes: 0, breaker: 'closed' });
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

  for (const maxSockets of [1, 10]) {
    it(`loses one bad span among 1,500 alone, with ${maxSockets} at a time`, async () => {
      create({ http: { maxSockets } });
      await send(1500, (id) => id === 700);
      expect(outlet.health().dropped).to.deep.equal({ refused: 1 });
      expect(server.attempts).to.be.below(30);
    });

    it(`loses every bad one of many, and says so at the first, 10th and 100th, with ${maxSockets} at a time`, async () => {
      create({ http: { maxSockets } });
      await send(1500, (id) => id % 14 === 0);
      expect(outlet.health().dropped).to.deep.equal({ refused: 107 });
      expect(warnings.codes()).to.deep.equal(['EXPORT_FAILED', 'EXPORT_FAILED', 'EXPORT_FAILED']);
      expect(warnings.seen[0]?.message).to.contain('bad span').and.contain('dropped and counted');
    });

    it(`gives up a batch of which nothing is taken, with ${maxSockets} at a time`, async () => {
      create({ http: { maxSockets } });
      await send(2048, () => true);
      expect(outlet.health()).to.deep.include({ dropped: { refused: 2048 }, healthy: false });
      expect(server.attempts, 'four batches').to.be.below(4 * 80);
    });
  }

  it('is sent parts that it takes, where a batch is too large', async () => {
    create();
    server.script = ({ spans }) => (spans.length > 100 ? { status: 413 } : undefined);
    giveMany(512, [outlet]);
    await outlet.flush(within(20_000), false);
    expect(outlet.health()).to.deep.include({ delivered: 512, dropped: {} });
    expect(server.spans).to.have.lengthOf(512);
  });

  it('is sent no request beyond its own limit, and loses what is too large alone', async () => {
    create({ requestBytes: 10_000 });
    giveMany(100, [outlet], 'x'.repeat(1000));
    giveMany(1, [outlet], 'y'.repeat(20_000));
    giveMany(3, [outlet]);
    await outlet.flush(within(20_000), false);
    expect(outlet.health()).to.deep.include({ delivered: 103, dropped: { too_large: 1 } });
    expect(Math.max(...server.requests.map(({ headers }) => Number(headers['content-length'])))).to.be.below(10_001);
  });

  it('is believed when it says how many of a batch it left out', async () => {
    create();
    const body = JSON.stringify({
      errors: Array.from({ length: 300 }, () => ({ status: 400, message: 'x'.repeat(300) })),
    });
    server.script = () => ({ status: 207, headers: { 'content-type': 'application/json' }, body });
    giveMany(500, [outlet]);
    await outlet.flush(within(5000), false);
    expect(outlet.health()).to.deep.include({ delivered: 200, dropped: { rejected: 300 }, queued: 0 });
    expect(outlet.health().reasons).to.deep.equal(['drops']);
  });

  it('may also fail with 500 over one span: the others are not held up for ever, and that one is found', async () => {
    create({ delivery: { batch: { maxSpans: 16 }, breaker: { failures: 2, openMs: 30 } } });
    server.script = (request) => (has(request, (id) => id === 5) ? { status: 500, body: 'boom' } : undefined);
    for (let id = 1; id <= 40; id++) give(madeSpan({ id }), outlet);
    let id = 100;
    const isOver = (): boolean => {
      give(madeSpan({ id: ++id }), outlet);
      expectBalanced(outlet.health());
      return outlet.health().dropped['refused'] === 1;
    };
    const end = within(20_000);
    while (!isOver() && performance.now() < end) await delay(20);
    await outlet.flush(within(5000), true);
    expect(outlet.health()).to.deep.include({ accepted: 40 + id - 100, dropped: { refused: 1 }, queued: 0 });
    expect(arrived().slice(0, 40)).to.deep.equal([...Array(41).keys()].filter((n) => n !== 0 && n !== 5).concat(101));
  });

  it('is not thought to refuse what fails with 500 while it takes nothing at all', async () => {
    create({ delivery: { breaker: { failures: 2, openMs: 20 } } });
    server.status = 500;
    giveMany(20, [outlet]);
    for (let round = 0; round < 10; round++) {
      giveMany(20, [outlet]);
      await delay(50);
    }
    expect(server.attempts).to.be.above(4);
    expect(outlet.health()).to.deep.include({ queued: 220, dropped: {} });
    server.status = 200;
    await outlet.flush(within(5000), true);
    expect(outlet.health()).to.deep.include({ delivered: 220, dropped: {} });
  });

  it('is no outage while it takes the others', async () => {
    create();
    for (let round = 1; round <= 20; round++) {
      server.script = (request) => (has(request, (id) => id === 1) ? { status: 422 } : undefined);
      give(madeSpan({ id: 1 }), outlet);
      give(madeSpan({ id: 100 + round }), outlet);
      await outlet.flush(within(5000), false);
      server.requests.length = 0;
      if (round === 5) expect(warnings.codes()).to.deep.equal(['EXPORT_FAILED']);
    }
    expect(warnings.codes(), 'at the first and the 10th').to.deep.equal(['EXPORT_FAILED', 'EXPORT_FAILED']);
  });
});
