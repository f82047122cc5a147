// A program of a user: checks what it recorded and prints it.
import assert from 'node:assert/strict';

import { configureTracing } from 'spanwright';
import { captureSpans, expectNoOpenCalls, expectOneTree } from 'spanwright/testing';

import { ANSWER, TREE, treeOf, work } from './desk.js';

async function main(): Promise<void> {
  await captureSpans(async (spans) => {
    assert.equal(await work(), ANSWER);
    assert.deepEqual(treeOf(spans.finished()), TREE);
    expectOneTree(spans);
  });
  const tracing = configureTracing({ serviceName: 'desk', destinations: [{ provider: 'memory' }] });
  assert.equal(await work(), ANSWER);
  await tracing.flush();
  const tree = treeOf(tracing.finishedSpans());
  assert.deepEqual(tree, TREE);
  const { complete } = await tracing.shutdown();
  expectNoOpenCalls();
  console.log(JSON.stringify({ complete, tree }));
}

void main();
