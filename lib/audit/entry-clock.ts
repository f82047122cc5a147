/** Where the times of entries come from. */
export interface EntryClockSource {
  /** Wall time in milliseconds. */
  readonly now: () => number;
  /** Seconds and nanoseconds of a clock that never goes back. */
  readonly hrtime: () => readonly [number, number];
}

/** The times of the entries of one writer. */
export interface EntryClock {
  /** Wall time, RFC 3339 in UTC with milliseconds; goes back where the system's clock does. */
  readonly wallTime: () => string;
  /** Nanoseconds since the clock was made, as digits; never goes back. */
  readonly mono: () => string;
}

const SYSTEM: EntryClockSource = { now: Date.now, hrtime: () => process.hrtime() };
const MS = 1000;
const NS = 1_000_000_000;
const NS_DIGITS = 9;
// The last one whose year has four digits, as RFC 3339 wants.
const LAST_MS = 253_402_300_799_999;

/** Makes a clock for the entries of one writer. */
export function createEntryClock(source: EntryClockSource = SYSTEM): EntryClock {
  const [startSeconds, startNanos] = source.hrtime();
  let second = -1;
  let prefix = '';
  return {
    wallTime: () => {
      const now = Math.trunc(Math.min(Math.max(source.now() || 0, 0), LAST_MS));
      const ms = now % MS;
      if (now - ms !== second) {
        second = now - ms;
        prefix = new Date(second).toISOString().slice(0, -'000Z'.length);
      }
      return `${prefix}${ms < 10 ? '00' : ms < 100 ? '0' : ''}${ms}Z`;
    },
    mono: () => {
      const [seconds, nanos] = source.hrtime();
      const isBorrowed = nanos < startNanos;
      const whole = seconds - startSeconds - (isBorrowed ? 1 : 0);
      // Not as one number: from 104 days on that would not be exact.
      const rest = nanos - startNanos + (isBorrowed ? NS : 0);
      return whole === 0 ? String(rest) : `${whole}${String(rest).padStart(NS_DIGITS, '0')}`;
    },
  };
}
