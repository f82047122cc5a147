import assert = require('node:assert/strict');

import { configureTracing, Traced } from 'spanwright';
import { captureSpans } from 'spanwright/testing';

import { ANSWER, TREE, treeOf, work } from './desk/desk.js';

describe('the desk from CommonJS', () => {
  it('is one instance with the ES module', async () => {
    assert.equal((await import('spanwright')).Traced, Traced);
    assert.equal(typeof require, 'function');
  });

  it('shows its spans to a capture', async () => {
    const spans = captureSpans();
    assert.equal(await work(), ANSWER);
    assert.deepEqual(treeOf(spans.finished()), TREE);
    spans.stop();
  });

  it('sends its spans to a destination', async () => {
    const tracing = configureTracing({ serviceName: 'desk', destinations: [{ provider: 'memory' }] });
    assert.equal(await work(), ANSWER);
    await tracing.flush();
    assert.deepEqual(treeOf(tracing.finishedSpans()), TREE);
    await tracing.shutdown();
  });
});
