// Taken when the package loads: a test that installs fake timers later must not run ours.
const startTimer = globalThis.setTimeout;
const startInterval = globalThis.setInterval;
const startImmediate = globalThis.setImmediate;

/** Runs work after a delay without keeping the process alive; returns its undo. */
export function after(delayMs: number, work: () => void): () => void {
  const timer = startTimer(work, delayMs);
  timer.unref();
  return () => {
    clearTimeout(timer);
  };
}

/** Runs work again and again without keeping the process alive; returns its undo. */
export function every(intervalMs: number, work: () => void): () => void {
  const timer = startInterval(work, intervalMs);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}

/** Runs work when the loop comes round, without keeping the process alive. */
export function soon(work: () => void): void {
  startImmediate(work).unref();
}
