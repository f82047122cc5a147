import { PLACES } from './places/all-places.js';
import type { Trial, TrialCounts } from './trial.js';
import { createTrials } from './trial.js';

/** Who owns the tracer provider: we, the application alone, with our processor, or with `configureTracing` beside it. */
export type Home = 'own' | 'host' | 'host with a processor' | 'hosted' | 'hosted with content on spans';

/** A content tier. */
export type Tier = 'none' | 'digest' | 'redacted' | 'full';

/** What a program of the check does. The program that searches makes the same canaries of it. */
export interface LeakPlan extends TrialCounts {
  readonly home: Home;
  readonly tiers: readonly Tier[];
  readonly seed: number;
  /** One program makes the calls of every so many places, beginning with this one. */
  readonly part: number;
  readonly parts: number;
  /** A word stands where the canary would: what is there without one. */
  readonly isHarmless: boolean;
  readonly authority: string;
  readonly folder: string;
}

/** What stands in the place of canaries where there are none. */
export const HARMLESS = 'lantern';

/** The trials of a plan. */
export function trialsOf({ seed, least, step, part, parts, isHarmless }: LeakPlan): readonly Trial[] {
  const places = PLACES.filter((_, index) => index % parts === part);
  const trials = createTrials(places, seed + part, { least, step });
  return isHarmless ? trials.map((trial) => ({ ...trial, text: HARMLESS, parts: [HARMLESS] })) : trials;
}
