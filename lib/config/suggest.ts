/** Names of older designs and what holds now. */
const OLDER_NAMES: Readonly<Record<string, string>> = {
  otlpendpoint: "destinations: [{ provider: 'otlp', endpoint }]",
  samplerate: 'sampling.ratio',
};

const fold = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Edits (insert, remove, replace one character) between two short texts. */
function distanceOf(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** The known name that somebody most likely meant; case, `_` and `-` do not count. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const folded = fold(name);
  if (folded === '' || folded.length > 40) return undefined;
  const ranked = known
    .map((candidate) => ({ candidate, distance: distanceOf(folded, fold(candidate)) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= Math.min(3, Math.floor(folded.length / 3)) ? best.candidate : undefined;
}

/** What to write instead of an unknown key: the new name of an older one, or the nearest known key. */
export function hintFor(key: string, known: readonly string[]): string | undefined {
  const folded = fold(key);
  const current = Object.hasOwn(OLDER_NAMES, folded) ? OLDER_NAMES[folded] : undefined;
  if (current !== undefined) return `use ${current}`;
  const near = nearestName(key, known);
  return near === undefined ? undefined : `did you mean ${near}?`;
}
