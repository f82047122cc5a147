import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { configureTracing, Traced } from 'spanwright';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

describe('fake timers', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('hold only the timers of the test', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'timers-')), 'spans.jsonl');
    const tracing = configureTracing({ destinations: [{ provider: 'file', path }] });
    const pause = Traced.wrap('pause', async (ms: number) => {
      await new Promise((resolve) => {
        setTimeout(resolve, ms);
      });
      return 'done';
    });
    const pausing = pause(60_000);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await pausing).toBe('done');
    expect(vi.getTimerCount()).toBe(0);
    expect((await tracing.shutdown()).destinations).toEqual({ file: { delivered: 1, undelivered: 0 } });
    expect(readFileSync(path, 'utf8')).toMatch(/"name":"pause"/);
  });
});
