import { hosted, hostedAndConfigured, hostedUnsampled, hostedWithProcessor } from './hosted-states.js';
import { belowUnsampledCaller, belowUnsampledRoot, off, recorded, sampledOut, withoutSdk } from './own-states.js';
import type { TracingState } from './state.js';

/** Every state of a process that has an SDK. */
export const states: readonly TracingState[] = [
  recorded,
  off,
  sampledOut,
  belowUnsampledRoot,
  belowUnsampledCaller,
  hosted,
  hostedWithProcessor,
  hostedAndConfigured,
  hostedUnsampled,
];

/**
 * Which states to run in, and where. The whole product of cases, placements and states takes minutes and is run by
 * `npm run verify:full` alone, with `SPEC_STATES=all`. By default a state other than `recorded` gets a share of the
 * placements, each state another one. A list of ids (`SPEC_STATES=off,without-sdk`) leaves the other states out;
 * `SPEC_PLACEMENTS=all` gives each that is left every placement.
 */
const CHOICE = process.env['SPEC_STATES'] ?? '';

/** True when each chosen state gets everything. */
export const isComplete = CHOICE === 'all' || process.env['SPEC_PLACEMENTS'] === 'all';

/** How many placements a state other than `recorded` gets by default. */
const SHARE = 1;

const known: readonly TracingState[] = [...states, withoutSdk];

function findState(id: string): TracingState {
  const found = known.find((state) => state.id === id);
  if (found === undefined) throw new RangeError(`SPEC_STATES: no such state: ${id}`);
  return found;
}

/** The states to run in. */
export const chosenStates: readonly TracingState[] =
  CHOICE === '' || CHOICE === 'all' ? states : CHOICE.split(',').map(findState);

/** True when a state is one of those to run in. */
export function isChosen(state: TracingState): boolean {
  return chosenStates.includes(state);
}

/** Those of all placements in which a state is run. */
export function chosenFor<P>(state: TracingState, placements: readonly P[]): readonly P[] {
  if (isComplete || state === recorded) return placements;
  const first = known.indexOf(state) * SHARE;
  return Array.from({ length: SHARE }, (_item, index) => placements[(first + index) % placements.length] as P);
}
