import { expect } from 'chai';
import { checkLeaks } from './leak-check.js';
import type { CheckedRun } from './leak-check.js';
import { HARMLESS } from './leak-plan.js';

const STEP = 11;

interface ShownSpan {
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly events: readonly { readonly name: string; readonly attributes?: object }[];
  readonly status: object;
}

// Times differ from run to run.
const isTime = (key: string): boolean => /latency|duration|time|chunk/.test(key);

/** The characters that a span shows, without marks and without what stands for a canary. */
function charactersOf({ name, attributes, events, status }: ShownSpan): number {
  const facts = Object.entries(attributes).filter(([key]) => !isTime(key));
  const thrown = events.map((event) => [event.name, { ...event.attributes, 'exception.stacktrace': '' }]);
  return JSON.stringify([name, facts, thrown, status])
    .replaceAll(/\[REDACTED[\w:-]*\]/g, '')
    .replaceAll(HARMLESS, '').length;
}

function charactersAt(tier: string, { evidence }: CheckedRun): number[] {
  return evidence
    .filter((found) => found.where === 'finishedSpans()' && found.tier === tier)
    .flatMap(({ content }) => (JSON.parse(String(content)) as ShownSpan[]).map(charactersOf));
}

// Of each span by itself, so that one with a long text counts as much as any other.
function shareOf(arrived: readonly number[], expected: readonly number[]): number {
  expect(arrived.length).to.equal(expected.length);
  const shares = expected.map((count, index) => Math.min(1, (arrived[index] ?? 0) / count));
  return shares.reduce((total, share) => total + share, 0) / shares.length;
}

describe('what is no canary', () => {
  let harmless: CheckedRun;
  let hidden: CheckedRun;

  before(async function () {
    this.timeout(60_000);
    harmless = await checkLeaks('own', { tiers: ['full', 'redacted'], step: STEP, isHarmless: true });
    hidden = await checkLeaks('own', { tiers: ['redacted'], step: STEP });
  });

  it('arrives at redacted as at full where there is no canary', () => {
    expect(shareOf(charactersAt('redacted', harmless), charactersAt('full', harmless))).to.be.at.least(0.999);
  });

  it('arrives at redacted beside canaries, 95 of 100 characters at least', () => {
    expect(shareOf(charactersAt('redacted', hidden), charactersAt('full', harmless))).to.be.at.least(0.95);
  });
});
