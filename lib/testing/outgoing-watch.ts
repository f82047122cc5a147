import { AssertionError } from 'node:assert';
import { watchOutgoing } from '../audit/outgoing.js';
import { unreportedCalls } from '../core/audit-health.js';

// What was seen before the latest start: tests of one process share the counters.
let before: Readonly<Record<string, number>> | undefined;

/** Looks at outgoing requests until `stop()`; `restart` forgets those so far. */
export function startWatch(): { readonly restart: () => void; readonly stop: () => void } {
  const restart = (): void => {
    before = unreportedCalls();
  };
  restart();
  return { restart, stop: watchOutgoing() };
}

function seenSince(start: Readonly<Record<string, number>>): [host: string, count: number][] {
  return Object.entries(unreportedCalls())
    .map(([host, count]): [string, number] => [host, count - (start[host] ?? 0)])
    .filter(([, count]) => count > 0);
}

function assertNone(start: Readonly<Record<string, number>>): void {
  const seen = seenSince(start);
  if (seen.length === 0) return;
  const list = seen.map(([host, count]) => `${host}: ${count}`).join(', ');
  throw new AssertionError({
    message: `expected every request to leave inside of an audited or external call, got others to ${list}`,
    actual: Object.fromEntries(seen),
    expected: {},
    operator: 'expectEveryCallAudited',
  });
}

async function assertDuring<R>(work: () => R): Promise<Awaited<R>> {
  const former = before;
  const watch = startWatch();
  const start = before ?? {};
  try {
    const result = await work();
    assertNone(start);
    return result;
  } finally {
    watch.stop();
    before = former;
  }
}

/**
 * Fails when requests over HTTP left outside of audited and external calls, and names their hosts: without an argument
 * since the latest `memoryLedger()` or its `reset()`, with a function while it runs. An external call is known while it is
 * traced: capture spans, or configure tracing.
 *
 * @throws `AssertionError`; `TypeError` where nothing was watched, because no such test could fail.
 */
export function expectEveryCallAudited(): void;
export function expectEveryCallAudited<R>(work: () => R): Promise<Awaited<R>>;
export function expectEveryCallAudited<R>(work?: () => R): void | Promise<Awaited<R>> {
  if (work !== undefined) return assertDuring(work);
  if (before === undefined) {
    throw new TypeError('expectEveryCallAudited() saw nothing: call memoryLedger() before, or give it a function');
  }
  return assertNone(before);
}
