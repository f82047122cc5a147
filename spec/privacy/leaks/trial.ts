import { randomOf } from '../canaries.js';
import type { Canary } from './canary-classes.js';
import { CANARY_CLASSES } from './canary-classes.js';
import type { DecoratorName } from './decorated-call.js';
import { DECORATORS } from './decorated-call.js';

/** One decorated call that holds a canary of its own. */
export interface Trial extends Canary {
  readonly id: number;
  readonly place: string;
  readonly decorator: DecoratorName;
  readonly fails: boolean;
}

/** Where in a call a canary may stand. */
export interface Place {
  readonly title: string;
  /** Those it stands on; all of them by default. */
  readonly decorators?: readonly DecoratorName[];
  /** True where the program fails; both by default. */
  readonly outcomes?: readonly boolean[];
  /** The user sets it with `attributes`: the application's own exporters get it as given. */
  readonly isGiven?: boolean;
  run(trial: Trial): unknown;
}

const ALL = Object.keys(DECORATORS) as DecoratorName[];

// Prime, so that neighbours in the list of classes, which are alike, stand in different places.
const STRIDE = 41;

/** How many trials are made. */
export interface TrialCounts {
  /** Canaries in each place, at least. */
  readonly least: number;
  /** One of so many combinations of decorator and outcome in each place, and one at least; 1 makes all. */
  readonly step: number;
}

/**
 * The trials of each place: through each of its decorators, on success and on failure. The classes of canaries go round,
 * and each canary is met once.
 */
export function createTrials(places: readonly Place[], seed: number, { least, step }: TrialCounts): readonly Trial[] {
  const random = randomOf(seed);
  const trials: Trial[] = [];
  for (const [index, { title: place, decorators = ALL, outcomes = [false, true] }] of places.entries()) {
    const all = decorators.flatMap((decorator) => outcomes.map((fails) => ({ decorator, fails })));
    // Places begin at different ones, so that few of them meet all.
    const first = (index * 5 + seed) % Math.min(step, all.length);
    const combinations = all.filter((_, at) => at % step === first);
    const rounds = Math.max(1, Math.ceil(least / combinations.length));
    for (let round = 0; round < rounds; round++) {
      for (const { decorator, fails } of combinations) {
        const make = CANARY_CLASSES[(trials.length * STRIDE + seed * 37) % CANARY_CLASSES.length];
        if (make === undefined) throw new Error('no class');
        trials.push({ ...make(random), id: trials.length, place, decorator, fails });
      }
    }
  }
  return trials;
}
