/** How many timers were set while something ran that neither fired nor were cleared. */
export async function countOpenTimers(run: () => unknown): Promise<number> {
  const { setTimeout: set, clearTimeout: clear, setInterval: repeat, clearInterval: end } = globalThis;
  const open = new Set<unknown>();
  const counting = (callback: (...args: unknown[]) => void, ms?: number, ...args: unknown[]): NodeJS.Timeout => {
    const timer = set(() => {
      open.delete(timer);
      callback(...args);
    }, ms);
    open.add(timer);
    return timer;
  };
  Object.assign(globalThis, {
    setTimeout: counting,
    clearTimeout: (timer: NodeJS.Timeout | undefined): void => {
      open.delete(timer);
      clear(timer);
    },
    setInterval: (callback: () => void, ms: number): NodeJS.Timeout => {
      const timer = repeat(callback, ms);
      open.add(timer);
      return timer;
    },
    clearInterval: (timer: NodeJS.Timeout | undefined): void => {
      open.delete(timer);
      end(timer);
    },
  });
  try {
    await run();
    return open.size;
  } finally {
    Object.assign(globalThis, { setTimeout: set, clearTimeout: clear, setInterval: repeat, clearInterval: end });
    for (const timer of open) clear(timer as NodeJS.Timeout);
  }
}
