import assert from 'node:assert/strict';

import { configureTracing } from 'spanwright';
import { captureSpans, expectNoOpenCalls, expectOneTree } from 'spanwright/testing';

import { ANSWER, TREE, treeOf, work } from './desk/desk.js';

describe('the desk', () => {
  afterEach(() => expectNoOpenCalls());

  it('shows its spans to a capture', async () => {
    await captureSpans(async (spans) => {
      assert.equal(await work(), ANSWER);
      assert.deepEqual(treeOf(spans.finished()), TREE);
      expectOneTree(spans);
    });
  });

  it('sends its spans to a destination', async () => {
    await using tracing = configureTracing({ serviceName: 'desk', destinations: [{ provider: 'memory' }] });
    assert.equal(await work(), ANSWER);
    await tracing.flush();
    assert.deepEqual(treeOf(tracing.finishedSpans()), TREE);
  });
});
