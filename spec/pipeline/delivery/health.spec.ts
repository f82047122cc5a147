import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { DestinationHealth, OtlpDestinationOptions, Tracing } from 'spanwright';
import { configureTracing, Traced } from 'spanwright';
import { CollectedWarnings } from '../../collected-warnings.js';
import { eventually, expectBalanced } from '../accounts.js';
import { OtlpServer } from '../otlp-server.js';

const work = Traced.wrap('work', (n: number) => n);

describe('the health of destinations', function () {
  this.timeout(20_000);
  let servers: [OtlpServer, OtlpServer];
  let tracing: Tracing;
  let warnings: CollectedWarnings;
  let folder: string;

  function configure(options: Partial<OtlpDestinationOptions> = {}): void {
    tracing = configureTracing({
      logger: warnings.logger,
      lastResort: join(folder, 'said.log'),
      destinations: servers.map((server, index) => ({
        provider: 'otlp',
        name: `number ${index}`,
        endpoint: server.endpoint,
        breaker: { failures: 1, openMs: 60 },
        batch: { delayMs: 20 },
        ...options,
      })),
    });
  }

  const of = (index: number): DestinationHealth =>
    tracing.health().destinations[`number ${index}`] as DestinationHealth;
  const said = (): string[] => {
    const text = readFileSync(join(folder, 'said.log'), 'utf8').trimEnd();
    return text.split('\n').map((line) => line.replace(/^\S+ spanwright: /, ''));
  };
  const codes = (code: string): number => warnings.codes().filter((one) => one === code).length;

  beforeEach(async () => {
    warnings = new CollectedWarnings();
    folder = mkdtempSync(join(tmpdir(), 'spanwright-health-'));
    servers = [await new OtlpServer().start(), await new OtlpServer().start()];
  });
  afterEach(async () => {
    await tracing.shutdown(200);
    for (const server of servers) await server.stop();
    warnings.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is good while everything arrives, and says what is on its way', async () => {
    configure({ health: { latencyMs: 5000 } });
    for (let n = 0; n < 100; n++) work(n);
    expect(of(0)).to.deep.include({ accepted: 100, queued: 100, breaker: 'closed', healthy: true, reasons: [] });
    expect(of(0).queuedBytes).to.be.within(100 * 800, 100 * 4000);
    await tracing.flush();
    expect(of(0)).to.deep.include({ delivered: 100, queued: 0, queuedBytes: 0, healthy: true, reasons: [] });
    expect(of(0).latencyMs).to.be.above(0);
    expect(tracing.health()).to.deep.include({ healthy: true, reasons: [] });
  });

  it('names drops beyond the share that is allowed', async () => {
    configure({ health: { dropRatio: 0.2, latencyMs: 5000 } });
    for (let n = 0; n < 90; n++) work(n);
    await tracing.flush();
    servers[0].status = 400;
    for (let n = 0; n < 10; n++) work(n);
    await tracing.flush();
    servers[0].status = 200;
    work(1);
    await tracing.flush();
    expect(of(0)).to.deep.include({ reasons: [], healthy: true, dropped: { refused: 10 } });
    servers[0].status = 400;
    for (let n = 0; n < 30; n++) work(n);
    await tracing.flush();
    expect(of(0)).to.deep.include({ reasons: ['drops'], healthy: false });
    expect(tracing.health()).to.deep.include({ healthy: false, reasons: ['drops'] });
    expect(of(1), 'the other one').to.deep.include({ reasons: [], healthy: true });
  });

  it('names a latency beyond what is allowed: 100 ms on this machine, or what was asked for', async () => {
    for (const server of servers) server.delayMs = 150;
    configure();
    work(1);
    await tracing.flush();
    expect(of(0)).to.deep.include({ healthy: false, reasons: ['latency'] });
    await tracing.shutdown();
    configure({ health: { latencyMs: 5000 } });
    work(1);
    await tracing.flush();
    expect(of(0)).to.deep.include({ healthy: true, reasons: [] });
  });

  it('names an open breaker', async () => {
    configure({ breaker: { failures: 1, openMs: 60_000 }, health: { latencyMs: 5000 } });
    servers[0].status = 402;
    work(1);
    await tracing.flush();
    expect(of(0)).to.deep.include({ breaker: 'open', healthy: false, reasons: ['breaker_open'], queued: 1 });
    expect(tracing.health()).to.deep.include({ healthy: false, reasons: ['breaker_open'] });
  });

  it('says once that all destinations are down, and once that they take spans again', async () => {
    configure();
    for (let outage = 1; outage <= 2; outage++) {
      servers[0].status = 402;
      for (let n = 0; n < 3; n++) work(n);
      await eventually(() => of(0).breaker === 'open', 'one is down');
      expect(codes('EXPORT_ALL_DOWN'), 'one alone is not all').to.equal(outage - 1);
      servers[1].status = 503;
      work(1);
      await eventually(() => codes('EXPORT_ALL_DOWN') === outage, 'all are down');
      const tried = servers[0].attempts;
      await eventually(() => servers[0].attempts >= tried + 3, 'trials');
      expect(codes('EXPORT_ALL_DOWN'), 'trials are no recovery').to.equal(outage);
      expect(tracing.health().reasons).to.include.members(['all_down', 'breaker_open']);
      servers[1].status = 200;
      await eventually(
        () => said().at(-1)?.startsWith('recovered: destinations take spans again') === true,
        'one is back',
      );
      servers[0].status = 200;
      await eventually(() => of(0).queued + of(1).queued === 0, 'everything is delivered');
      for (const index of [0, 1]) expectBalanced(of(index));
    }
    const names = '("number 0", "number 1")';
    const round = [`all destinations down ${names}`, `recovered: destinations take spans again ${names}`];
    expect(said()).to.deep.equal([...round, ...round]);
  });

  it('quotes no secret of what a backend says', async () => {
    configure();
    const secret = `sk-ant-api03-${'a1B2'.repeat(20)}AA`;
    servers[0].script = () => ({ status: 401, body: `the key ${secret} is not valid` });
    work(1);
    await eventually(() => of(0).lastError !== undefined, 'a failure');
    expect(of(0).lastError).to.contain('HTTP 401').and.not.contain(secret);
    expect(JSON.stringify(warnings.seen)).to.not.contain(secret);
  });
});
