import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { configureTracing, Traced } from 'spanwright';

describe('fake timers', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('hold only the timers of the test', async () => {
    const tracing = configureTracing({ destinations: [{ provider: 'memory' }] });
    const pause = Traced.wrap('pause', async (ms: number) => {
      await new Promise((resolve) => {
        setTimeout(resolve, ms);
      });
      return 'done';
    });
    const pausing = pause(60_000);
    // Theirs alone: the pause.
    expect(jest.getTimerCount()).toBe(1);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(await pausing).toBe('done');
    expect(jest.getTimerCount()).toBe(0);
    expect((await tracing.flush()).complete).toBe(true);
    expect(tracing.finishedSpans().map(({ name }) => name)).toEqual(['pause']);
    expect((await tracing.shutdown()).complete).toBe(true);
  });

  // A destination with a queue has timers: to send, and to give up.
  it('are not asked to clear a timer of the package', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'timers-')), 'spans.jsonl');
    const tracing = configureTracing({ destinations: [{ provider: 'file', path }] });
    for (let count = 0; count < 2000; count++) Traced.run('work', () => count);
    jest.runAllTimers();
    expect((await tracing.shutdown()).destinations).toEqual({ file: { delivered: 2000, undelivered: 0 } });
    expect(readFileSync(path, 'utf8').match(/"name":"work"/g)).toHaveLength(2000);
  });
});
