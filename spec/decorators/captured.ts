import { expect } from 'chai';
import type { FinishedSpan } from 'spanwright/testing';
import { captureSpans } from 'spanwright/testing';

/** The spans of some work, in the order of their ends; what it throws stays with the work's own assertions. */
export function spansOf(work: () => unknown): Promise<FinishedSpan[]> {
  return captureSpans(async (spans) => {
    await work();
    return spans.finished();
  });
}

/** The one span of some work; fails when there are none or more. */
export async function onlySpanOf(work: () => unknown): Promise<FinishedSpan> {
  const spans = await spansOf(work);
  expect(
    spans.map(({ name }) => name),
    'one span',
  ).to.have.lengthOf(1);
  return spans[0] as FinishedSpan;
}

/** The names of the spans of some work, in the order of their ends. */
export async function namesOf(work: () => unknown): Promise<string[]> {
  return (await spansOf(work)).map(({ name }) => name);
}

/** Gives what was thrown, wherever it came from. */
export function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return expect.fail('expected a throw');
}

/** A function of any shape. */
export type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

/** Takes a method off its holder, as it is. */
export function methodOf(holder: object, key: PropertyKey): AnyFunction {
  const method: unknown = Object.getOwnPropertyDescriptor(holder, key)?.value;
  return typeof method === 'function' ? (method as AnyFunction) : expect.fail(`no method ${String(key)}`);
}
