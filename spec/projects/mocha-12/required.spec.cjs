'use strict';
// Under tsx what is required is another copy than what is imported; both see the same spans.
const assert = require('node:assert/strict');

const { captureSpans } = require('spanwright/testing');

describe('the desk from a required module', () => {
  it('is seen by a capture of the required copy', async () => {
    const { ANSWER, TREE, treeOf, work } = await import('./desk/desk.ts');
    const spans = captureSpans();
    assert.equal(await work(), ANSWER);
    assert.deepEqual(treeOf(spans.finished()), TREE);
    spans.stop();
  });

  it('is seen by a capture of the imported copy', async () => {
    const { ANSWER, TREE, treeOf, work } = require('./desk/desk.ts');
    await (
      await import('spanwright/testing')
    ).captureSpans(async (spans) => {
      assert.equal(await work(), ANSWER);
      assert.deepEqual(treeOf(spans.finished()), TREE);
    });
  });
});
