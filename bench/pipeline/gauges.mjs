import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';

const MS = 1e6;

/**
 * How long the loop is held up: the delay of a timer of 1 ms, and the longest block between two ticks of another. A block
 * counts as long as the process used the processor in it, so that what other programs took is none; `repeat` does
 * work that may stand in one block many times, and counts for each time alone.
 */
export function watchLoop() {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  let last = performance.now();
  let cpu = process.cpuUsage();
  let longestMs = 0;
  const tick = () => {
    const now = performance.now();
    const { user, system } = process.cpuUsage(cpu);
    longestMs = Math.max(longestMs, Math.min(now - last, (user + system) / 1000));
    last = performance.now();
    cpu = process.cpuUsage();
  };
  const timer = setInterval(tick, 1);
  histogram.enable();
  const repeat = (count, work) => {
    tick();
    for (let done = 0; done < count; done++) {
      const start = performance.now();
      work();
      const ms = performance.now() - start;
      if (ms <= longestMs) continue;
      const { user, system } = process.cpuUsage(cpu);
      longestMs = Math.max(longestMs, Math.min(ms, (user + system) / 1000));
    }
    last = performance.now();
    cpu = process.cpuUsage();
  };
  const stop = () => {
    histogram.disable();
    clearInterval(timer);
    tick();
    return {
      p50Ms: histogram.percentile(50) / MS,
      p99Ms: histogram.percentile(99) / MS,
      maxMs: histogram.max / MS,
      longestMs,
    };
  };
  return { repeat, stop };
}

/** Processor time of the process since the call, in milliseconds. */
export function watchCpu() {
  const start = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
}

/** Bytes that are held by the program, on the heap and beside it. */
export async function heldBytes() {
  for (let round = 0; round < 4; round++) {
    globalThis.gc();
    await setImmediate();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
