import { afterEach, describe, expect, it } from '@jest/globals';
import { configureTracing } from 'spanwright';
import { captureSpans, expectNoOpenCalls, expectOneTree } from 'spanwright/testing';

import { ANSWER, TREE, treeOf, work } from './desk/desk.js';

describe('the desk', () => {
  afterEach(() => expectNoOpenCalls());

  it('shows its spans to a capture', async () => {
    await captureSpans(async (spans) => {
      expect(await work()).toBe(ANSWER);
      expect(treeOf(spans.finished())).toEqual(TREE);
      expectOneTree(spans);
    });
  });

  it('keeps captures that run at the same time apart', async () => {
    const trees = await Promise.all(
      [1, 2].map(() =>
        captureSpans(async (spans) => {
          await work();
          return treeOf(spans.finished());
        }),
      ),
    );
    expect(trees).toEqual([TREE, TREE]);
  });

  it('sends its spans to a destination', async () => {
    const tracing = configureTracing({ serviceName: 'desk', destinations: [{ provider: 'memory' }] });
    expect(await work()).toBe(ANSWER);
    await tracing.flush();
    expect(treeOf(tracing.finishedSpans())).toEqual(TREE);
    expect((await tracing.shutdown()).complete).toBe(true);
  });
});
