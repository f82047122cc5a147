/** Names of older designs and what holds now. */
const OLDER_NAMES: Readonly<Record<string, string>> = {
  otlpendpoint: "destinations: [{ provider: 'otlp', endpoint }]",
  samplerate: 'sampling.ratio',
};

const fold = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Edits (insert, remove, replace one character, swap two) between two short texts. */
function distanceOf(left: string, right: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const row = [i];
    for (let j = 1; j <= right.length; j++) {
      const isSame = left[i - 1] === right[j - 1];
      const isSwap = left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1];
      const edits = [(last[j - 1] ?? 0) + (isSame ? 0 : 1), (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1];
      row.push(Math.min(...edits, isSwap ? (beforeLast[j - 2] ?? 0) + 1 : Infinity));
    }
    [beforeLast, last] = [last, row];
  }
  return last.at(-1) ?? 0;
}

/** The known name that somebody most likely meant; case, `_` and `-` do not count. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const folded = fold(name);
  if (folded === '' || folded.length > 40) return undefined;
  const ranked = known
    .map((candidate) => ({ candidate, distance: distanceOf(folded, fold(candidate)) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= Math.max(1, Math.min(3, Math.floor(folded.length / 3)))
    ? best.candidate
    : undefined;
}

/** What to write instead of an unknown key: the new name of an older one, or the nearest known key. */
export function hintFor(key: string, known: readonly string[]): string | undefined {
  const folded = fold(key);
  const current = Object.hasOwn(OLDER_NAMES, folded) ? OLDER_NAMES[folded] : undefined;
  if (current !== undefined) return `use ${current}`;
  const near = nearestName(key, known);
  return near === undefined ? undefined : `did you mean ${near}?`;
}
