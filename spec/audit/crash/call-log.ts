import { readFileSync, writeSync } from 'node:fs';

/** Where a child's log is open in it. */
export const LOG_FD = 3;

/** What a child wrote about what it was told, line by line, each before it went on. */
export interface CallLog {
  /** Whether its ledger was open. */
  readonly isReady: boolean;
  /** Whether it closed its ledger. */
  readonly isClosed: boolean;
  /** Calls that it made, because `begin` resolved. */
  readonly made: readonly string[];
  /** Calls whose outcome it was told is durable. */
  readonly ended: readonly string[];
  /** Notes that it was told are durable, as `wid wseq hash`. */
  readonly notes: readonly string[];
  /** Codes of refusals. */
  readonly refused: readonly string[];
  /** Monotonic milliseconds of the machine at which each outcome was told. */
  readonly times: readonly number[];
  /** The longest wait for the ledger, in milliseconds. */
  readonly longestMs: number;
}

/** Milliseconds of a clock that all processes of a machine share. */
export function machineMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** Says one thing that happened; it is in the file when this returns, and outlives the process. */
export function say(
  what: 'ready' | 'made' | 'ended' | 'note' | 'refused' | 'waited' | 'closed',
  ...rest: unknown[]
): void {
  writeSync(LOG_FD, `${[what, ...rest].join(' ')}\n`);
}

/** Reads such a log. */
export function readLog(path: string): CallLog {
  // A line that was cut is none: the child did not get to go on.
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  const of = (what: string): string[] =>
    lines.filter((line) => line.startsWith(`${what} `)).map((line) => line.slice(what.length + 1));
  const ended = of('ended').map((line) => line.split(' '));
  return {
    isReady: lines.includes('ready'),
    isClosed: lines.includes('closed'),
    made: of('made'),
    ended: ended.map(([id = '']) => id),
    notes: of('note'),
    refused: of('refused'),
    times: ended.map(([, ms]) => Number(ms)),
    longestMs: Math.max(0, ...of('waited').map(Number)),
  };
}
