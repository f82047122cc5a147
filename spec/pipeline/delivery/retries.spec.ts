import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import type { Outlet } from '#lib/pipeline/outlet.js';
import { CollectedWarnings } from '../../collected-warnings.js';
import { eventually, expectBalanced } from '../accounts.js';
import { giveMany, madeOutlet, ScriptedDestination } from '../made-outlet.js';
import type { ScriptedAnswer } from '../otlp-server.js';
import { OtlpServer } from '../otlp-server.js';
import { httpOutlet, within } from './http-outlet.js';

describe('a backend that is busy or down', function () {
  this.timeout(20_000);
  let server: OtlpServer;
  let outlet: Outlet;
  let warnings: CollectedWarnings;
  let times: number[];

  beforeEach(async () => {
    warnings = new CollectedWarnings();
    server = await new OtlpServer().start();
    outlet = httpOutlet(server.endpoint);
    times = [];
  });
  afterEach(async () => {
    await outlet.close();
    await server.stop();
    warnings.stop();
  });

  function answer(...answers: ScriptedAnswer[]): void {
    server.script = () => {
      times.push(performance.now());
      return answers.shift();
    };
  }

  it('is left in peace for as long as it asks, in seconds', async () => {
    answer({ status: 429, headers: { 'retry-after': '1' } });
    giveMany(1100, [outlet]);
    await eventually(() => outlet.delivered === 1100, 'delivered');
    const [first = 0, second = 0] = times;
    // The others of the first turn were on their way already.
    const waited = times.find((time) => time - first > 500);
    expect((waited ?? second) - first).to.be.within(990, 3000);
    expect(outlet.health()).to.deep.include({ dropped: {}, breaker: 'closed' });
  });

  it('is left in peace until the date that it names', async () => {
    const date = new Date(Date.now() + 2000).toUTCString();
    answer({ status: 503, headers: { 'retry-after': date } });
    giveMany(1, [outlet]);
    await eventually(() => outlet.delivered === 1, 'delivered');
    const [first = 0, second = 0] = times;
    expect(second - first).to.be.above(500);
    expect(outlet.health().breaker).to.equal('closed');
  });

  it('is not asked by a flush before the time that it named, and a flush does not wait beyond its own', async () => {
    answer({ status: 429, headers: { 'retry-after': '30' } });
    giveMany(10, [outlet]);
    const start = performance.now();
    await outlet.flush(within(5000), false);
    await outlet.flush(within(5000), true);
    expect(performance.now() - start).to.be.below(2500);
    expect(server.attempts).to.equal(1);
    expect(outlet.health()).to.deep.include({ queued: 10, dropped: {}, breaker: 'closed' });
  });

  it('is not asked again and again where it says Retry-After: 0', async () => {
    const zero = { status: 429, headers: { 'retry-after': '0' } };
    answer(...Array.from({ length: 1000 }, () => zero));
    giveMany(1, [outlet]);
    await delay(700);
    expect(server.attempts).to.be.within(1, 5);
  });

  it('gets everything that was kept, once, after answers of every kind', async () => {
    const kinds: ScriptedAnswer[] = [
      { status: 500 },
      { fault: 'reset' },
      { status: 502, body: '<html>' },
      { status: 408 },
      { status: 429 },
    ];
    answer(...kinds.slice(0, 4));
    giveMany(700, [outlet]);
    await outlet.flush(within(15_000), false);
    expectBalanced(outlet.health());
    expect(outlet.health()).to.deep.include({ delivered: 700, queued: 0, dropped: {} });
    expect(new Set(server.spans.map(({ spanId }) => spanId))).to.have.lengthOf(700);
    expect(server.spans).to.have.lengthOf(700);
  });

  it('gets a batch again whose answer was lost: at least once is what can be promised', async () => {
    answer({ fault: 'lose' });
    giveMany(5, [outlet]);
    await outlet.flush(within(5000), false);
    expect(outlet.health()).to.deep.include({ delivered: 5, dropped: {} });
    expect(server.spans).to.have.lengthOf(10);
  });
});

describe('a destination that throws', () => {
  let warnings: CollectedWarnings;
  beforeEach(() => {
    warnings = new CollectedWarnings();
  });
  afterEach(() => warnings.stop());

  it('while a batch is opened, keeps its queue and is tried again', async () => {
    const destination = new ScriptedDestination();
    const open = destination.open.bind(destination);
    let failures = 2;
    destination.open = () => {
      if (failures-- > 0) throw new Error('no package');
      return open();
    };
    const outlet = madeOutlet(destination);
    giveMany(3, [outlet]);
    await eventually(() => outlet.health().lastError === 'no package', 'the failure');
    expect(outlet.health()).to.deep.include({ queued: 3, dropped: {} });
    await eventually(() => outlet.delivered === 3, 'delivered');
    await outlet.close();
  });

  it('while a batch is written, loses the span that it throws for and no other', async () => {
    const destination = new ScriptedDestination();
    destination.answer = (names) => {
      if (names.some((name) => name.endsWith('7'))) throw new Error('cannot be written');
      return { kind: 'delivered' };
    };
    const outlet = madeOutlet(destination);
    giveMany(10, [outlet]);
    await outlet.flush(within(5000), false);
    expect(outlet.health()).to.deep.include({ delivered: 9, dropped: { refused: 1 } });
    await outlet.close();
  });
});
