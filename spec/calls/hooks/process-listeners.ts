type Listener = (...args: unknown[]) => void;

/**
 * Listens to process events instead of whoever did, the test runner included: it keeps unhandled rejections to itself.
 * Returns the undo.
 */
export function takeProcessEvents(listeners: Readonly<Record<string, Listener>>): () => void {
  const undo = Object.entries(listeners).map(([event, listener]) => {
    const others = process.rawListeners(event) as Listener[];
    process.removeAllListeners(event);
    process.on(event, listener);
    return () => {
      process.off(event, listener);
      for (const other of others) process.on(event, other);
    };
  });
  return () => {
    for (const step of undo) step();
  };
}

/** Resolves when the loop came round: microtasks ran and unhandled rejections were reported. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Runs work and one more turn, and returns the reasons of the rejections that nobody handled. */
export async function unhandledRejectionsOf(work: () => unknown): Promise<readonly unknown[]> {
  const reasons: unknown[] = [];
  const restore = takeProcessEvents({ unhandledRejection: (reason) => reasons.push(reason) });
  try {
    await work();
    await nextTurn();
  } finally {
    restore();
  }
  return reasons;
}
