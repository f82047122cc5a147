import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { delayBefore } from '#lib/pipeline/delivery/backoff.js';
import { Breaker } from '#lib/pipeline/delivery/breaker.js';
import { eventually } from '../accounts.js';

describe('a breaker', () => {
  let breaker: Breaker;
  let trials: number;

  function create(failures: number, openMs: number): void {
    trials = 0;
    breaker = new Breaker({ failures, openMs }, () => {
      trials++;
    });
  }

  afterEach(() => breaker.stop());

  it('opens after failures in a row, not after as many with a success between', () => {
    create(3, 60_000);
    for (const step of ['fail', 'fail', 'succeed', 'fail', 'fail'] as const) breaker[step]();
    expect(breaker.state).to.equal('closed');
    breaker.fail();
    expect(breaker.state).to.equal('open');
    expect(trials).to.equal(0);
  });

  it('opens at once when it is tripped', () => {
    create(3, 60_000);
    breaker.trip();
    expect(breaker.state).to.equal('open');
  });

  it('stays open for what was on its way when it was blocked, and not after other failures', () => {
    const blocked = new Breaker({ failures: 5, openMs: 60_000 }, () => {});
    blocked.block();
    blocked.succeed();
    expect(blocked.state).to.equal('open');
    blocked.allowTrial();
    blocked.succeed();
    expect(blocked.state).to.equal('closed');
    blocked.trip();
    blocked.succeed();
    expect(blocked.state).to.equal('closed');
    blocked.stop();
  });

  it('allows one trial when its time has passed, and closes when that succeeds', async () => {
    create(1, 20);
    breaker.fail();
    await eventually(() => breaker.state === 'half_open', 'a trial');
    expect(trials).to.equal(1);
    breaker.succeed();
    expect(breaker.state).to.equal('closed');
    await delay(50);
    expect(breaker.state, 'no timer is left').to.equal('closed');
  });

  it('opens again when the trial fails, for another trial later', async () => {
    create(5, 20);
    breaker.trip();
    await eventually(() => breaker.state === 'half_open', 'a trial');
    breaker.fail();
    expect(breaker.state, 'one failure is enough').to.equal('open');
    await eventually(() => trials === 2, 'another trial');
  });

  it('allows a trial at once when it is asked to, where it is open', () => {
    create(1, 60_000);
    breaker.allowTrial();
    expect(breaker.state).to.equal('closed');
    breaker.fail();
    breaker.allowTrial();
    breaker.allowTrial();
    expect(breaker.state).to.equal('half_open');
    expect(trials).to.equal(1);
  });
});

describe('the time before the next attempt', () => {
  it('doubles from 200 ms to 5 s, of which a random half', () => {
    const least = [1, 2, 3, 4, 5, 6, 7, 50].map((attempt) => delayBefore(attempt, undefined, () => 0));
    const most = [1, 2, 3, 4, 5, 6, 7, 50].map((attempt) => delayBefore(attempt, undefined, () => 1));
    expect(most).to.deep.equal([200, 400, 800, 1600, 3200, 5000, 5000, 5000]);
    expect(least).to.deep.equal(most.map((ms) => ms / 2));
  });

  it('is what the backend asks for, with up to a tenth more, and an hour at most', () => {
    expect(delayBefore(1, 30_000, () => 0)).to.equal(30_000);
    expect(delayBefore(9, 30_000, () => 1)).to.be.closeTo(33_000, 1);
    expect(delayBefore(1, 1e15, () => 0)).to.equal(3_600_000);
    expect(delayBefore(1, Infinity, () => 1)).to.be.below(2 ** 31);
  });

  it('is never nothing, whatever the backend asks for', () => {
    expect(delayBefore(1, 0, () => 0)).to.equal(100);
    expect(delayBefore(4, 10, () => 0)).to.equal(800);
  });
});
