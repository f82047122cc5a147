import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

type Root = typeof import('spanwright');
type Testing = typeof import('spanwright/testing');

/** A fresh copy of the package, as each isolated registry has it. */
function load(): { root: Root; testing: Testing } {
  jest.resetModules();
  return { root: require('spanwright') as Root, testing: require('spanwright/testing') as Testing };
}

describe('two copies of the package in one registry after the other', () => {
  let first: ReturnType<typeof load>;
  let second: ReturnType<typeof load>;

  beforeEach(() => {
    first = load();
    second = load();
  });
  afterEach(() => second.testing.expectNoOpenCalls());

  it('are two', () => {
    expect(second.root.Traced).not.toBe(first.root.Traced);
  });

  it('make one tree', async () => {
    const inner = first.root.Traced.wrap('inner', async () => 'done');
    const outer = second.root.Traced.wrap('outer', async () => await inner());
    await first.testing.captureSpans(async (spans) => {
      expect(await outer()).toBe('done');
      second.testing.expectOneTree(spans);
      expect(spans.finished().map(({ name }) => name)).toEqual(['inner', 'outer']);
    });
  });

  it('make one span where a decorator of each stands', () => {
    const both = second.root.Workflow.wrap(
      'flow',
      first.root.Traced.wrap(() => 1),
    );
    const spans = second.testing.captureSpans();
    both();
    expect(spans.finished().map(({ name }) => name)).toEqual(['workflow flow']);
    spans.stop();
  });

  it('know the same configuration', async () => {
    const tracing = first.root.configureTracing({ destinations: [{ provider: 'memory' }] });
    expect(second.root.getTracing()).toBe(tracing);
    second.root.Traced.run('work', () => 1);
    await second.root.getTracing().flush();
    expect(tracing.finishedSpans().map(({ name }) => name)).toEqual(['work']);
    const next = second.root.configureTracing({ destinations: [{ provider: 'memory' }] });
    first.root.Traced.run('more', () => 1);
    await next.flush();
    expect(next.finishedSpans().map(({ name }) => name)).toEqual(['more']);
    await next.shutdown();
    expect(tracing.status().state).toBe('off');
  });

  it('answer for the call around them', () => {
    const spans = second.testing.captureSpans();
    first.root.Traced.run('work', (call) => {
      expect(second.root.currentCall()?.spanId).toBe(call.spanId);
      second.root.currentCall()?.setAttributes({ seen: true });
    });
    expect(spans.finished()[0]?.attributes).toMatchObject({ seen: true });
    spans.stop();
  });

  it('end the open calls of both when one shuts down', async () => {
    const tracing = second.root.configureTracing({ destinations: [{ provider: 'memory' }] });
    void first.root.Traced.run('open in the first', () => new Promise(() => {}));
    void second.root.Traced.run('open in the second', () => new Promise(() => {}));
    const { live } = tracing.health().calls;
    await tracing.shutdown();
    expect([live, tracing.health().calls.live]).toEqual([2, 0]);
  });

  it('know the errors of each other', () => {
    try {
      first.root.configureTracing({ destinations: [{ provider: 'nowhere' as 'memory' }] });
      throw new Error('not reached');
    } catch (error) {
      expect(error).not.toBeInstanceOf(second.root.SpanwrightError);
      expect(second.root.isSpanwrightError(error)).toBe(true);
    }
  });
});

describe('isolated registries', () => {
  it('share spans', async () => {
    let wrapped: (() => Promise<number>) | undefined;
    jest.isolateModules(() => {
      const { Traced } = require('spanwright') as Root;
      wrapped = Traced.wrap('isolated', async () => 7);
    });
    await jest.isolateModulesAsync(async () => {
      const { captureSpans } = require('spanwright/testing') as Testing;
      await captureSpans(async (spans) => {
        expect(await wrapped?.()).toBe(7);
        expect(spans.finished().map(({ name }) => name)).toEqual(['isolated']);
      });
    });
  });
});
