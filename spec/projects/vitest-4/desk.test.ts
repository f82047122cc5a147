import { configureTracing } from 'spanwright';
import { captureSpans, expectNoOpenCalls, expectOneTree } from 'spanwright/testing';
import { afterEach, describe, expect, it } from 'vitest';

import { ANSWER, TREE, treeOf, work } from './desk/desk';

describe('the desk', () => {
  afterEach(() => expectNoOpenCalls());

  it('shows its spans to a capture', async () => {
    await captureSpans(async (spans) => {
      expect(await work()).toBe(ANSWER);
      expect(treeOf(spans.finished())).toEqual(TREE);
      expectOneTree(spans);
    });
  });

  it.concurrent.each([1, 2, 3])('keeps captures that run at the same time apart: %i', async () => {
    await captureSpans(async (spans) => {
      await work();
      expect(treeOf(spans.finished())).toEqual(TREE);
    });
  });

  it('sends its spans to a destination', async () => {
    const tracing = configureTracing({ serviceName: 'desk', destinations: [{ provider: 'memory' }] });
    expect(await work()).toBe(ANSWER);
    await tracing.flush();
    expect(treeOf(tracing.finishedSpans())).toEqual(TREE);
    expect((await tracing.shutdown()).complete).toBe(true);
  });
});
