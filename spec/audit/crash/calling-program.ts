import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Ledger } from '#lib/audit/ledger.js';
import { openLedger } from '#lib/audit/open-ledger.js';
import { machineMs, say } from './call-log.js';

/** What the program is told as JSON in its first argument. */
export interface CallingOptions {
  readonly directory: string;
  /** Calls in flight. */
  readonly lanes: number;
  /** Calls of all lanes; without end by default. */
  readonly calls?: number;
  /** The longest that a call takes, in milliseconds; each draws its own. */
  readonly callMs: number;
  /** A note after every so many calls of a lane. Default none. */
  readonly noteEvery?: number;
  /** Characters of a request and of an answer. Default 200. */
  readonly chars?: number;
  /** Waits for a line on standard input before the first call. */
  readonly isHeld?: boolean;
  readonly deadlineMs?: number;
}

let longestMs = 0;

async function timed<T>(waiting: Promise<T>): Promise<T> {
  const start = machineMs();
  const value = await waiting;
  longestMs = Math.max(longestMs, machineMs() - start);
  return value;
}

async function callOnce(ledger: Ledger, options: CallingOptions, n: number): Promise<void> {
  const text = `${n} `.padEnd(options.chars ?? 200, 'what is asked ');
  const request = { value: { messages: [{ role: 'user', content: text }] } };
  const recorded = await timed(
    ledger.begin({
      op: { class: 'Model', method: 'ask' },
      system: 'llm',
      provider: 'openai',
      host: 'api:443',
      request,
    }),
  );
  say('made', recorded.id);
  await delay(Math.random() * options.callMs);
  await timed(recorded.end({ status: 'ok', usage: { in: 10, out: 20 }, response: { value: { answer: text } } }));
  say('ended', recorded.id, machineMs().toFixed(3));
}

async function noteOnce(ledger: Ledger, n: number): Promise<void> {
  const { wid, wseq, hash } = await timed(ledger.append({ kind: 'note', data: { n } }));
  say('note', wid, wseq, hash);
}

function codeOf(error: unknown): string {
  return (error as { code?: string }).code ?? String(error);
}

/** Makes the calls of the options in so many lanes; refusals are said, and the lane goes on. */
async function makeCalls(ledger: Ledger, options: CallingOptions): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < (options.calls ?? Infinity)) {
      const n = next++;
      try {
        await callOnce(ledger, options, n);
        if (options.noteEvery !== undefined && n % options.noteEvery === 0) await noteOnce(ledger, n);
      } catch (error) {
        say('refused', codeOf(error));
        await delay(1);
      }
    }
  };
  await Promise.all(Array.from({ length: options.lanes }, lane));
}

const options = JSON.parse(process.argv[2] ?? '{}') as CallingOptions;
try {
  const { directory, deadlineMs } = options;
  const ledger = await openLedger({ directory, deadlineMs });
  say('ready');
  if (options.isHeld === true) await once(process.stdin, 'data');
  process.stdin.unref();
  await makeCalls(ledger, options);
  say('waited', longestMs.toFixed(1));
  await ledger.close();
} catch (error) {
  say('refused', codeOf(error));
  process.exitCode = 3;
}
