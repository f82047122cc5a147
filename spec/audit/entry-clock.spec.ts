import { expect } from 'chai';
import { createEntryClock } from '#lib/audit/entry-clock.js';

function clockAt(times: readonly number[], ticks: readonly (readonly [number, number])[] = [[0, 0]]) {
  const left = [...times];
  const leftTicks = [...ticks];
  return createEntryClock({
    now: () => left.shift() ?? 0,
    hrtime: () => leftTicks.shift() ?? [0, 0],
  });
}

describe('times of entries', () => {
  it('are RFC 3339 in UTC with milliseconds, as toISOString writes them', () => {
    const times = [
      0, 1, 9, 10, 99, 100, 999, 1000, 1_795_298_400_007, 1_795_298_400_999, 1_795_298_401_000, 253_402_300_799_999,
    ];
    const clock = clockAt(times);
    expect(times.map(() => clock.wallTime())).to.deep.equal(times.map((at) => new Date(at).toISOString()));
  });

  it('follow a wall clock that jumps an hour back, ten years ahead or stands still', () => {
    const start = 1_795_298_400_500;
    const times = [start, start - 3_600_000, start - 3_600_000, start + 315_360_000_000, start];
    const clock = clockAt(times);
    expect(times.map(() => clock.wallTime())).to.deep.equal(times.map((at) => new Date(at).toISOString()));
  });

  it('stay times that have four digits of a year, whatever the wall clock says', () => {
    const clock = clockAt([Number.NaN, -5, 8.64e15, Number.POSITIVE_INFINITY, 1.75]);
    expect(Array.from({ length: 5 }, () => clock.wallTime())).to.deep.equal([
      '1970-01-01T00:00:00.000Z',
      '1970-01-01T00:00:00.000Z',
      '9999-12-31T23:59:59.999Z',
      '9999-12-31T23:59:59.999Z',
      '1970-01-01T00:00:00.001Z',
    ]);
  });

  it('count nanoseconds from the start exactly, also after years', () => {
    const ticks = [
      [100, 999_999_999],
      [100, 999_999_999],
      [101, 0],
      [101, 999_999_998],
      [101, 999_999_999],
      [102, 5],
      [315_360_100, 999_999_999],
      [315_360_100, 1],
    ] as const;
    const [start, ...later] = ticks.map(([seconds, nanos]) => BigInt(seconds) * 1_000_000_000n + BigInt(nanos));
    const clock = clockAt([], ticks);
    expect(later.map(() => clock.mono())).to.deep.equal(later.map((at) => String(at - (start ?? 0n))));
  });

  it('never go back by the clock of the process', () => {
    const clock = createEntryClock();
    let before = -1n;
    for (let count = 0; count < 1000; count++) {
      const now = BigInt(clock.mono());
      expect(now >= before).to.equal(true);
      before = now;
    }
    expect(Math.abs(Date.parse(clock.wallTime()) - Date.now())).to.be.below(60_000);
  });
});
