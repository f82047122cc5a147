'use strict';
// CommonJS that requires the package beside modules that import it: a bundle then has both builds.
const assert = require('node:assert/strict');

const { configureTracing, Traced } = require('spanwright');
const { captureSpans } = require('spanwright/testing');

const { ANSWER, TREE, treeOf, work } = require('./desk/desk.ts');

async function main() {
  const spans = captureSpans();
  assert.equal(await work(), ANSWER);
  assert.deepEqual(treeOf(spans.finished()), TREE);
  spans.stop();
  const tracing = configureTracing({ serviceName: 'desk', destinations: [{ provider: 'memory' }] });
  await Traced.run('morning', work);
  const { complete } = await tracing.flush();
  const tree = treeOf(tracing.finishedSpans());
  assert.ok(tree.includes('day < morning u-1 opened'), tree.join('\n'));
  await tracing.shutdown();
  console.log(JSON.stringify({ complete, tree }));
}

main();
