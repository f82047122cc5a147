import type { Group, Split } from './line.js';

// A backend that refuses so many spans of one batch, each alone, and has taken no part of it refuses all of it.
const HOPELESS = 8;

// Failures over one group, with others delivered between them, until it is parted.
const DOUBTS = 3;

/** What is done with a group that was refused. */
export type Parted =
  /** Its halves are tried. */
  | { readonly kind: 'halves'; readonly halves: readonly Group[] }
  /** One span is left, and it is the one that is refused. */
  | { readonly kind: 'found' }
  /** No part of the batch was taken: it is not one span that is wrong. */
  | { readonly kind: 'hopeless' };

/** Parts a group that was refused, until what is wrong in it is found. */
export function part({ entries, place, split: known }: Group): Parted {
  const split: Split = known ?? { found: 0, wasTaken: false };
  if (entries.length <= 1) {
    split.found++;
    return { kind: 'found' };
  }
  if (!split.wasTaken && split.found >= HOPELESS) return { kind: 'hopeless' };
  const middle = Math.ceil(entries.length / 2);
  return {
    kind: 'halves',
    halves: [
      { entries: entries.slice(0, middle), place, split },
      { entries: entries.slice(middle), place, split },
    ],
  };
}

/**
 * A backend that fails over one group and takes those between is not down: something in that group brings it down.
 * Gives the group with what is known of it; undefined when it is to be parted as one that is refused.
 */
export function doubt(group: Group, delivered: number): Group | undefined {
  const known = group.doubt ?? { failures: 0, delivered: -1 };
  if (delivered === known.delivered) return group;
  const failures = known.failures + 1;
  return failures < DOUBTS ? { ...group, doubt: { failures, delivered } } : undefined;
}
