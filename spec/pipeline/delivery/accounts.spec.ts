import { expect } from 'chai';
import { Accounts } from '#lib/pipeline/delivery/accounts.js';

describe('the account of a destination', () => {
  let now: number;
  let accounts: Accounts;

  function accept(count: number): void {
    for (let time = 0; time < count; time++) accounts.accept();
  }

  beforeEach(() => {
    now = 1_000_000;
    accounts = new Accounts(() => now);
  });

  it('counts what was dropped by reason, for ever', () => {
    accept(10);
    accounts.deliver(5);
    accounts.drop('queue_full', 2);
    accounts.drop('refused', 1);
    accounts.drop('queue_full', 1);
    accounts.drop('shutdown', 0);
    now += 3_600_000;
    expect(accounts.dropped).to.deep.equal({ queue_full: 3, refused: 1 });
    expect(accounts).to.include({ accepted: 10, delivered: 5, lost: 4 });
  });

  it('takes back what was thought delivered', () => {
    accept(1);
    accounts.deliver(1);
    accounts.undeliver('export_failed');
    expect(accounts).to.include({ delivered: 0, lost: 1 });
    expect(accounts.dropped).to.deep.equal({ export_failed: 1 });
  });

  it('looks at the drops of the last 60 seconds alone', () => {
    accept(100);
    accounts.drop('queue_full', 50);
    expect(accounts.recent().dropRatio).to.equal(0.5);
    now += 45_000;
    accept(100);
    expect(accounts.recent().dropRatio, 'still within').to.equal(0.25);
    now += 16_000;
    expect(accounts.recent().dropRatio, 'forgotten').to.equal(0);
    accounts.drop('refused', 10);
    expect(accounts.recent().dropRatio).to.be.closeTo(0.1, 0.001);
  });

  it('counts as lost altogether what is dropped while nothing comes', () => {
    accept(100);
    now += 120_000;
    accounts.drop('refused', 7);
    expect(accounts.recent().dropRatio).to.equal(1);
  });

  it('means the exports of the last 60 seconds, and knows no latency without one', () => {
    expect(accounts.recent().latencyMs).to.equal(undefined);
    accounts.noteExport(100);
    accounts.noteExport(300);
    expect(accounts.recent().latencyMs).to.equal(200);
    now += 30_000;
    accounts.noteExport(800);
    expect(accounts.recent().latencyMs).to.equal(400);
    now += 40_000;
    expect(accounts.recent().latencyMs).to.equal(800);
    now += 60_000;
    expect(accounts.recent().latencyMs).to.equal(undefined);
  });

  it('holds no more than a minute, however long it runs', () => {
    for (let slot = 0; slot < 1000; slot++) {
      now += 10_000;
      accept(10);
      accounts.drop('queue_full', 1);
      accounts.noteExport(slot);
    }
    expect(accounts.recent().dropRatio).to.be.closeTo(0.1, 0.001);
    expect(accounts.recent().latencyMs).to.be.within(994, 999);
  });
});
