import { expect } from 'chai';
import { checkLeaks } from './leak-check.js';
import type { CheckedRun } from './leak-check.js';
import { HARMLESS } from './leak-plan.js';

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

function spansOf({ evidence }: CheckedRun): ShownSpan[] {
  return evidence
    .filter(({ where }) => where === 'finishedSpans()')
    .flatMap(({ content }) => JSON.parse(String(content)) as ShownSpan[]);
}

describe('what is no canary', () => {
  let harmless: CheckedRun;
  let redacted: CheckedRun;
  let full: CheckedRun;

  before(async function () {
    this.timeout(60_000);
    full = await checkLeaks('own', { tiers: ['full'], step: 12, isHarmless: true });
    harmless = await checkLeaks('own', { tiers: ['redacted'], step: 12, isHarmless: true });
    redacted = await checkLeaks('own', { tiers: ['redacted'], step: 12 });
  });

  // Of each span by itself, so that one with a long text counts as much as any other.
  function shareOf(run: CheckedRun): number {
    const expected = spansOf(full).map(charactersOf);
    const arrived = spansOf(run).map(charactersOf);
    expect(arrived.length).to.equal(expected.length);
    const shares = expected.map((count, index) => Math.min(1, (arrived[index] ?? 0) / count));
    return shares.reduce((total, share) => total + share, 0) / shares.length;
  }

  it('arrives at redacted as at full where there is no canary', () => {
    expect(shareOf(harmless)).to.be.at.least(0.999);
  });

  it('arrives at redacted beside canaries, 95 of 100 characters at least', () => {
    expect(shareOf(redacted)).to.be.at.least(0.95);
  });
});
