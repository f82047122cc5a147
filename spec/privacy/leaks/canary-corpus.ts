import { randomOf } from '../canaries.js';
import type { Canary } from './canary-classes.js';
import { CANARY_CLASSES } from './canary-classes.js';

/** So many distinct canaries, class by class in turn, the same for the same seed. */
export function createCorpus(seed: number, count = 200): readonly Canary[] {
  const random = randomOf(seed);
  return Array.from(Array(count).keys(), (index) => {
    const make = CANARY_CLASSES[index % CANARY_CLASSES.length];
    if (make === undefined) throw new Error(`no class ${index}`);
    return make(random);
  });
}
