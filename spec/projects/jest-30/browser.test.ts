import { describe, expect, it } from '@jest/globals';
import { configureTracing } from 'spanwright';
import { captureSpans } from 'spanwright/testing';

import { ANSWER, work } from './desk/desk.js';

// jest-environment-jsdom resolves packages for browsers.
describe('the desk in a browser', () => {
  it('works, without spans', async () => {
    const tracing = configureTracing({ destinations: [{ provider: 'memory' }] });
    expect(await work()).toBe(ANSWER);
    expect(tracing.status()).toMatchObject({ state: 'off', reason: expect.stringMatching(/build for browsers/) });
    expect(tracing.finishedSpans()).toEqual([]);
  });

  it('is told so when a test wants its spans', async () => {
    await expect(captureSpans(() => work())).rejects.toMatchObject({
      code: 'HOST_PASS_THROUGH',
      hint: expect.stringMatching(/customExportConditions/),
    });
    expect(() => captureSpans()).toThrow(/HOST_PASS_THROUGH/);
  });
});
