import { setTimeout as delay } from 'node:timers/promises';
import { openLedger } from '#lib/audit/open-ledger.js';
import { say } from './call-log.js';

/** How the program leaves while its calls are in flight. */
export type Leaving = 'exit' | 'throw' | 'caught' | 'SIGTERM' | 'handled SIGTERM' | 'beforeExit' | 'end';

/** What the program is told as JSON in its first argument. */
export interface LeavingOptions {
  readonly directory: string;
  readonly leaving: Leaving;
  /** Whether it closes the ledger when it exits. */
  readonly isClosing: boolean;
}

/** What it exits with where it says so itself. */
export const OWN_CODE = 7;
const CALLS = 100;

const { directory, leaving, isClosing } = JSON.parse(process.argv[2] ?? '{}') as LeavingOptions;
const ledger = await openLedger({ directory });

async function call(ms: number): Promise<void> {
  const recorded = await ledger.begin({ op: { method: 'ask' }, system: 'llm', request: { value: { text: 'hello' } } });
  say('made', recorded.id);
  await delay(ms);
  await recorded.end({ status: 'ok', response: { value: { text: 'hi' } } });
  say('ended', recorded.id, 0);
}

// Programs do.
const { exit } = process;

function leave(): void {
  if (leaving === 'exit') exit(OWN_CODE);
  if (leaving === 'SIGTERM' || leaving === 'handled SIGTERM') process.kill(process.pid, 'SIGTERM');
  if (leaving === 'throw' || leaving === 'caught') {
    setImmediate(() => {
      throw new Error('nobody catches it');
    });
  }
}

if (isClosing) process.on('exit', () => ledger.closeSync());
if (leaving === 'caught') process.on('uncaughtException', () => exit(OWN_CODE));
if (leaving === 'handled SIGTERM') process.on('SIGTERM', () => exit(OWN_CODE));
// The loop is empty, and more calls are made: the program lives on for these.
if (leaving === 'beforeExit') process.once('beforeExit', () => void Promise.all([call(5), call(5)]));

say('ready');
const isLeft = leaving === 'beforeExit' || leaving === 'end';
// Half of them have their outcome by then, and the others are on their way in every state.
const calls = Array.from({ length: CALLS }, (_, index) => call(isLeft ? 5 : index));
if (!isLeft) setTimeout(leave, CALLS / 2);
await Promise.all(calls);
