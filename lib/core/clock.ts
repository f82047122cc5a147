// From the module and not the globals: a test's fake timers must not run ours, nor be asked to clear them, and the global
// object of jsdom has timers that keep a process alive.
import { clearInterval, clearTimeout, setImmediate, setInterval, setTimeout } from 'node:timers';

// Taken when the package loads: some fake timers replace those of the module as well.
const startTimer = setTimeout;
const startInterval = setInterval;
const startImmediate = setImmediate;
const endTimer = clearTimeout;
const endInterval = clearInterval;

/** Runs work after a delay without keeping the process alive; returns its undo. */
export function after(delayMs: number, work: () => void): () => void {
  const timer = startTimer(work, delayMs).unref();
  return () => {
    endTimer(timer);
  };
}

/** Runs work again and again without keeping the process alive; returns its undo. */
export function every(intervalMs: number, work: () => void): () => void {
  const timer = startInterval(work, intervalMs).unref();
  return () => {
    endInterval(timer);
  };
}

/**
 * Runs work when the loop comes round. The process waits for that one turn: the loop does not come round for work that
 * holds nothing, it sleeps until something else happens.
 */
export function soon(work: () => void): void {
  startImmediate(work);
}

// What is longer, `Infinity` too, Node takes for one millisecond.
const MAX_MS = 2_147_483_647;

/**
 * A deadline that holds the process open until it has passed or is cancelled, because whoever awaits work wants it to
 * happen; with `holds` false it does not.
 */
export function deadline(ms: number, holds = true): { readonly passed: Promise<void>; readonly cancel: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<void>((resolve) => {
    timer = startTimer(resolve, Math.min(ms, MAX_MS));
    if (!holds) timer.unref();
  });
  return { passed, cancel: () => endTimer(timer) };
}
