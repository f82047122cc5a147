import { NATIONAL_IDS } from './detectors/national-ids.js';

/** Says what is wrong with the name of a pack as `got …, expected …`; `undefined` when nothing is. */
export function packProblem(name: unknown): string | undefined {
  if (typeof name === 'string' && NATIONAL_IDS.has(name)) return undefined;
  const got = typeof name === 'string' ? JSON.stringify(name.slice(0, 60)) : `a value of type ${typeof name}`;
  return `got ${got}, expected one of ${[...NATIONAL_IDS.keys()].join(', ')}`;
}
