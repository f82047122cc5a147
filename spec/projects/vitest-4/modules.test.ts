import { captureSpans } from 'spanwright/testing';
import { expect, it, vi } from 'vitest';

it('makes one tree of a module before and after it was loaded afresh', async () => {
  const before = await import('./desk/desk');
  vi.resetModules();
  const after = await import('./desk/desk');
  expect(after.Desk).not.toBe(before.Desk);
  await captureSpans(async (spans) => {
    await before.work();
    await after.work();
    expect(before.treeOf(spans.finished())).toEqual([...before.TREE, ...after.TREE].toSorted());
  });
});
