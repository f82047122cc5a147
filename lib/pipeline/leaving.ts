import { guarded } from '../core/guard.js';
import { state } from '../core/state.js';
import type { LastResort } from './delivery/last-resort.js';

/** Something that has to be delivered before the process is gone. */
export interface Leaver {
  /** What a flush would still have to deliver. */
  readonly unfinished: number;
  flush(deadlineMs: number): Promise<unknown>;
  /** Where it is said that something stayed behind. */
  readonly lastResort?: LastResort;
  /**
   * Called last of all, when nothing can be waited for any more. Whoever has it is flushed for a signal alone: what it waits for
   * when the loop is idle never comes.
   */
  leave?(): void;
}

/** Who leaves, for all copies of the package: two that each wait for the other would keep a process alive. */
export interface Leaving {
  /** With what is called before the flush, when a signal is about to end the process. */
  readonly leavers: Map<Leaver, (() => void) | undefined>;
  stop: (() => void) | undefined;
}

const DEADLINE_MS = 2000;
const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
type Signal = NodeJS.Signals;

const leaving = state.leaving as Leaving;

function waiting(): Leaver[] {
  return [...leaving.leavers.keys()].filter(({ unfinished }) => unfinished > 0);
}

async function flushAll(leavers: readonly Leaver[]): Promise<void> {
  await Promise.allSettled(leavers.map((leaver) => leaver.flush(DEADLINE_MS)));
}

const OLDER_SIGNAL_EXIT = '__signal_exit_emitter__';

// `signal-exit` listens for whoever asks it to and ends the process by itself when nobody else listens: it is no
// application. Its two lines count their listeners in these places.
function listenersOfSignalExit(): number {
  const older = (process as unknown as Record<string, { count?: unknown } | undefined>)[OLDER_SIGNAL_EXIT]?.count;
  const newer = (globalThis as { [key: symbol]: { count?: unknown } | undefined })[Symbol.for('signal-exit emitter')]
    ?.count;
  return (typeof older === 'number' ? older : 0) + (typeof newer === 'number' ? newer : 0);
}

function isApplicationListening(signal: Signal, own: (signal: Signal) => void): boolean {
  const others = process.listeners(signal).filter((listener) => listener !== own);
  return others.length > listenersOfSignalExit();
}

function listen(): () => void {
  let isDying = false;

  // It is emitted again after each turn of the loop that a listener caused: what a flush could not deliver is not tried for
  // ever, or a backend that is dead would keep the process alive.
  const stuck = new WeakMap<Leaver, number>();
  const flushOnce = async (leaver: Leaver): Promise<void> => {
    await leaver.flush(DEADLINE_MS);
    stuck.set(leaver, leaver.unfinished);
  };

  const onBeforeExit = (): void => {
    for (const leaver of waiting()) {
      if (leaver.leave === undefined && leaver.unfinished !== stuck.get(leaver)) void flushOnce(leaver);
    }
  };

  const onExit = (): void => {
    for (const leaver of leaving.leavers.keys()) guarded('PIPELINE', () => leaver.leave?.());
    for (const { unfinished, lastResort } of waiting()) {
      lastResort?.say(
        `the process ends with ${unfinished} ${unfinished === 1 ? 'span that was' : 'spans that were'} not delivered`,
      );
    }
  };

  const raise = (signal: Signal): void => {
    // A process that a signal ends emits no `exit`.
    onExit();
    process.off(signal, onSignal);
    process.kill(process.pid, signal);
  };

  // Whoever listens as well decides what the signal means; we deliver beside it. Where nobody does, the process ends as it
  // would have without us: by the same signal.
  const onSignal = (signal: Signal): void => {
    const isOurs = !isApplicationListening(signal, onSignal);
    if (isOurs) for (const end of leaving.leavers.values()) end?.();
    const leavers = waiting();
    if (!isOurs) void flushAll(leavers);
    else if (isDying || leavers.length === 0) raise(signal);
    else {
      isDying = true;
      void flushAll(leavers).then(() => raise(signal));
    }
  };

  process.on('beforeExit', onBeforeExit);
  process.on('exit', onExit);
  // First of all: a listener of the application's that is there once is gone when those behind it are called.
  for (const signal of SIGNALS) process.prependListener(signal, onSignal);
  return () => {
    process.off('beforeExit', onBeforeExit);
    process.off('exit', onExit);
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
}

/**
 * Delivers what waits when the program has nothing left to do, and when SIGTERM or SIGINT ends it, within two seconds;
 * where nothing waits a process ends at once. Says at its exit what stayed behind. `end` is called when a signal is about to
 * end the process, before the flush. Returns the undo.
 */
export function deliverBeforeLeaving(leaver: Leaver, end?: () => void): () => void {
  leaving.leavers.set(leaver, end);
  leaving.stop ??= listen();
  return () => {
    leaving.leavers.delete(leaver);
    if (leaving.leavers.size > 0) return;
    leaving.stop?.();
    leaving.stop = undefined;
  };
}
